"""Somebody has lost the phone and the recovery codes: an administrator takes the second factor away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from directory.actions.accounts.held import locked_account
from directory.actions.accounts.sign_ins import end_sign_ins
from directory.actions.accounts.standing import NotAllowed, Standing
from directory.actions.audit import record
from directory.actions.mail.post import Letter, post_mail
from directory.actions.said_words import words_of
from directory.errors import RuleBroken
from directory.models.account import Passkey
from directory.reference.ways_in_words import way_in

REASON_MAX = 300


def reset_second_factor(
    session: Session, account_id: int, reason: str, *, by: Standing, now: datetime
) -> None:
    """Authenticator, passkeys and recovery codes go, every browser is signed out, and the account is told.

    The password stays, and is asked for; staff can do nothing until they have set up a new second factor. Never
    one's own: whoever holds a stolen session of an administrator must not be rid of it. The caller commits.
    Raises RuleBroken('reason'), NotFound, NotAllowed.
    """
    if not by.is_administrator or by.actor.account_id == account_id:
        raise NotAllowed("only another administrator resets a second factor")
    said = words_of("reason", reason, REASON_MAX)
    if not said or "@" in said:
        raise RuleBroken("reason", "Write why, and how you made sure who asks. Write no name and no address.")
    if found := way_in(said):
        # It stays in the log of acts for good, also when the account is erased.
        raise RuleBroken("reason", f"Leave out {found}. ‘By the number that we hold’ says enough.")
    account = locked_account(session, account_id)
    account.tf_totp_secret = account.tf_primary_method = account.totp_counter = None
    account.us_totp_secrets = None
    account.mf_recovery_codes = []
    session.execute(delete(Passkey).where(Passkey.user_id == account.id))
    session.expire(account, ["webauthn"])
    end_sign_ins(session, account, now=now)
    record(session, by.actor, "reset second factor", "account", account.id, now=now, reason=said)
    body = "\n\n".join(
        (
            "Hello,",
            "the second step of signing in to your account was taken away by somebody who looks after the site, and "
            "you were signed out everywhere. You can set up a new one after signing in.",
            "Did you not ask for this? Then choose a new password at once, and tell us.",
            "Support Directory",
        )
    )
    key = f"second factor {account.id} {now.isoformat()}"
    post_mail(session, Letter(key, account.email, "Your account", body, account.id), now=now)
