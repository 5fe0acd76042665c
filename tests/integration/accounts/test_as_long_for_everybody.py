"""Asking for a mail does the same work whether an address has an account or not, so that its time tells nothing.

What is asked of the database is compared, not time, which a busy machine makes up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.models.sign_in import SignInAttempt, SignInLink
from tests.accounts import make_account, make_organisation
from tests.builders import make_database
from tests.integration.accounts.conftest import browser, mails

OWNER, STAFF, NOBODY = "manager@example.org", "moderator@example.org", "nobody@example.org"


@pytest.fixture(params=["sqlite", "postgresql"])
def either_site(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    """The site on either database, with an owner and somebody of the staff."""
    on = request.param
    url = f"sqlite:///{tmp_path}/a.sqlite" if on == "sqlite" else request.getfixturevalue("postgres_url")
    make_database(url).dispose()
    app = create_app(
        replace(settings, database_url=url, database_read_url=url, rate_limits=False, jobs=False)
    )
    database: Database = app.extensions["database"]
    make_account(database, email=STAFF, roles=["moderator"])
    make_account(database, email=OWNER, owner_of=[make_organisation(database)])
    yield app
    database.dispose()


@contextmanager
def _asked_of(database: Database) -> Iterator[list[str]]:
    """What the database is asked: which statements, with which tables, and each end of a transaction."""
    asked: list[str] = []

    def statement(_connection: object, _cursor: object, words: str, *_more: object) -> None:
        words = re.sub(r"RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT", "END OF SAVEPOINT", words)
        asked.append(re.sub(r"\s+", " ", words))

    def commit(_connection: object) -> None:
        asked.append("COMMIT")

    event.listen(database.engine, "before_cursor_execute", statement)
    event.listen(database.engine, "commit", commit)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", statement)
        event.remove(database.engine, "commit", commit)


def _ask(site: Flask, email: str, kind: str) -> list[str]:
    there, more = ("/account/forgotten", {}) if kind == "reset" else ("/account/sign-in", {"link": "1"})
    with _asked_of(site.extensions["database"]) as asked:
        answer = browser(site).post(there, data={"email": email, **more})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/check-mail")
    return asked


@pytest.mark.parametrize("kind", ["sign in", "reset"])
def test_a_mail_that_is_asked_for_costs_the_same_for_every_address(either_site: Flask, kind: str) -> None:
    _ask(either_site, "warm@example.org", kind)
    for_nobody = _ask(either_site, NOBODY, kind)
    assert any("INSERT INTO outbox" in words for words in for_nobody) and for_nobody[-1] == "COMMIT"
    assert _ask(either_site, OWNER, kind) == for_nobody
    assert _ask(either_site, OWNER, kind) == for_nobody, "the last link still works, so none is sent"
    assert _ask(either_site, STAFF, kind) == for_nobody
    assert _ask(either_site, NOBODY, kind) == for_nobody


def test_of_an_address_that_nobody_has_nothing_stays(either_site: Flask) -> None:
    database: Database = either_site.extensions["database"]
    for kind in ("sign in", "reset"):
        _ask(either_site, NOBODY, kind)
    assert mails(database) == []
    with database.reading() as session:
        for table in (SignInLink, SignInAttempt):
            assert session.scalar(select(func.count()).select_from(table)) == 0
    _ask(either_site, OWNER, "sign in")
    (mail,) = mails(database)
    assert mail.to_address == OWNER


def test_a_site_that_nobody_has_an_account_on_yet_answers_as_well(settings: Settings, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.sqlite"
    make_database(url).dispose()
    app = create_app(
        replace(settings, database_url=url, database_read_url=url, rate_limits=False, jobs=False)
    )
    assert _ask(app, NOBODY, "sign in")[-1] == "COMMIT"
