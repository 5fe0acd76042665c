"""What changed between two days: half cells that changed state, services, and what was said or taken back.

A service that is gone from the matrix is told apart from a listing that is gone: see Gone.
Nothing here counts people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from directory.matrix.cells import CellType
from directory.matrix.judge import acceptance
from directory.matrix.statements import Statement
from directory.matrix.types import Level, MatrixService, Mode, State


class Gone(StrEnum):
    """Why a service is no longer in the matrix, as far as the listings tell."""

    SERVICE_CLOSED = "service-closed"
    NOT_RUNNING = "not-running"
    PART_OF_ANOTHER = "part-of-another"
    LISTING_TAKEN_OFF = "listing-taken-off"
    LISTING_DELETED = "listing-deleted"
    WHY_NOT_KEPT = "why-not-kept"


class What(StrEnum):
    """What happened to a service between the two days, as far as an area's people are concerned."""

    CAME = "came"
    TAKES_MORE = "takes-more"
    TAKES_FEWER = "takes-fewer"
    CONFIRMED = "confirmed"
    CLOSED_FOR_NOW = "closed-for-now"
    OPEN_AGAIN = "open-again"
    LIST_CLOSED = "list-closed"
    LIST_OPEN_AGAIN = "list-open-again"
    OTHER_FACTS = "other-facts"
    WENT = "went"


class StatesOf(Protocol):
    """What is asked of a world's states (directory.matrix.states.CountryStates)."""

    def over(self, authorities: Iterable[str], support_type: str, mode: Mode) -> dict[str, State]: ...


@dataclass(frozen=True, slots=True)
class HalfChange:
    """A half cell that went from one state to another, in one authority or several of a wider area."""

    support_type: str
    mode: Mode
    before: State
    after: State
    authorities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """One thing that happened to a service. authorities: where it now takes more, or fewer, people."""

    service: MatrixService
    what: What
    authorities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementChange:
    """A statement that was made in between, or taken back. It may have been both."""

    statement: Statement
    is_new: bool
    is_withdrawn: bool


def half_changes(
    members: Sequence[str],
    before: tuple[Mapping[str, CellType], StatesOf],
    after: tuple[Mapping[str, CellType], StatesOf],
) -> tuple[HalfChange, ...]:
    """Half cells of the members that are in another state, in the table's order of today.

    Compared are types that both days have, and halves that apply on both.
    """
    (types_before, states_before), (types_after, states_after) = before, after
    found: list[HalfChange] = []
    for code, cell in types_after.items():
        if code not in types_before:
            continue
        for mode in Mode:
            if mode not in cell.modes or mode not in types_before[code].modes:
                continue
            then = states_before.over(members, code, mode)
            now = states_after.over(members, code, mode)
            moved: dict[tuple[State, State], list[str]] = {}
            for authority in members:
                if then[authority] is not now[authority]:
                    moved.setdefault((then[authority], now[authority]), []).append(authority)
            found += [
                HalfChange(code, mode, *states, tuple(where))
                for states, where in sorted(moved.items(), key=lambda each: tuple(map(_place, each[0])))
            ]
    return tuple(found)


def _place(state: State) -> int:
    return tuple(State).index(state)


def service_changes(
    members: Mapping[str, str], before: Iterable[MatrixService], after: Iterable[MatrixService]
) -> tuple[ServiceChange, ...]:
    """What happened to the services that take, or took, people from an area; by name, then in What's order.

    members: the area's authorities → each one's nation. A service that no longer takes anybody from
    the area but is still listed takes fewer; one that is no longer in the matrix went.
    """
    then = {one.id: one for one in before}
    now = {one.id: one for one in after}
    found: list[ServiceChange] = []
    for number in then.keys() | now.keys():
        old, new = then.get(number), now.get(number)
        if new is None and old is not None:
            if any(_accepted(old, members).values()):
                found.append(ServiceChange(old, What.WENT))
        elif old is None and new is not None:
            if any(_accepted(new, members).values()):
                found.append(ServiceChange(new, What.CAME))
        elif old is not None and new is not None and old != new:
            found += _changed(old, new, members)
    order = tuple(What)
    found.sort(key=lambda each: (each.service.name.casefold(), each.service.id, order.index(each.what)))
    return tuple(found)


def statement_changes(
    areas: Collection[str], before: Iterable[Statement], after: Iterable[Statement]
) -> tuple[StatementChange, ...]:
    """What was said or taken back for some areas (codes), in the order in which it was said."""
    then = {one.id: one for one in before}
    found = []
    for one in sorted(after, key=lambda each: (each.stated_on, each.id)):
        old = then.get(one.id)
        is_withdrawn = one.withdrawn_on is not None and (old is None or old.withdrawn_on is None)
        if one.area_code in areas and (old is None or is_withdrawn):
            found.append(StatementChange(one, old is None, is_withdrawn))
    return tuple(found)


def _accepted(service: MatrixService, members: Mapping[str, str]) -> dict[str, Level]:
    return {code: acceptance(service, code, nation) for code, nation in members.items()}


def _changed(old: MatrixService, new: MatrixService, members: Mapping[str, str]) -> list[ServiceChange]:
    took, takes = _accepted(old, members), _accepted(new, members)
    if not any(took.values()) and not any(takes.values()):
        return []
    found = []
    more = tuple(code for code in members if takes[code] > took[code])
    fewer = tuple(code for code in members if takes[code] < took[code])
    if more:
        found.append(ServiceChange(new, What.TAKES_MORE, more))
    if fewer:
        found.append(ServiceChange(new, What.TAKES_FEWER, fewer))
    if new.confirmed_on is not None and (old.confirmed_on is None or new.confirmed_on > old.confirmed_on):
        found.append(ServiceChange(new, What.CONFIRMED))
    if old.is_active != new.is_active:
        found.append(ServiceChange(new, What.OPEN_AGAIN if new.is_active else What.CLOSED_FOR_NOW))
    if (old.waiting_list == "closed") != (new.waiting_list == "closed"):
        closed = new.waiting_list == "closed"
        found.append(ServiceChange(new, What.LIST_CLOSED if closed else What.LIST_OPEN_AGAIN))
    if not found and _beside_coverage(old) != _beside_coverage(new):
        found.append(ServiceChange(new, What.OTHER_FACTS))
    return found


def _beside_coverage(service: MatrixService) -> tuple[object, ...]:
    """Every fact but those of whom it takes: a change elsewhere in the country is none here.

    Nor its places: no snapshot holds any.
    """
    skipped = {"authorities", "nations", "partly", "points"}
    return tuple(getattr(service, name) for name in service.__slots__ if name not in skipped)
