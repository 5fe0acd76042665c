"""Record what a commissioner, a partnership or a national body says of a cell of the matrix."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from directory.actions.said_words import day_of, public_words_of, role_of, words_of
from directory.actions.version import bump_matrix_version, take_matrix_turn
from directory.errors import RuleBroken
from directory.matrix.areas import MatrixArea
from directory.matrix.statements import BOTH, Statement, in_force
from directory.matrix.types import Mode, State
from directory.models.statement import Statement as StatementRow
from directory.queries.statements import areas_on, statements
from directory.reference.hours import now_utc
from directory.reference.support_types import SupportType, support_types
from directory.reference.terms import terms


@dataclass(frozen=True, slots=True)
class ToState:
    """A statement as somebody gives it; the fields are those of matrix.statements.Statement.

    mode: 'both' is narrowed to the half that applies, where only one does.
    """

    area_code: str
    support_type: str
    exists: State
    body: str
    role: str
    stated_on: date
    mode: str = BOTH
    what: str = ""
    sector: str = ""
    effective: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What was recorded, for which area, and what else is said there.

    is_in_force: False where the same speaker has spoken of it on a later day.
    in_place_of: the statements of the same speaker whose place it takes, all of it or for one mode.
    differs_from: those of other speakers for the same area and cell that say otherwise: the cell is disputed.
    """

    statement: Statement
    area: MatrixArea
    is_in_force: bool
    in_place_of: tuple[Statement, ...]
    differs_from: tuple[Statement, ...]


def state_cell(session: Session, said: ToState, *, today: date) -> Stated:
    """Store the statement; the caller commits. today: the date in London.

    Raises RuleBroken('area', 'type', 'mode', 'exists', 'for', 'by', 'on', 'what', 'sector', 'effective', 'evidence').
    """
    row = _checked(said, today)
    take_matrix_turn(session)
    area = areas_on(session, today).get(said.area_code)
    if area is None:
        raise RuleBroken("area", f"No area of today has the code ‘{said.area_code[:40]}’.")
    before = in_force(statements(session), today)
    session.add(row)
    session.flush()
    bump_matrix_version(session)
    everything = statements(session)
    now = in_force(everything, today)
    (own,) = (one for one in everything if one.id == row.id)
    others = [one for one in now if one.speaker != own.speaker and same_cell(one, own)]
    return Stated(
        own,
        area,
        own in now,
        tuple(one for one in before if one.speaker == own.speaker and same_cell(one, own) and own in now),
        tuple(one for one in others if one.exists is not own.exists and own in now),
    )


def _checked(said: ToState, today: date) -> StatementRow:
    """The row of a statement that breaks no rule that can be told without the database."""
    support_type = support_types().get(said.support_type)
    if support_type is None:
        raise RuleBroken(
            "type",
            f"No support type has the code ‘{said.support_type[:40]}’. The codes are those of the matrix, like G2.7.",
        )
    _one_of("for", said.body, terms("body"))
    if said.sector:
        _one_of("sector", said.sector, terms("sector"))
    if said.effective:
        _one_of("effective", said.effective, terms("effective"))
    if said.exists not in {State.AVAILABLE, State.PARTLY}:
        for field, value in (("effective", said.effective), ("sector", said.sector)):
            if value:
                raise RuleBroken(
                    field, "Leave this out: it can be said only of support that exists, all of it or in part."
                )
    return StatementRow(
        area_code=said.area_code,
        support_type=support_type.code,
        mode=_mode(said.mode, support_type),
        state=said.exists.value,
        body=said.body,
        role=role_of("by", said.role),
        what=public_words_of("what", said.what),
        sector=said.sector,
        effective=said.effective,
        evidence=words_of("evidence", said.evidence),
        stated_on=day_of("on", said.stated_on, today),
        recorded_at=now_utc(),
        withdrawn_reason="",
    )


def _one_of(field: str, value: str, codes: Collection[str]) -> None:
    if value not in codes:
        raise RuleBroken(field, f"‘{value[:40]}’ is not known here. Use one of: {', '.join(codes)}.")


def _mode(mode: str, support_type: SupportType) -> str:
    """The mode to store. A helpline has no half in person, so that of it nothing can be said."""
    _one_of("mode", mode, (*(one.value for one in Mode), BOTH))
    if mode == BOTH:
        return mode if len(support_type.modes) > 1 else next(iter(support_type.modes))
    if mode not in support_type.modes:
        only = ", ".join(sorted(support_type.modes))
        raise RuleBroken("mode", f"{support_type.code} is given in one way only. Use {only}.")
    return mode


def same_cell(one: Statement, other: Statement) -> bool:
    """Whether both are made for the same area and speak of the same half of the same cell."""
    return (one.area_code, one.support_type) == (other.area_code, other.support_type) and any(
        one.is_about(mode) and other.is_about(mode) for mode in Mode
    )
