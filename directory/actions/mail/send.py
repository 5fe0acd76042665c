"""Send what waits in the outbox: claim one mail, hand it over, write down what became of it; and the next.

Nothing is handed over inside a transaction. A mail to which the server has said yes is never handed over again;
one of which nobody knows is handed over once more, with the same Message-ID and the same text.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from email.errors import MessageError

from sqlalchemy.exc import OperationalError

from directory.actions.mail.claim import Claimed, claim_next, end_lost_claims, give_up_what_has_ended
from directory.actions.mail.compose import compose
from directory.actions.mail.outcome import record_outcome
from directory.clients.mail import AnswerLost, Later, MailClient, NotSent, Refused
from directory.db import Database
from directory.queries.mail import is_mail_due
from directory.reference.hours import now_utc

RECORD_TRIES = 3
"""How often a worker tries to write down an answer, each time waiting its turn, before it keeps it in mind."""

logger = logging.getLogger(__name__)


class MailSender:
    """One worker's way through the outbox. It opens transactions of its own, short ones, around what it hands over.

    sender: the From line. clock: what time it is, in UTC. To be used by one thread of the process that made it.
    """

    def __init__(
        self, database: Database, client: MailClient, sender: str, *, clock: Callable[[], datetime] = now_utc
    ) -> None:
        self._database = database
        self._client = client
        self._sender = sender
        self._clock = clock
        self._name = f"{os.getpid()} {secrets.token_hex(6)}"
        self._unwritten: list[tuple[Claimed, NotSent | None]] = []

    def send_due(
        self,
        *,
        stop: threading.Event | None = None,
        told: Callable[[str], object] = lambda _state: None,
    ) -> Counter[str]:
        """Send all that is due. Returns how many mails came into which state.

        stop: ends after the mail that is being handed over. told: is called with each mail's new state.
        Raises OperationalError where the database cannot be written; what was not written down is kept in mind
        and written at the next call, before anything else.
        """
        done: Counter[str] = Counter()
        self._write_what_was_kept()
        if not self._is_due():
            return done
        with self._database.transaction() as session:
            end_lost_claims(session, now=self._clock())
            give_up_what_has_ended(session, now=self._clock())
        while stop is None or not stop.is_set():
            with self._database.transaction() as session:
                mail = claim_next(session, self._name, now=self._clock())
            if mail is None:
                break
            problem = self._hand_over(mail)
            state = self._write(mail, problem)
            done[state] += 1
            told(state)
            if isinstance(problem, Later) and problem.for_all:
                # No other mail would fare better now; each keeps its attempts for when it might.
                break
        return done

    def _is_due(self) -> bool:
        with self._database.reading() as session:
            return is_mail_due(session, self._clock())

    def _hand_over(self, mail: Claimed) -> NotSent | None:
        """What the server said; None for its yes."""
        try:
            message = compose(
                sender=self._sender,
                to_address=mail.to_address,
                subject=mail.subject,
                body=mail.body,
                message_id=mail.message_id,
                made_at=mail.made_at,
            )
        except (ValueError, MessageError) as problem:
            return Refused(f"It cannot be written as a mail: {problem}")
        try:
            self._client.send(message)
        except NotSent as problem:
            # The number alone: an answer may quote an address.
            logger.warning("Mail %s was not sent: %s.", mail.id, type(problem).__name__)
            return problem
        except Exception as problem:
            # A fault of ours, somewhere between handing over and the answer.
            logger.exception("Mail %s: something went wrong while it was handed over.", mail.id)
            return AnswerLost(f"{type(problem).__name__} while it was handed over")
        return None

    def _write_what_was_kept(self) -> None:
        while self._unwritten:
            mail, problem = self._unwritten[0]
            with self._database.transaction() as session:
                record_outcome(session, mail, problem, now=self._clock())
            self._unwritten.pop(0)

    def _write(self, mail: Claimed, problem: NotSent | None) -> str:
        """Write the answer down: a yes that is forgotten would be a second copy."""
        for left in reversed(range(RECORD_TRIES)):
            try:
                with self._database.transaction() as session:
                    return record_outcome(session, mail, problem, now=self._clock())
            except OperationalError:
                if not left:
                    self._unwritten.append((mail, problem))
                    raise
        raise AssertionError("RECORD_TRIES is at least 1")
