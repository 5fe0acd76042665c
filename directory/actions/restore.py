"""A copy put in the place of the database: all of it or nothing, and what was there is kept."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from directory.actions.accounts.retention import forget_old
from directory.actions.actor import THE_SITE
from directory.actions.audit import record
from directory.actions.backup import ASIDE_AT, PART, Progress, check_sqlite, copy_pages
from directory.db import Database
from directory.errors import Clash
from directory.models.audit import AuditEntry
from directory.models.membership import Invitation, MailboxLink
from directory.models.outbox import OutboxMail
from directory.models.sign_in import SignIn, SignInLink
from directory.models.upkeep import Reminder

LOGS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What was set right in a restored database. newest: the last act it knows of; None for none.

    mails: waiting ones that are not sent, since they may have been sent after the copy was made.
    """

    newest: datetime | None
    sign_ins: int
    mails: int
    invitations: int


def restore_sqlite(
    copy: Path,
    target: Path,
    *,
    replace: bool,
    now: datetime,
    finish: Callable[[Database], None],
    progress: Progress | None = None,
) -> Path | None:
    """Put a copy where the database is, in one step. Returns where the one that was there is kept.

    finish: is called with the restored database before it gets its name; if it raises, nothing has changed.
    Raises RuleBroken('file') for a copy that is not sound, and Clash where a database is there and `replace` is
    not said, or where somebody still has it open.
    """
    check_sqlite(copy)
    is_there = target.exists() and target.stat().st_size > 0
    if is_there and not replace:
        raise Clash(
            f"{target} is there already. Say --replace to put the copy in its place; it is kept aside."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=PART, dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        copy_pages(copy, part, 0, progress)
        restored = Database(f"sqlite:///{part}")
        try:
            finish(restored)
        finally:
            restored.dispose()
        _fold_log(part)
        kept = _keep_aside(target, now) if is_there else None
        os.replace(part, target)
    finally:
        for left in (part, *(part.with_name(part.name + tail) for tail in LOGS)):
            left.unlink(missing_ok=True)
    return kept


def after_restore(session: Session, now: datetime) -> Aftermath:
    """Set right what a copy says that is no longer so. The caller commits.

    Whoever signed out since would be signed in again, a link of whatever kind that was used or an invitation that was
    withdrawn would work again, and a mail that was sent would be sent twice. What had been forgotten since is
    forgotten again. Passwords and second factors are those of the copy: nobody knows here which were changed.
    """
    newest = session.scalar(select(func.max(AuditEntry.at)))
    waiting = OutboxMail.state.in_(("waiting", "claimed", "unsure"))
    mails = session.scalars(
        update(OutboxMail)
        .where(waiting)
        .values(state="given up", last_answer="The database was restored; it may have been sent before.")
        .returning(OutboxMail.id)
    ).all()
    open_ones = (Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None))
    invitations = session.scalars(
        update(Invitation).where(*open_ones).values(withdrawn_at=now).returning(Invitation.id)
    ).all()
    session.execute(delete(SignInLink))
    session.execute(delete(MailboxLink))
    # Those of reminders stay as rows: by them an organisation is not written to again too soon.
    session.execute(update(Reminder).where(Reminder.used_at.is_(None)).values(used_at=now))
    sign_ins = session.scalars(delete(SignIn).returning(SignIn.id)).all()
    forget_old(session, now)
    record(session, THE_SITE, "restore database", "database", None, now=now)
    return Aftermath(newest, len(sign_ins), len(mails), len(invitations))


def _keep_aside(target: Path, now: datetime) -> Path:
    """A second name for the database that is there; its place is taken in the next step."""
    _fold_log(target)
    kept = target.with_name(f"{target.name}.before-{now.astimezone(UTC):{ASIDE_AT}}")
    os.link(target, kept)
    for tail in LOGS:
        # Only a database too damaged to be opened still has them. Beside another file they must not stay.
        log = target.with_name(target.name + tail)
        if log.exists():
            os.rename(log, kept.with_name(kept.name + tail))
    return kept


def _fold_log(path: Path) -> None:
    """Put everything into the one file. Only whoever has it alone can: Clash where somebody has it open."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=1)) as held:
            held.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as problem:
        if "locked" in str(problem):
            raise Clash(f"{path} is in use. Stop the site first.") from problem
    except sqlite3.DatabaseError:
        return  # Damaged: perhaps why it is being replaced. It is kept as it is.
