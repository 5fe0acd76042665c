"""The states of an area as a page shows them: one table for each group, its support types as rows."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from directory.matrix.areas import MatrixArea
from directory.matrix.snapshot import Labels
from directory.matrix.types import Mode
from directory.matrix.wide import CHILDREN_GROUPS, Share, shares
from directory.queries.current_matrix import MatrixWorld
from directory.web.grid_rows import people_of
from directory.web.matrix_states import StateLine, line
from directory.web.words import translated


@dataclass(frozen=True, slots=True)
class TypeRow:
    """A support type. in_person, remote: no line where that half does not apply."""

    code: str
    label: str
    in_person: tuple[StateLine, ...]
    remote: tuple[StateLine, ...]


@dataclass(frozen=True, slots=True)
class GroupTable:
    """One of the nine groups with its support types."""

    code: str
    label: str
    rows: tuple[TypeRow, ...]


def group_tables(world: MatrixWorld, area: MatrixArea, labels: Labels) -> tuple[GroupTable, ...]:
    """The tables, in the order of the groups."""
    rows: dict[str, list[TypeRow]] = {code: [] for code in labels.groups}
    for code, cell in world.types.items():
        halves = [
            _lines(world, area, labels, code, mode) if mode in cell.modes else ()
            for mode in (Mode.IN_PERSON, Mode.REMOTE)
        ]
        rows[cell.group].append(TypeRow(code, translated(labels.types[code].label), *halves))
    return tuple(
        GroupTable(code, translated(labels.groups[code]), tuple(own)) for code, own in rows.items() if own
    )


def _lines(
    world: MatrixWorld, area: MatrixArea, labels: Labels, code: str, mode: Mode
) -> tuple[StateLine, ...]:
    states = world.states.over(area.members, code, mode)
    group = world.types[code].group
    return tuple(
        line(share.state, _words(share, area, labels, is_for_children=group in CHILDREN_GROUPS))
        for share in shares(states, people_of(world, area, group))
    )


def _words(share: Share, area: MatrixArea, labels: Labels, *, is_for_children: bool) -> str:
    """'Available'; of a wider area 'Available in 4 of 7 authorities, 61% of people under 18'."""
    state = translated(labels.term("matrix_state", share.state))
    if not area.is_wide:
        return state
    return f"{state} {_where(share, area, is_for_children=is_for_children)}"


def _where(share: Share, area: MatrixArea, *, is_for_children: bool) -> str:
    where = ngettext(
        "in %(num)s of %(all)s authorities",
        "in %(num)s of %(all)s authorities",
        len(share.authorities),
        all=len(area.members),
    )
    if share.percent is None:
        return where
    if is_for_children:
        return _("%(where)s, %(percent)s%% of people under 18", where=where, percent=share.percent)
    return _("%(where)s, %(percent)s%% of adults", where=where, percent=share.percent)
