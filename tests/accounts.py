"""People who may sign in, and browsers that are: a test says only what matters of them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta
from itertools import count

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.db import Database
from directory.models.account import Account, Role
from directory.models.membership import AreaGrant, Membership
from directory.models.organisation import Organisation
from directory.models.sign_in import SignIn
from directory.reference.hours import now_utc
from directory.security.me import TOKEN, token_hash

_NUMBERS = count(1)


def make_organisation(database: Database, name: str = "Example Organisation") -> int:
    """The organisation of that name, made if need be. Returns its number."""
    with database.transaction() as session:
        found = session.scalar(select(Organisation.id).where(Organisation.name == name))
        if found is None:
            made = Organisation(name=name)
            session.add(made)
            session.flush()
            found = made.id
    return found


def make_account(
    database: Database,
    *,
    email: str = "",
    title: str = "service manager",
    roles: Iterable[str] = (),
    owner_of: Iterable[int] = (),
    editor_of: Iterable[int] = (),
    areas: Iterable[str] = (),
    password_hash: str | None = None,
) -> int:
    """Somebody who may sign in. roles: 'moderator', 'administrator', 'commissioner'. Returns the account's number."""
    now = now_utc()
    with database.transaction() as session:
        account = Account(
            email=email or f"person{next(_NUMBERS)}@example.org",
            title=title,
            active=True,
            made_at=now,
            confirmed_at=now,
            password=password_hash,
            fs_uniquifier=secrets.token_hex(16),
            roles=list(session.scalars(select(Role).where(Role.name.in_(tuple(roles))))),
        )
        session.add(account)
        session.flush()
        for kind, organisations in (("owner", owner_of), ("editor", editor_of)):
            for number in organisations:
                session.add(
                    Membership(account_id=account.id, organisation_id=number, kind=kind, began_at=now)
                )
        for code in areas:
            session.add(AreaGrant(account_id=account.id, area_code=code))
        return account.id


def signed_in(app: Flask, account_id: int, *, second_factor: bool = True) -> FlaskClient:
    """A browser in which this account is signed in. It says, as browsers do, that its writes come from our pages."""
    token, now = secrets.token_urlsafe(32), now_utc()
    with app.extensions["database"].transaction() as session:
        session.add(
            SignIn(
                account_id=account_id,
                token_hash=token_hash(token),
                device="a browser of the tests",
                second_factor=second_factor,
                started_at=now,
                seen_at=now,
                ends_at=now + timedelta(hours=8),
            )
        )
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    with client.session_transaction() as cookie:
        cookie[TOKEN] = token
    return client


def commissioner_of(app: Flask, *areas: str, title: str = "commissioning manager") -> FlaskClient:
    """A browser of somebody who commissions support in these areas."""
    made = make_account(app.extensions["database"], title=title, roles=["commissioner"], areas=areas)
    return signed_in(app, made)


def cookie_of(app: Flask, account_id: int, address: str) -> dict[str, str]:
    """The cookie of somebody signed in, for a real browser's context that visits `address`."""
    name = app.config["SESSION_COOKIE_NAME"]
    kept = signed_in(app, account_id).get_cookie(name)
    assert kept is not None
    return {"name": name, "value": kept.value, "url": address}
