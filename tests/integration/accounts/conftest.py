"""A site with a database of its own, a person in it, and browsers that behave as browsers do."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.models.outbox import OutboxMail
from directory.security.sign_in_passwords import password_hash
from tests.accounts import make_account, make_organisation
from tests.builders import make_database

PASSWORD = "seven blue paper boats"
EMAIL = "service.manager@example.org"
NEW = "nine grey stone bridges"


@pytest.fixture
def site(settings: Settings, tmp_path: Path) -> Flask:
    """The site over an empty database."""
    url = f"sqlite:///{tmp_path}/accounts.sqlite"
    make_database(url).dispose()
    return create_app(
        replace(settings, database_url=url, database_read_url=url, rate_limits=False, jobs=False)
    )


@pytest.fixture
def database(site: Flask) -> Database:
    found: Database = site.extensions["database"]
    return found


@pytest.fixture
def owner(site: Flask, database: Database) -> int:
    """Owner of an organisation, with a password."""
    return person(site, owner_of=[make_organisation(database)])


@pytest.fixture
def moderator(site: Flask) -> int:
    """A moderator, with a password and nothing else yet."""
    return person(site, roles=["moderator"])


def person(site: Flask, email: str = EMAIL, **more: object) -> int:
    """Somebody with an account and PASSWORD."""
    with site.app_context():
        hashed = password_hash(PASSWORD, email)
    return make_account(site.extensions["database"], email=email, password_hash=hashed, **more)  # type: ignore[arg-type]  # as it takes them


@pytest.fixture
def browser_of(site: Flask) -> Callable[..., FlaskClient]:
    """Another browser: of this network, by this name."""

    def made(
        network: str = "192.0.2.1", agent: str = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"
    ) -> FlaskClient:
        return browser(site, network, agent)

    return made


def browser(site: Flask, network: str = "192.0.2.1", agent: str = "Firefox/140.0 (Windows)") -> FlaskClient:
    """A browser that says, as browsers do, that its writes come from our pages."""
    client = site.test_client()
    client.environ_base.update(HTTP_SEC_FETCH_SITE="same-origin", REMOTE_ADDR=network, HTTP_USER_AGENT=agent)
    return client


def sign_in(client: FlaskClient, email: str = EMAIL, password: str = PASSWORD, **more: str) -> str:
    """Where a right password leads; '' for a wrong one."""
    answer = client.post("/account/sign-in", data={"email": email, "password": password, **more})
    return answer.headers.get("Location", "")


def mails(database: Database) -> list[OutboxMail]:
    """All that were written, in order."""
    with database.reading() as session:
        found = list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))
        session.expunge_all()
    return found


def link_in(mail: OutboxMail) -> str:
    """The path of the link in a mail."""
    found = re.search(r"http://127\.0\.0\.1:\d+(/\S+)", mail.body or "")
    assert found is not None
    return found[1]


def without_nonce(text: str) -> str:
    """A page, but for what is random in each."""
    return re.sub(r'nonce="[^"]+"', "", text)
