"""What a passkey was asked to sign is good once, whoever holds a copy of the cookie that kept it, and of the answer.

The cookie alone cannot say that it was used, and a passkey that is kept in several devices counts nothing. So what
was answered is marked here, as a link in a mail is that was used, and is forgotten as those are.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.models.sign_in import SignInLink


def use_challenge(session: Session, account_id: int, mark: str, *, now: datetime) -> bool:
    """Whether it is answered for the first time; of two at once one is. The caller commits.

    mark: a keyed hash of the challenge, so that nothing a visitor could send as a link has the same one.
    """
    used = SignInLink(
        account_id=account_id, kind="sign in", token_hash=mark, made_at=now, ends_at=now, used_at=now
    )
    try:
        with session.begin_nested():
            session.add(used)
    except IntegrityError:
        return False
    return True
