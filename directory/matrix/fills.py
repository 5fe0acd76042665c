"""What one service fills in the matrix, how far, and what would make it fill more.

By the rules of `judge` and `told` alone: the page of a service's owner says what the matrix says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from directory.matrix import told
from directory.matrix.cells import LISTINGS, CellType
from directory.matrix.findings import Limits
from directory.matrix.judge import judge
from directory.matrix.told import Answer
from directory.matrix.types import Level, MatrixService, Mode, Rules, Test


class Ask(StrEnum):
    """What the service could do or say, so that it fills more, or is told of more fully."""

    SAY_WHAT = "say-what"
    SAY_WHOSE_RESIDENTS = "say-whose-residents"
    SAY_MODE = "say-mode"
    SAY_COST = "say-cost"
    SAY_OPEN_AGAIN = "say-open-again"
    SAY_WAITING_LIST = "say-waiting-list"
    SAY_TAKING_PEOPLE = "say-taking-people"
    CONFIRM = "confirm"
    SAY_HOW_LONG = "say-how-long"
    SAY_HOURS = "say-hours"
    SAY_REFERRAL = "say-referral"
    SAY_PLACES = "say-places"


# What settles each test. A charge is no gap in what is known: nothing that is said would fill the cell.
_SETTLES: Mapping[Test, Ask] = {
    Test.SOURCE_UNCLEAR: Ask.SAY_WHAT,
    Test.SOME_RESIDENTS: Ask.SAY_WHOSE_RESIDENTS,
    Test.MODE_NOT_KNOWN: Ask.SAY_MODE,
    Test.COST_NOT_KNOWN: Ask.SAY_COST,
    Test.CLOSED_FOR_NOW: Ask.SAY_OPEN_AGAIN,
    Test.WAITING_LIST_CLOSED: Ask.SAY_WAITING_LIST,
    Test.NOT_TAKING_PEOPLE: Ask.SAY_TAKING_PEOPLE,
    Test.NOT_CONFIRMED: Ask.CONFIRM,
    Test.CONFIRMED_LONG_AGO: Ask.CONFIRM,
}


@dataclass(frozen=True, slots=True)
class Fill:
    """One half cell in all authorities in which the service stands alike. failed: the tests it fails there.

    level: NOTHING where listings do not fill this type: it is evidence, and no more.
    authorities: LAD codes, sorted.
    """

    support_type: str
    mode: Mode
    level: Level
    failed: tuple[Test, ...]
    authorities: tuple[str, ...]


def fills(
    service: MatrixService, types: Mapping[str, CellType], nation_of: Mapping[str, str], rules: Rules
) -> tuple[Fill, ...]:
    """Every half cell the service counts for, in the order of the types, in person first, the fullest first.

    nation_of: LAD code → the nation's code, for every authority there is.
    """
    found: dict[tuple[str, Mode, Level, tuple[Test, ...]], list[str]] = defaultdict(list)
    for code, cell in types.items():
        if code not in service.types:
            continue
        for mode in Mode:
            if mode not in cell.modes:
                continue
            for authority, nation in nation_of.items():
                judged = judge(service, code, authority, nation, mode, rules)
                if judged is not None:
                    level = judged.level if LISTINGS in cell.filled_by else Level.NOTHING
                    found[code, mode, level, judged.failed].append(authority)
    order = {code: place for place, code in enumerate(types)}
    modes = {mode: place for place, mode in enumerate(Mode)}
    return tuple(
        Fill(code, mode, level, failed, tuple(sorted(codes)))
        for (code, mode, level, failed), codes in sorted(
            found.items(), key=lambda pair: (order[pair[0][0]], modes[pair[0][1]], -pair[0][2], pair[0][3])
        )
    )


def would_fill_more(filled: Iterable[Fill]) -> tuple[tuple[Ask, int], ...]:
    """(what to do, how many half cells it keeps from being available), the most first.

    A half cell is one type, one mode and one authority; one may wait for several things.
    """
    counts: dict[Ask, int] = defaultdict(int)
    for one in filled:
        if one.level is Level.NOTHING or Test.CHARGES in one.failed:
            continue
        for ask in dict.fromkeys(_SETTLES[test] for test in one.failed):
            counts[ask] += len(one.authorities)
    order = list(Ask)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], order.index(pair[0]))))


def would_tell_more(service: MatrixService, rules: Rules, limits: Limits) -> tuple[Ask, ...]:
    """What the service has not told of how people can use it, which keeps gaps from being seen or ruled out."""
    asks = []
    if not service.waiting_list and not told.is_shut(service):
        asks.append(Ask.SAY_WAITING_LIST)
    if told.waiting(service, rules, limits) is Answer.NOT_KNOWN:
        asks.append(Ask.SAY_HOW_LONG)
    if told.hours(service) is Answer.NOT_KNOWN:
        asks.append(Ask.SAY_HOURS)
    if told.referral(service) is Answer.NOT_KNOWN:
        asks.append(Ask.SAY_REFERRAL)
    if service.places_a_year is None:
        asks.append(Ask.SAY_PLACES)
    return tuple(asks)
