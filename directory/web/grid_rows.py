"""A world and an area turned into the rows of a file: English words of the day's own tables.

Only what is public: of a statement who spoke for which area, when, and what they said exists;
never who judged it, how well it works, or on what evidence; and nothing where they differ,
unless the reader may see that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from directory.documents.grid import AuthorityStates, HalfRow, ShareRow, TypeWords
from directory.matrix.areas import WALES, MatrixArea
from directory.matrix.snapshot import Labels
from directory.matrix.statements import Holding
from directory.matrix.types import Mode
from directory.matrix.wide import CHILDREN_GROUPS, people_of_group, shares
from directory.queries.current_matrix import MatrixWorld
from directory.queries.said_of_services import ReplyView
from directory.queries.snapshot_content import WELSH_LEADS
from directory.reference.files import split
from directory.web.matrix_disputes import told_holding
from directory.web.reply_words import replies_words


def applying_halves(world: MatrixWorld) -> Iterator[tuple[str, Mode]]:
    """(support type, mode) of every half cell that applies, in the table's order."""
    for code, cell in world.types.items():
        for mode in Mode:
            if mode in cell.modes:
                yield code, mode


def half_rows(
    world: MatrixWorld,
    area: MatrixArea,
    labels: Labels,
    root: str,
    answered: Mapping[int, tuple[ReplyView, ...]],
) -> tuple[HalfRow, ...]:
    """The rows of an area of one authority. root: the site's address, which services' pages follow.

    answered: statement → the replies to it.
    """
    words = _all_type_words(world, area, labels)
    return tuple(
        HalfRow(
            words[half.support_type],
            labels.term("mode", half.mode),
            labels.term("matrix_state", half.state),
            tuple(labels.term("cell_test", test) for test in half.failed),
            tuple((one.service.name, f"{root}/services/{one.service.id}") for one in half.services),
            _said(told, world, labels) if told else "",
            replies_words(each for one in told.statements for each in answered.get(one.id, ()))
            if told
            else "",
        )
        for half in world.cells(area)
        if half.applies
        for told in (told_holding(half.holding, is_disputed=half.is_disputed),)
    )


def share_rows(world: MatrixWorld, area: MatrixArea, labels: Labels) -> tuple[ShareRow, ...]:
    """The rows of a wider area."""
    found = []
    words = _all_type_words(world, area, labels)
    for code, mode in applying_halves(world):
        group = world.types[code].group
        for share in shares(world.states.over(area.members, code, mode), people_of(world, area, group)):
            found.append(
                ShareRow(
                    words[code],
                    labels.term("mode", mode),
                    labels.term("matrix_state", share.state),
                    len(share.authorities),
                    len(area.members),
                    "People under 18" if group in CHILDREN_GROUPS else "Adults",
                    share.people,
                    share.people_of,
                    share.percent,
                )
            )
    return tuple(found)


def authority_rows(
    world: MatrixWorld, area: MatrixArea, labels: Labels
) -> tuple[tuple[str, ...], tuple[AuthorityStates, ...]]:
    """(heads, one row for each authority of a wider area)."""
    halves = tuple(applying_halves(world))
    heads = tuple(f"{code} {labels.term('mode', mode)}" for code, mode in halves)
    rows = tuple(
        AuthorityStates(
            code,
            world.areas.authorities[code].name,
            tuple(
                labels.term("matrix_state", world.states.state(code, support_type, mode))
                for support_type, mode in halves
            ),
        )
        for code in area.members
    )
    return heads, rows


def people_of(world: MatrixWorld, area: MatrixArea, group: str) -> dict[str, int]:
    """Authority → its people under 18, or its adults, whichever the group's need follows."""
    return {code: people_of_group(group, world.areas.authorities[code]) for code in area.members}


def _all_type_words(world: MatrixWorld, area: MatrixArea, labels: Labels) -> dict[str, TypeWords]:
    """The support types in the words of their day: with Welsh leads where the whole area is in Wales."""
    is_welsh = all(world.areas.nation_of(code) == WALES for code in area.members)
    return {code: type_words(labels, code, is_welsh=is_welsh) for code in world.types}


def type_words(labels: Labels, code: str, *, is_welsh: bool = False) -> TypeWords:
    """A support type in the words of its day."""
    one = labels.types[code]
    leads: Iterable[str] = split(one.usual_commissioner)
    if is_welsh:
        leads = dict.fromkeys(labels.term(WELSH_LEADS, lead) for lead in leads)
    filled_by = "; ".join(labels.term("filled_by", body) for body in sorted(one.filled_by))
    return TypeWords(code, labels.groups[one.group], one.label, "; ".join(leads), filled_by)


def _said(holding: Holding, world: MatrixWorld, labels: Labels) -> str:
    """'The safeguarding partnership, for Staffordshire, on 2026-11-20: Available. What exists in their words.'"""
    where = world.areas.get(holding.area_code)
    name = where.name if where else holding.area_code
    return " / ".join(
        f"{labels.term('body', one.body)}, for {name}, on {one.stated_on.isoformat()}: "
        f"{labels.term('matrix_state', one.exists)}." + (f" {one.what}" if one.what else "")
        for one in holding.statements
    )
