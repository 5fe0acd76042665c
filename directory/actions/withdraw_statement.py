"""Take a statement back: from that day it holds no more. The row stays, for the history."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from directory.actions.said_words import day_of, role_of, words_of
from directory.actions.version import bump_matrix_version, take_matrix_turn
from directory.errors import NotFound, RuleBroken
from directory.models.statement import Statement


def withdraw_statement(
    session: Session, statement_id: int, *, because: str, role: str, on: date, today: date
) -> None:
    """Store why, by which role, and from which day; the caller commits.

    What the speaker had said before does not come back into force: whoever takes a
    statement back has not said the older one again.
    today: the date in London. Raises NotFound, or RuleBroken('because', 'by', 'on', 'id').
    """
    reason = words_of("because", because)
    if not reason:
        raise RuleBroken("because", "Write why it is taken back.")
    role = role_of("by", role)
    day_of("on", on, today)
    take_matrix_turn(session)
    row = session.get(Statement, statement_id)
    if row is None:
        raise NotFound(f"No statement has the number {statement_id}.")
    if row.withdrawn_on is not None:
        raise RuleBroken("id", f"Statement {statement_id} was taken back on {row.withdrawn_on} already.")
    if on < row.stated_on:
        raise RuleBroken("on", f"It was made on {row.stated_on}, and cannot be taken back before.")
    row.withdrawn_on = on
    row.withdrawn_reason = f"{role}: {reason}"
    bump_matrix_version(session)
