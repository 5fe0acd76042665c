"""End what an account is signed in with."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from directory.actions.sign_in.browsers import end_all_but
from directory.actions.sign_in.links import end_links
from directory.actions.upkeep.end_links import end_reminder_links
from directory.models.account import Account


def end_sign_ins(session: Session, account: Account, *, now: datetime) -> None:
    """Every browser is signed out at its next request, and links sent before open nothing."""
    end_all_but(session, account.id, None, now=now)
    end_links(session, account.id, now=now)
    end_reminder_links(session, account.id, now=now)
    # What the library's own links are known by.
    account.fs_uniquifier = uuid.uuid4().hex
