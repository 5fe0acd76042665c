"""What a signed-in commissioner records: statements about one cell or several, and what is taken back.

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
from directory.actions.tell_owners import tell_owners
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
        stated = state_cell(session, one, today=today)
        made.append(stated)
        record(
            session, by, "state cell", "statement", stated.statement.id, now=now,
            area=said.area_code, type=code, exists=said.exists.value,
        )  # fmt: skip
    # What is disputed is for commissioners alone: nobody else is told that it was said.
    if told := [one.statement for one in made if not one.differs_from]:
        tell_owners(session, told, now=now, today=today)
    return Recorded(tuple(made), tuple(again))


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
    withdraw_statement(session, statement_id, because=because, role=by.role, on=on, today=today)
    session.flush()
    record(
        session, by, "withdraw statement", "statement", statement_id, now=now,
        area=row.area_code, type=row.support_type, said_for=row.body,
    )  # fmt: skip
    taken = [one for one in statements(session) if one.id == statement_id]
    tell_owners(session, taken, now=now, today=today)


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
