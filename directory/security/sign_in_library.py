"""Flask-Security, wired: its hashing of passwords, its codes of an authenticator, its recovery codes, its datastore.

None of its views is routed. They sign in by Flask-Login's session, which a stolen cookie keeps alive for ever,
and commit for themselves; here `security.me` is the one truth of who is signed in, and whoever opens a transaction
commits it. So the datastore works in the transaction that is open (see `accounts_opened`): on SQLite that has the
write lock from its start, after a fork it is the child's own connection, and nothing is left over between requests.
It has nothing to send mail by, and would fail where it tried: what is mailed goes through the outbox.

This module is the one exception by which security/ sees the models: the datastore is made of them.
"""

from __future__ import annotations

import base64
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import qrcode
from flask import Flask, current_app
from flask_login import LoginManager
from flask_security import Security, SQLAlchemySessionUserDatastore, Totp, UserMixin
from passlib.totp import TotpMatch
from qrcode.image.svg import SvgPathFillImage
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.local import LocalProxy

from directory.errors import NotFound
from directory.models.account import Account, Passkey, Role
from directory.reference.hours import now_utc
from directory.security.keyed import keyed

if TYPE_CHECKING:
    from directory.config import Settings

ISSUER = "Support Directory"
"""What an authenticator app shows: somebody else may see the list on the phone."""

RECOVERY_CODES = 8
HASHING = {"argon2__memory_cost": 19_456, "argon2__time_cost": 2, "argon2__parallelism": 1}
"""19 MiB and two rounds, as OWASP's 'Password Storage Cheat Sheet' asks for: sixteen threads that compare passwords
at once must not take all the memory of a small server."""

_OPENED: ContextVar[Session] = ContextVar("the transaction in which accounts are worked on")


@contextmanager
def accounts_opened() -> Iterator[Session]:
    """A write transaction in which the library finds and changes accounts; committed when the block ends."""
    with current_app.extensions["database"].transaction() as session, _library_uses(session):
        yield session


@contextmanager
def _library_uses(session: Session) -> Iterator[None]:
    reset = _OPENED.set(session)
    try:
        yield
    finally:
        _OPENED.reset(reset)


def library() -> Security:
    """The library, as wired into this application."""
    found: Security = current_app.extensions["security"]
    return found


def account_in(session: Session, account_id: int) -> Account:
    """The account of that number, for this transaction alone: no code is taken by two requests at once.

    Raises NotFound where there is none, or where it has ended.
    """
    found = session.get(Account, account_id, with_for_update=True)
    if found is None or not found.active:
        raise NotFound
    return found


def held_passkey(credential_id: bytes) -> Passkey | None:
    """The passkey of that number, with its account for this transaction alone; None where there is none."""
    session = _OPENED.get()
    found = session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))
    if found is None:
        return None
    # The account first, as everywhere; then what has become of the passkey while we waited.
    session.get(Account, found.user_id, with_for_update=True)
    return session.get(Passkey, found.id, populate_existing=True)


class CountedTotp(Totp):
    """Takes no code twice: the number of its half-minute is kept with the account."""

    def get_last_counter(self, user: UserMixin) -> int | None:
        """The half-minute whose code was taken last; None for an account of which none was."""
        counter: int | None = getattr(user, "totp_counter", None)
        return counter

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        """Keep it, in the open transaction."""
        user.totp_counter = tmatch.counter  # type: ignore[attr-defined]  # it is an Account

    def generate_qrcode(self, username: str, totp: str) -> str:
        """The QR code for <img src>: one path on white, a tenth of the library's, and readable on a dark page."""
        picture = qrcode.make(self.get_totp_uri(username, totp), image_factory=SvgPathFillImage)
        return f"data:image/svg+xml;base64,{base64.b64encode(picture.to_string()).decode('ascii')}"


def init_library(app: Flask, settings: Settings) -> None:
    """Wire the library into the application. It opens no connection."""
    keys = {name: _derived(settings.secret_key, name) for name in ("totp", "recovery codes", "salt")}
    app.config.update(
        SECURITY_REGISTERABLE=False,
        SECURITY_TRACKABLE=False,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_API_ENABLED_METHODS=["session"],
        SECURITY_TOKEN_AUTHENTICATION_HEADER=None,
        SECURITY_TWO_FACTOR=True,
        SECURITY_TWO_FACTOR_ENABLED_METHODS=["authenticator"],
        SECURITY_MULTI_FACTOR_RECOVERY_CODES=True,
        SECURITY_MULTI_FACTOR_RECOVERY_CODES_N=RECOVERY_CODES,
        SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS=[base64.urlsafe_b64encode(keys["recovery codes"])],
        SECURITY_TOTP_SECRETS={1: keys["totp"].hex()},
        SECURITY_TOTP_ISSUER=ISSUER,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  # the name of a method
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=HASHING,
        SECURITY_PASSWORD_SALT=keys["salt"].hex(),
        SECURITY_PASSWORD_NORMALIZE_FORM="NFKC",  # noqa: S106  # the name of a form
        SECURITY_CLI_USERS_NAME=False,
        SECURITY_CLI_ROLES_NAME=False,
    )
    # The library asks for a scoped session; this is one, whose scope is the transaction.
    scoped: Any = LocalProxy(_OPENED)
    store = SQLAlchemySessionUserDatastore(scoped, Account, Role, Passkey)
    with warnings.catch_warnings():
        # The library warns of its own defaults for features that are not used here.
        warnings.simplefilter("ignore", DeprecationWarning)
        made = Security(app, store, register_blueprint=False, totp_cls=CountedTotp)
    # Its own has no zone, and a moment here must say one.
    made.datetime_factory = now_utc
    _without_a_second_truth(app, made)


def _without_a_second_truth(app: Flask, made: Security) -> None:
    """Flask-Login and Flask-Principal know nobody, and look at no session: a visitor has none."""
    manager: LoginManager = made.login_manager
    manager.user_loader(lambda _number: None)
    manager.request_loader(lambda _request: None)
    manager.session_protection = None
    made.principal.identity_loaders.clear()
    app.after_request_funcs[None].remove(manager._update_remember_cookie)


def _derived(secret_key: str, name: str) -> bytes:
    """32 bytes of the site's key, for one use alone."""
    return keyed(secret_key, f"accounts: {name}")
