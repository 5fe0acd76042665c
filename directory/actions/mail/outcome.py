"""What became of a mail that was handed over. The caller commits at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from directory.actions.mail.claim import Claimed
from directory.clients.mail import AnswerLost, Later, NotSent, Refused
from directory.models.outbox import OutboxMail

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
UNSURE_WAIT = timedelta(minutes=5)
"""Before a mail of which nobody knows is handed over again: a server that was starting anew is back by then."""
ATTEMPTS_MAX = 30
"""About four days, as the waits grow: then a person has to look."""


def record_outcome(session: Session, mail: Claimed, problem: NotSent | None, *, now: datetime) -> str:
    """Write down what the server said; None: it said yes. Returns the new state.

    A yes holds whatever has become of the claim meanwhile. Everything else is written only while the claim is ours.
    """
    if problem is None:
        yes = (
            update(OutboxMail)
            .where(OutboxMail.id == mail.id)
            .values(state="sent", sent_at=now, last_answer="", claimed_by="", claimed_at=None)
        )
        session.execute(yes)
        return "sent"
    state, wait = _next(mail, problem)
    values: dict[str, object] = {
        "state": state,
        "last_answer": problem.answer,
        "not_before": now + wait,
        "claimed_by": "",
        "claimed_at": None,
    }
    if isinstance(problem, AnswerLost) and not mail.was_unsure:
        values["unsure_at"] = now
    ours = (
        update(OutboxMail)
        .where(
            OutboxMail.id == mail.id,
            OutboxMail.state == "claimed",
            OutboxMail.claimed_by == mail.claimed_by,
        )
        .values(**values)
    )
    session.execute(ours)
    return state


def _next(mail: Claimed, problem: NotSent) -> tuple[str, timedelta]:
    """The state that follows, and how long until it may be tried again."""
    if isinstance(problem, AnswerLost):
        # Once more, and never a third time.
        return ("given up", timedelta(0)) if mail.was_unsure else ("unsure", UNSURE_WAIT)
    if isinstance(problem, Refused):
        # A no to the second copy does not tell whether the first was taken.
        return ("given up" if mail.was_unsure else "failed"), timedelta(0)
    assert isinstance(problem, Later)  # noqa: S101  # the three ways of the client
    if mail.attempts >= ATTEMPTS_MAX:
        return "given up", timedelta(0)
    # It was not handed over, so that a mail which is unsure still has its second time.
    return ("unsure" if mail.was_unsure else "waiting"), wait_after(mail.attempts)


def wait_after(attempts: int) -> timedelta:
    """How long after so many attempts: 1, 2, 4 … minutes, four hours at most."""
    return min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)
