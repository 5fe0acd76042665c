"""Browsers that are signed in: how long, which, and ended from another."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from directory.db import Database
from directory.models.sign_in import SignIn
from directory.reference.hours import now_utc
from tests.integration.accounts.conftest import browser, person, sign_in


def test_every_browser_is_listed_in_plain_words_and_can_be_ended_from_another(
    site: Flask, owner: int, database: Database
) -> None:
    here = browser(site, agent="Mozilla/5.0 (Windows NT 10.0; Win64) Gecko/20100101 Firefox/140.0")
    phone = browser(site, agent="Mozilla/5.0 (iPhone; CPU iPhone OS 18) Version/18 Mobile Safari/604.1")
    third = browser(site, agent="made up")
    for each in (here, phone, third):
        sign_in(each)
    page = here.get("/account/sessions").text
    assert "Firefox on Windows" in page and "Safari on an iPhone" in page and "a browser" in page
    with database.reading() as session:
        number = session.scalar(select(SignIn.id).where(SignIn.device == "Safari on an iPhone"))
    assert here.post(f"/account/sessions/{number}/end").status_code == 303
    assert phone.get("/account").status_code == 303
    assert third.get("/account").status_code == 200
    assert here.post("/account/sessions/end-others").status_code == 303
    assert third.get("/account").status_code == 303 and here.get("/account").status_code == 200


def test_nobody_ends_the_sign_in_of_another(site: Flask, owner: int, database: Database) -> None:
    hers, stranger = browser(site), browser(site)
    sign_in(hers)
    person(site, "stranger@example.org")
    sign_in(stranger, "stranger@example.org")
    with database.reading() as session:
        number = session.scalar(select(SignIn.id).where(SignIn.account_id == owner))
    assert stranger.post(f"/account/sessions/{number}/end").status_code == 404
    assert hers.get("/account").status_code == 200


def test_a_sign_in_ends_after_two_hours_without_use_and_is_kept_on_by_use(
    site: Flask, owner: int, database: Database
) -> None:
    hers = browser(site)
    sign_in(hers)
    first = _row(database)
    assert first.ends_at - first.started_at == timedelta(hours=2)
    hers.get("/account")
    assert _row(database).seen_at == first.seen_at, "moved at most once in five minutes"
    _moved(database, first, timedelta(hours=1))
    hers.get("/account")
    now = now_utc()
    assert now - _row(database).seen_at < timedelta(minutes=1)
    assert timedelta(minutes=119) < _row(database).ends_at - now <= timedelta(hours=2)
    _moved(database, first, timedelta(hours=2, seconds=1))
    assert hers.get("/account").status_code == 303


def test_a_sign_in_ends_after_twelve_hours_however_much_it_is_used(
    site: Flask, owner: int, database: Database
) -> None:
    hers = browser(site)
    sign_in(hers)
    now = now_utc()
    with database.transaction() as session:
        session.execute(
            update(SignIn).values(
                started_at=now - timedelta(hours=11, minutes=30), seen_at=now - timedelta(minutes=10)
            )
        )
    assert hers.get("/account").status_code == 200
    assert timedelta(minutes=29) < _row(database).ends_at - now <= timedelta(minutes=31)


def _row(database: Database) -> SignIn:
    with database.reading() as session:
        found = session.scalars(select(SignIn)).one()
        session.expunge(found)
    return found


def _moved(database: Database, first: SignIn, back: timedelta) -> None:
    """As if it had begun, and been seen last, that much earlier."""
    with database.transaction() as session:
        session.execute(
            update(SignIn).values(
                started_at=first.started_at - back, seen_at=first.seen_at - back, ends_at=first.ends_at - back
            )
        )


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_anybody_can_sign_out_while_somebody_else_has_the_database(
    site: Flask, owner: int, database: Database, lock: str
) -> None:
    hers = browser(site)
    sign_in(hers)
    assert database.file is not None
    database.dispose()
    with closing(sqlite3.connect(database.file, isolation_level=None)) as holder:
        if lock == "EXCLUSIVE":
            holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute(f"BEGIN {lock}")
        holder.execute("UPDATE listings_version SET version = version")
        began = time.monotonic()
        answer = hers.post("/account/sign-out")
        assert answer.status_code == 303 and time.monotonic() - began < 8
        cookie = hers.get_cookie("session")
        assert cookie is None or not cookie.value
        holder.execute("ROLLBACK")
    assert hers.get("/account").status_code == 303
