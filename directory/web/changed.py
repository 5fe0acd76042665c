"""What changed in an area, in words: states that moved, what happened to the services, and what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from directory.matrix.areas import MatrixArea
from directory.matrix.changes import (
    Gone,
    HalfChange,
    ServiceChange,
    StatementChange,
    What,
    half_changes,
    service_changes,
    statement_changes,
)
from directory.matrix.types import Mode
from directory.queries.current_matrix import MatrixWorld
from directory.queries.snapshots import SnapshotWorld
from directory.web.dates import day
from directory.web.matrix_states import StateLine, line
from directory.web.words import term, translated

NAMES_SHOWN_MAX = 12
"""Of more authorities than this a line says how many they are; their names unfold."""

WORDS: Mapping[What, LazyString] = {
    What.CAME: _l("Newly listed"),
    What.TAKES_MORE: _l("Now takes people from here, or more of them"),
    What.TAKES_FEWER: _l("No longer takes people from here, or fewer of them"),
    What.CLOSED_FOR_NOW: _l("Closed for now"),
    What.OPEN_AGAIN: _l("Open again"),
    What.LIST_CLOSED: _l("Closed its waiting list"),
    What.LIST_OPEN_AGAIN: _l("Its waiting list is no longer closed"),
    What.OTHER_FACTS: _l("Other details of its listing changed"),
}
WHY_GONE: Mapping[Gone, LazyString] = {
    Gone.SERVICE_CLOSED: _l("The service has closed"),
    Gone.NOT_RUNNING: _l("The service is not running at the moment"),
    Gone.PART_OF_ANOTHER: _l("It is part of another listing now, which its name leads to"),
    Gone.LISTING_TAKEN_OFF: _l("Its listing is no longer shown. The service itself may still run"),
    Gone.WHY_NOT_KEPT: _l("It was no longer listed on the later day. A snapshot does not keep why"),
    Gone.LISTING_DELETED: _l("Its listing was deleted. Whether the service still runs is not known"),
}


@dataclass(frozen=True, slots=True)
class Where:
    """The authorities of a line: in one line of words, and their names where those are too many for it."""

    words: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HalfLine:
    """A half cell that moved. where: None for a single authority."""

    code: str
    label: str
    mode: str
    before: StateLine
    after: StateLine
    where: Where | None


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """What happened to a service. has_page: whether its listing can still be opened."""

    id: int
    name: str
    happened: str
    has_page: bool
    where: Where | None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What was said: of which support, for which area, by whom, when; and what happened to it."""

    code: str
    label: str
    mode: str
    said: StateLine
    area: str
    body: str
    happened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """Everything that changed. new_types, old_types: labels of support types that only one of the days has."""

    halves: tuple[HalfLine, ...]
    services: tuple[ServiceLine, ...]
    statements: tuple[StatementLine, ...]
    new_types: tuple[str, ...]
    old_types: tuple[str, ...]


def changed_halves(before: SnapshotWorld, now: MatrixWorld, area: MatrixArea) -> tuple[HalfChange, ...]:
    """The area is taken as it is bounded today; authorities that the snapshot does not know are passed over."""
    members = _members(before, area)
    return half_changes(members, (before.world.types, before.world.states), (now.types, now.states))


def changed_services(before: SnapshotWorld, now: MatrixWorld, area: MatrixArea) -> tuple[ServiceChange, ...]:
    """Likewise for the services."""
    members = {code: now.areas.nation_of(code) for code in _members(before, area)}
    return service_changes(members, before.world.services, now.services)


def changed_statements(
    before: SnapshotWorld, now: MatrixWorld, area: MatrixArea
) -> tuple[StatementChange, ...]:
    """What was said or taken back for the area, for one in it, or for one that it lies in."""
    around = {code for member in area.members for code in now.areas.around(member)} | {area.code}
    return statement_changes(around, before.world.statements, now.statements)


def _members(before: SnapshotWorld, area: MatrixArea) -> tuple[str, ...]:
    return tuple(code for code in area.members if code in before.world.areas.authorities)


def in_words(
    halves: tuple[HalfChange, ...],
    services: tuple[ServiceChange, ...],
    statements: tuple[StatementChange, ...],
    why: Mapping[int, Gone],
    before: SnapshotWorld,
    now: MatrixWorld,
    area: MatrixArea,
    labels: Mapping[str, str],
) -> Changed:
    """The page's lines. labels: support type → label of the later day. why: service that went → why."""

    def where(authorities: tuple[str, ...]) -> Where | None:
        return _where([now.areas.authorities[code].name for code in authorities]) if area.is_wide else None

    return Changed(
        tuple(
            HalfLine(
                one.support_type,
                translated(labels[one.support_type]),
                _mode(one.mode),
                line(one.before),
                line(one.after),
                where(one.authorities),
            )
            for one in halves
        ),
        tuple(
            ServiceLine(
                one.service.id,
                one.service.name,
                _happened(one, why),
                one.what is not What.WENT or why[one.service.id] is Gone.PART_OF_ANOTHER,
                where(one.authorities) if one.authorities else None,
            )
            for one in services
        ),
        tuple(_statement(one, now, labels) for one in statements if one.statement.support_type in labels),
        tuple(translated(labels[code]) for code in now.types if code not in before.world.types),
        tuple(
            translated(before.labels.types[code].label)
            for code in before.world.types
            if code not in now.types
        ),
    )


def _statement(change: StatementChange, now: MatrixWorld, labels: Mapping[str, str]) -> StatementLine:
    """Public words only: neither the evidence, nor how well it works, nor why it was taken back."""
    one = change.statement
    where = now.areas.get(one.area_code)
    happened = [_("Said on %(day)s", day=day(one.stated_on))] if change.is_new else []
    if change.is_withdrawn and one.withdrawn_on is not None:
        happened.append(_("Taken back on %(day)s", day=day(one.withdrawn_on)))
    return StatementLine(
        one.support_type,
        translated(labels[one.support_type]),
        str(_("In both ways")) if one.mode == "both" else term(one.mode, "mode"),
        line(one.exists),
        where.name if where else one.area_code,
        term(one.body, "body"),
        tuple(map(str, happened)),
    )


def _mode(mode: Mode) -> str:
    return term(mode.value, "mode")


def _happened(change: ServiceChange, why: Mapping[int, Gone]) -> str:
    if change.what is What.WENT:
        return str(WHY_GONE[why[change.service.id]])
    if change.what is What.CONFIRMED and change.service.confirmed_on:
        return _("Confirmed by the service on %(day)s", day=day(change.service.confirmed_on))
    return str(WORDS[change.what])


def _where(names: list[str]) -> Where:
    if len(names) <= NAMES_SHOWN_MAX:
        return Where(", ".join(names))
    return Where(ngettext("%(num)s authority", "%(num)s authorities", len(names)), tuple(names))
