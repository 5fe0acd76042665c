"""The grid of an area: kinds of support by groups, then each support type; an area of one authority, or of several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.matrix.areas import MatrixArea
from directory.matrix.cells import HalfCell
from directory.matrix.overview import squares
from directory.matrix.types import Mode
from directory.matrix.wide import best_of
from directory.queries.area_states import States, statutory_of
from directory.queries.current_matrix import MatrixWorld
from directory.reference.groups import Group, groups, shown_groups
from directory.reference.support_types import SupportType, support_types
from directory.reference.terms import terms
from directory.security.who_sees import Fact, sees
from directory.web.matrix_people import people_affected
from directory.web.matrix_states import StateLine, counted_lines, line, residents, share_lines
from directory.web.translations import gettext as _
from directory.web.translations import ngettext
from directory.web.words import term, term_list, translated


@dataclass(frozen=True, slots=True)
class Half:
    """One half of one row. lines: none where the half does not apply. notes: what keeps it from being available."""

    lines: tuple[StateLine, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GridRow:
    """One support type of a group's table."""

    type: SupportType
    in_person: Half
    remote: Half
    statutory: tuple[StateLine, ...]
    filled_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupTable:
    """One of the nine groups with its types. people: how many may be affected, in words; '' where it is not shown."""

    group: Group
    people: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """One of the six groups, with the tables of the one or two it is made of."""

    code: str
    label: str
    tables: tuple[GroupTable, ...]


@dataclass(frozen=True, slots=True)
class GridSquare:
    """One square of the overview: nothing in it where the kind does not apply to the group."""

    shown: str
    label: str
    types: tuple[SupportType, ...]
    lines: tuple[StateLine, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the overview: a shown group, or one of the nine where it is opened. can_open: holds two."""

    code: str
    shown: str
    label: str
    groups: tuple[str, ...]
    can_open: bool
    is_open: bool


def columns(opened: Iterable[str]) -> tuple[Column, ...]:
    """The six columns; an opened one stands as the two it holds."""
    wanted = frozenset(opened)
    found = []
    for shown, words in shown_groups().items():
        inside = tuple(group for group in groups().values() if group.shown_as == shown)
        if shown in wanted and len(inside) > 1:
            found += [
                Column(one.code, shown, translated(one.label), (one.code,), True, True) for one in inside
            ]
        else:
            codes = tuple(one.code for one in inside)
            found.append(Column(shown, shown, translated(words.label), codes, len(inside) > 1, False))
    return tuple(found)


def overview(
    area: MatrixArea, states: States, shown: tuple[Column, ...]
) -> tuple[tuple[str, tuple[GridSquare, ...]], ...]:
    """(kind in words, its squares), one square for each column."""
    table = support_types()
    halves = [
        (code, state) for (code, _mode), by_authority in states.items() for state in by_authority.values()
    ]
    rows = squares(
        {column.code: column.groups for column in shown},
        terms("kind"),
        {code: (one.group, one.kind) for code, one in table.items()},
        halves,
    )
    found = []
    for row in rows:
        drawn = []
        for square, column in zip(row, shown, strict=True):
            types = tuple(table[code] for code in square.types)
            lines = _wide_square(area, states, types) if area.is_wide else counted_lines(square.counts)
            drawn.append(GridSquare(column.shown, column.label, types, lines if types else ()))
        found.append((term(row[0].kind, "kind"), tuple(drawn)))
    return tuple(found)


def _wide_square(area: MatrixArea, states: States, types: tuple[SupportType, ...]) -> tuple[StateLine, ...]:
    """Each authority under the best state that any type of the square has there."""
    halves = [states[one.code, mode] for one in types for mode in Mode if (one.code, mode) in states]
    best = {code: best_of(half[code] for half in halves) for code in area.members}
    return share_lines(best, residents({one.group for one in types}), short=True)


def group_tables(
    world: MatrixWorld, area: MatrixArea, states: States, *, with_people: bool
) -> tuple[ShownGroup, ...]:
    """The six groups, each with its tables."""
    people = people_affected(area) if with_people else {}
    cells = {} if area.is_wide else {(half.support_type, half.mode): half for half in world.cells(area)}
    found = []
    for shown, words in shown_groups().items():
        tables = []
        for group in groups().values():
            if group.shown_as == shown:
                rows = tuple(
                    _row(world, area, one, states, cells)
                    for one in support_types().values()
                    if one.group == group.code
                )
                tables.append(GroupTable(group, people.get(group.code, ""), rows))
        found.append(ShownGroup(shown, translated(words.label), tuple(tables)))
    return tuple(found)


def _row(
    world: MatrixWorld,
    area: MatrixArea,
    one: SupportType,
    states: States,
    cells: Mapping[tuple[str, Mode], HalfCell],
) -> GridRow:
    halves = {}
    among = residents({one.group})
    for mode in Mode:
        by_authority = states.get((one.code, mode))
        if by_authority is None:
            halves[mode] = Half()
        elif area.is_wide:
            halves[mode] = Half(share_lines(by_authority, among))
        else:
            halves[mode] = _half(world, cells[one.code, mode])
    statutory = statutory_of(world, area)[one.code]
    return GridRow(
        one,
        halves[Mode.IN_PERSON],
        halves[Mode.REMOTE],
        share_lines(statutory, among) if area.is_wide else (line(statutory[area.members[0]]),),
        tuple(term_list(one.filled_by, "filled_by")),
    )


def _half(world: MatrixWorld, half: HalfCell) -> Half:
    notes = []
    may_see_disputes = sees(Fact.DISPUTE)
    if half.is_disputed and may_see_disputes:
        notes.append(_("Disputed"))
    if half.services:
        count = len(half.services)
        notes.append(ngettext("%(num)s service counts", "%(num)s services count", count))
    if half.failed:
        tests = "; ".join(term_list(half.failed, "cell_test"))
        notes.append(_("What keeps it from being available: %(tests)s", tests=tests))
    if half.holding is not None and (may_see_disputes or not half.is_disputed):
        area = world.areas.get(half.holding.area_code)
        name = area.name if area else half.holding.area_code
        notes.append(_("Something has been said for %(area)s", area=name))
    return Half((line(half.state),), tuple(notes))
