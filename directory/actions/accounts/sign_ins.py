"""End what an account is signed in with."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.models.account import Account
from directory.models.sign_in import SignIn, SignInLink


def end_sign_ins(session: Session, account: Account, *, now: datetime) -> int:
    """Every browser is signed out at its next request, and links sent before open nothing. Returns how many were."""
    found = session.scalars(
        select(SignIn).where(SignIn.account_id == account.id, SignIn.ended_at.is_(None))
    ).all()
    for sign_in in found:
        sign_in.ended_at = now
    session.execute(delete(SignInLink).where(SignInLink.account_id == account.id))
    # What the library's own links are known by.
    account.fs_uniquifier = uuid.uuid4().hex
    return len(found)
