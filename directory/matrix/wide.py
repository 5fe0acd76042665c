"""A wider area: no state of its own, but how many of its authorities, and of its people, are in each.

'Available in 4 of 7 authorities, 61 % of under-18s'. People are counted once, by the
authority they live in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.matrix.areas import KnownAuthority
from directory.matrix.types import State

CHILDREN_GROUPS = frozenset({"G1", "G2", "G3", "G5", "G6"})
"""Groups whose need follows the number of children; the others' follows the number of adults."""


def people_of_group(group: str, authority: KnownAuthority) -> int:
    """The people a group's need follows: children under 18, or adults of 18 and over.

    They stand for the need: one national rate for each group would change every figure
    alike, and no comparison between areas.
    """
    is_for_children = group in CHILDREN_GROUPS
    return authority.population_under_18 if is_for_children else authority.population_18_and_over


@dataclass(frozen=True, slots=True)
class Share:
    """The authorities of a wider area that are in one state.

    authorities: LAD codes. people: under-18s or adults who live there, of people_of in the whole area.
    """

    state: State
    authorities: tuple[str, ...]
    people: int
    people_of: int

    @property
    def percent(self) -> int | None:
        """Whole per cent of the people; None where the area has none. Some are never 0 %, nor short of all 100 %."""
        if not self.people_of:
            return None
        exact = 100 * self.people / self.people_of
        if 0 < exact < 1:
            return 1
        if 99 < exact < 100:
            return 99
        return round(exact)


def shares(states: Mapping[str, State], people: Mapping[str, int]) -> tuple[Share, ...]:
    """The states of half a cell over an area's authorities, in the order of State; states nobody is in are left out.

    states: LAD code → state. people: LAD code → under-18s or adults there.
    """
    whole = sum(people[code] for code in states)
    found = []
    for state in State:
        there = tuple(sorted(code for code, own in states.items() if own is state))
        if there:
            found.append(Share(state, there, sum(people[code] for code in there), whole))
    return tuple(found)


def best_of(states: Iterable[State]) -> State:
    """The best of several halves; *not available* only where that has been said of each."""
    found = set(states)
    for state in (State.AVAILABLE, State.PARTLY):
        if state in found:
            return state
    return State.NOT_AVAILABLE if found == {State.NOT_AVAILABLE} else State.NOT_KNOWN
