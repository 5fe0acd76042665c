"""A round of telephone calls: which services to ask, what to ask each, and what their answers could settle.

A call can make half a cell *available* only where listings may fill it, and only when
the service fails no test but those that somebody there can settle by a word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from directory.matrix.cells import LISTINGS, CellType
from directory.matrix.judge import acceptance, given, service_tests
from directory.matrix.types import SETTLED_BY_A_CALL, Level, MatrixService, Mode, Rules, State, Test


@dataclass(frozen=True, slots=True)
class Call:
    """One service to ring.

    asks: the tests to ask about, in the order of Test. unclear_types: support types it may give.
    turns: half cells that its good answers alone would make *available*.
    adds: those of them that no service before it in the round would.
    """

    service: MatrixService
    asks: tuple[Test, ...]
    unclear_types: tuple[str, ...]
    turns: int
    adds: int


@dataclass(frozen=True, slots=True)
class Round:
    """calls: those that add most first; those that add nothing, being a second choice, last.

    settled: half cells that the calls together could make *available*; of open_halves that are not so now.
    unreachable: services that could settle some, but whose listing has no telephone number.
    settled_with_unreachable: half cells with theirs too.
    """

    calls: tuple[Call, ...]
    settled: int
    open_halves: int
    unreachable: tuple[Call, ...]
    settled_with_unreachable: int


@dataclass(frozen=True, slots=True)
class Country:
    """The half cells of an area: its authorities, their nations, the types, and which halves are available now.

    states: (support type, mode) → authority → state.
    """

    nation_of: Mapping[str, str]
    cells: Sequence[CellType]
    states: Mapping[tuple[str, Mode], Mapping[str, State]]


def round_of_calls(
    services: Iterable[MatrixService], country: Country, rules: Rules, numbers: Collection[int]
) -> Round:
    """The round for an area. numbers: ids of the services whose listing has a telephone number."""
    masks = _Masks(country)
    able = []
    for service in services:
        tests = service_tests(service, rules)
        if set(tests) <= SETTLED_BY_A_CALL and (turns := masks.of(service)):
            able.append((service, turns))
    with_number = [(service, turns) for service, turns in able if service.id in numbers]
    without = [(service, turns) for service, turns in able if service.id not in numbers]
    order, settled = _greedy(with_number, 0)
    rest, everything = _greedy(without, settled)
    return Round(
        tuple(_call(masks, rules, *one) for one in order),
        settled.bit_count(),
        masks.open.bit_count(),
        tuple(_call(masks, rules, *one) for one in rest),
        everything.bit_count(),
    )


class _Masks:
    """Sets of half cells as bits of one number, so that those of a whole country are quick to compare."""

    def __init__(self, country: Country) -> None:
        self.nation_of = country.nation_of
        self._cells = {cell.code: cell for cell in country.cells}
        self._place = {authority: place for place, authority in enumerate(country.nation_of)}
        self._of_nation: dict[str, int] = {}
        for authority, nation in country.nation_of.items():
            self._of_nation[nation] = self._of_nation.get(nation, 0) | 1 << self._place[authority]
        self._first: dict[tuple[str, Mode], int] = {}
        self.open = 0
        for (code, mode), states in country.states.items():
            if LISTINGS in self._cells[code].filled_by and mode in self._cells[code].modes:
                self._first[code, mode] = len(self._first) * len(self._place)
                here = self._bits(one for one, state in states.items() if state is not State.AVAILABLE)
                self.open |= here << self._first[code, mode]

    def _bits(self, authorities: Iterable[str]) -> int:
        return sum(1 << self._place[one] for one in authorities)

    def of(self, service: MatrixService) -> int:
        """The half cells, not available now, for which it counts."""
        named = self._place.keys() & service.authorities
        takes = self._bits(named)
        for nation in service.nations:
            takes |= self._of_nation.get(nation, 0)
        if not takes:
            return 0
        found = 0
        for code in service.types:
            for mode in Mode:
                if (code, mode) in self._first and given(service, mode) is not False:
                    found |= takes << self._first[code, mode]
        return found & self.open

    def types_in(self, turns: int) -> frozenset[str]:
        """The support types of some half cells."""
        one_half = (1 << len(self._place)) - 1
        return frozenset(code for (code, _mode), first in self._first.items() if turns >> first & one_half)

    def has_mode(self, turns: int, mode: Mode) -> bool:
        """Whether any of some half cells is of that mode."""
        one_half = (1 << len(self._place)) - 1
        return any(turns >> first & one_half for (_code, own), first in self._first.items() if own is mode)

    def authorities_in(self, turns: int) -> frozenset[str]:
        """The authorities of some half cells."""
        one_half = (1 << len(self._place)) - 1
        found = 0
        for first in self._first.values():
            found |= turns >> first & one_half
        return frozenset(one for one, place in self._place.items() if found >> place & 1)


def _greedy(
    able: Sequence[tuple[MatrixService, int]], settled: int
) -> tuple[list[tuple[MatrixService, int, int]], int]:
    """((service, what it turns, how many it adds), …), and all that is settled after it.

    Each next call is the one that adds most to those before it; of equals the one that turns
    more, then by name.
    """
    waiting = sorted(able, key=lambda one: (-one[1].bit_count(), one[0].name, one[0].id))
    found = []
    while waiting:
        best, most = 0, -1
        for place, (_service, turns) in enumerate(waiting):
            # What a service turns bounds what it adds, and they stand in that order.
            if turns.bit_count() <= most:
                break
            adds = (turns & ~settled).bit_count()
            if adds > most:
                best, most = place, adds
        service, turns = waiting.pop(best)
        settled |= turns
        found.append((service, turns, most))
    return found, settled


def _call(masks: _Masks, rules: Rules, service: MatrixService, turns: int, adds: int) -> Call:
    types = masks.types_in(turns)
    unclear = tuple(code for code, sure in service.types.items() if not sure and code in types)
    takes = masks.authorities_in(turns)
    asks = {
        *service_tests(service, rules),
        *([Test.SOURCE_UNCLEAR] if unclear else []),
        *(
            [Test.SOME_RESIDENTS]
            if any(acceptance(service, one, masks.nation_of[one]) is Level.PARTLY for one in takes)
            else []
        ),
        *(
            [Test.MODE_NOT_KNOWN]
            if any(given(service, mode) is None and masks.has_mode(turns, mode) for mode in Mode)
            else []
        ),
    }
    return Call(service, tuple(test for test in Test if test in asks), unclear, turns.bit_count(), adds)
