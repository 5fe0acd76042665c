"""Sign-ins without a page."""

from __future__ import annotations

import secrets
from datetime import timedelta

from directory.db import Database
from directory.models.sign_in import SignIn
from directory.reference.hours import now_utc
from directory.security.me import token_hash


def sign_in(database: Database, account_id: int) -> str:
    """Signed in for eight hours; returns what the cookie would hold."""
    token, now = secrets.token_urlsafe(32), now_utc()
    with database.transaction() as session:
        session.add(
            SignIn(
                account_id=account_id, token_hash=token_hash(token), device="a browser of the tests",
                second_factor=False, started_at=now, seen_at=now, ends_at=now + timedelta(hours=8),
            )
        )  # fmt: skip
    return token
