"""The states of the matrix as a reader sees them: a mark, a word, and how many or how much of what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from directory.geo.areas import areas
from directory.matrix.types import State
from directory.matrix.wide import CHILDREN_GROUPS, Share, shares
from directory.tables_of_day import of_the_tables
from directory.web.translations import gettext as _
from directory.web.translations import ngettext
from directory.web.words import term

MARKS: Mapping[State, str] = {
    State.AVAILABLE: "●",
    State.PARTLY: "◐",
    State.NOT_AVAILABLE: "○",
    State.NOT_KNOWN: "?",
}


@dataclass(frozen=True, slots=True)
class StateLine:
    """One line: the state's code, which its mark and colour follow, and words that say all of it."""

    state: str
    text: str


def state_mark(code: str) -> str:
    """The mark of a state, by its code, wherever a page shows it."""
    return MARKS[State(code)]


def line(state: State, text: str = "") -> StateLine:
    """A state in words: its own label where nothing else is said."""
    return StateLine(state.value, text or term(state.value, "matrix_state"))


def counted_lines(counts: Mapping[State, int]) -> tuple[StateLine, ...]:
    """'3 partly available', in the order of the states; those of which there is none are left out."""
    return tuple(line(state, _counted(state, counts[state])) for state in State if counts.get(state))


def _counted(state: State, number: int) -> str:
    words = {
        State.AVAILABLE: ngettext("%(num)s available", "%(num)s available", number),
        State.PARTLY: ngettext("%(num)s partly available", "%(num)s partly available", number),
        State.NOT_AVAILABLE: ngettext("%(num)s not available", "%(num)s not available", number),
        State.NOT_KNOWN: ngettext("%(num)s not known", "%(num)s not known", number),
    }
    return str(words[state])


@dataclass(frozen=True, slots=True)
class Residents:
    """The people by whom a share is told. people: LAD code → of them there; who: what they are called."""

    people: Mapping[str, int]
    who: str


def residents(groups: Collection[str]) -> Residents:
    """Under-18s for the groups whose need follows them, adults for the others, everybody for both together."""
    under_18, adults, everybody = _people()
    if set(groups) <= CHILDREN_GROUPS:
        return Residents(under_18, _("under-18s"))
    if CHILDREN_GROUPS.isdisjoint(groups):
        return Residents(adults, _("adults"))
    return Residents(everybody, _("people"))


@of_the_tables
def _people() -> tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int]]:
    """LAD code → people under 18, those of 18 and over, and all of them."""
    table = areas().values()
    return (
        {one.code: one.population_under_18 for one in table},
        {one.code: one.population_18_and_over for one in table},
        {one.code: one.population for one in table},
    )


def share_lines(
    states: Mapping[str, State], among: Residents, *, short: bool = False
) -> tuple[StateLine, ...]:
    """'Available in 4 of 7 authorities, 61 % of under-18s', for each state that any authority is in.

    short: 'Available in 4 of 7, 61 % of under-18s', for a square whose table says what is counted.
    """
    return tuple(
        share_line(share, len(states), among.who, short=short) for share in shares(states, among.people)
    )


def share_line(share: Share, authorities: int, who: str, *, short: bool = False) -> StateLine:
    """One state's share of a wider area."""
    said = {
        "state": term(share.state.value, "matrix_state"),
        "number": len(share.authorities),
        "all": authorities,
        "percent": share.percent,
        "who": who,
    }
    if len(share.authorities) == authorities:
        words = (
            _("%(state)s in all %(all)s", **said)
            if short
            else _("%(state)s in all %(all)s authorities", **said)
        )
    elif share.percent is None:
        words = _("%(state)s in %(number)s of %(all)s authorities", **said)
    elif short:
        words = _("%(state)s in %(number)s of %(all)s, %(percent)s%% of %(who)s", **said)
    else:
        words = _("%(state)s in %(number)s of %(all)s authorities, %(percent)s%% of %(who)s", **said)
    return line(share.state, str(words))
