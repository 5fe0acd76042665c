"""What a signed-in commissioner or a command records: statements about cells, and what is taken back.

Each act leaves a line in the log. Whether she may speak for the area is for the caller to know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.state_cell import Stated, ToState, state_cell
from directory.actions.tell_owners import STATE, WITHDRAW, tell_owners
from directory.actions.withdraw_statement import withdraw_statement
from directory.errors import NotFound, RuleBroken
from directory.matrix.statements import in_force
from directory.models.statement import Statement as StatementRow
from directory.queries.statements import statements
from directory.reference.support_types import support_types

BODIES = ("commissioner", "partnership")
"""For whom a commissioner speaks; a national body's word is recorded by command."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of it. made: the new statements; was_said: support types of which just this was said already."""

    made: tuple[Stated, ...]
    was_said: tuple[str, ...]


def state_cells(
    session: Session, codes: Sequence[str], said: ToState, *, by: Actor, now: datetime, today: date
) -> Recorded:
    """Say the same of each of these support types, all or none; the caller commits.

    said: its support type and role are put in here: the role is that of the account.
    A form that is sent twice says nothing new the second time. Raises RuleBroken as state_cell does, and for no type.
    """
    if not codes:
        raise RuleBroken("type", "Choose at least one support type.")
    if said.body not in BODIES:
        raise RuleBroken("for", "Say for whom you speak.")
    made, again = [], []
    for code in dict.fromkeys(codes):
        one = replace(said, support_type=code, role=by.role, mode=_mode_of(code, said.mode))
        if _is_said_already(session, one, today):
            again.append(code)
            continue
        made.append(_state(session, one, by=by, now=now, today=today))
    _tell(session, made, now=now, today=today)
    return Recorded(tuple(made), tuple(again))


def state_by_command(session: Session, said: ToState, *, by: Actor, now: datetime, today: date) -> Stated:
    """What a command records, in the role that it names; told to whom it concerns. Raises as state_cell does."""
    stated = _state(session, said, by=by, now=now, today=today)
    _tell(session, [stated], now=now, today=today)
    return stated


def may_withdraw(body: str, role: str, *, by: Actor, holds_area: bool) -> bool:
    """Whether somebody may take back what this body and role said: her own role, or the commissioner before her.

    holds_area: whether the very area it was said for was granted to her. A successor may have another title, and
    what her predecessor said must not stand because nobody is left who can take it back.
    """
    return role.casefold() == by.role.casefold() or (holds_area and body == "commissioner")


def withdraw_said(
    session: Session,
    statement_id: int,
    *,
    because: str,
    on: date,
    by: Actor,
    holds_area: bool,
    now: datetime,
    today: date,
) -> None:
    """Take back what she may, as may_withdraw says; what another has said is theirs. Raises NotFound or RuleBroken."""
    row = session.get(StatementRow, statement_id)
    if row is None:
        raise NotFound(f"No statement has the number {statement_id}.")
    if not may_withdraw(row.body, row.role, by=by, holds_area=holds_area):
        raise RuleBroken("id", "This was said by somebody else. Only they can take it back.")
    take_back(session, statement_id, because=because, role=by.role, on=on, by=by, now=now, today=today)


def take_back(
    session: Session,
    statement_id: int,
    *,
    because: str,
    role: str,
    on: date,
    by: Actor,
    now: datetime,
    today: date,
) -> None:
    """Take a statement back, write it down, and tell whom it concerns. Raises as withdraw_statement does.

    role: of whoever takes it back, which a command names; by: whose line of the log it is.
    """
    withdraw_statement(session, statement_id, because=because, role=role, on=on, today=today)
    session.flush()
    (taken,) = (one for one in statements(session) if one.id == statement_id)
    record(
        session, by, WITHDRAW, "statement", statement_id, now=now,
        area=taken.area_code, type=taken.support_type, said_for=taken.body,
    )  # fmt: skip
    tell_owners(session, [taken], now=now, today=today)


def _state(session: Session, said: ToState, *, by: Actor, now: datetime, today: date) -> Stated:
    stated = state_cell(session, said, today=today)
    record(
        session, by, STATE, "statement", stated.statement.id, now=now,
        area=said.area_code, type=said.support_type, exists=said.exists.value,
    )  # fmt: skip
    return stated


def _tell(session: Session, made: Sequence[Stated], *, now: datetime, today: date) -> None:
    if made:
        tell_owners(session, [one.statement for one in made], now=now, today=today)


def _mode_of(code: str, mode: str) -> str:
    """The half to speak of: where a type is given in one way only, that one, whatever is said of the others."""
    known = support_types().get(code)
    if known is None or mode in known.modes:
        return mode
    return "both"


def _is_said_already(session: Session, said: ToState, today: date) -> bool:
    return any(
        (
            one.area_code, one.support_type, one.exists, one.body, one.role, one.stated_on,
            one.what, one.sector, one.effective, one.evidence,
        ) == (
            said.area_code, said.support_type, said.exists, said.body, said.role, said.stated_on,
            " ".join(said.what.split()), said.sector, said.effective, " ".join(said.evidence.split()),
        )
        and said.mode in {one.mode, "both"}
        for one in in_force(statements(session), today)
    )  # fmt: skip
