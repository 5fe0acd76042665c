"""Nobody keeps somebody else out for good, and nobody fills a mailbox."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from directory.actions.sign_in.attempts import LIMITS
from directory.actions.sign_in.links import MANY_A_DAY, NewLink, link_time, store_link
from directory.db import Database
from directory.models.sign_in import SignInAttempt, SignInLink
from directory.reference.hours import now_utc
from tests.accounts import make_account
from tests.integration.accounts.conftest import EMAIL, NEW, browser, link_in, mails, sign_in


def _guess(site: Flask, network: str) -> int:
    return (
        browser(site, network)
        .post("/account/sign-in", data={"email": EMAIL, "password": "guess"})
        .status_code
    )


def _locked(site: Flask) -> None:
    for turn in range(LIMITS["password"].address + 3):
        _guess(site, f"198.51.100.{turn}")


def test_a_new_password_lets_staff_in_whatever_is_guessed_from_elsewhere(
    site: Flask, moderator: int, database: Database
) -> None:
    _locked(site)
    theirs = browser(site, "203.0.113.6")
    page = theirs.post("/account/sign-in", data={"email": EMAIL, "password": "seven blue paper boats"})
    assert page.status_code == 429
    assert "A passkey still works." in page.text and "Those who work on the site are sent none" in page.text
    theirs.post("/account/forgotten", data={"email": EMAIL})
    assert theirs.post(link_in(mails(database)[0]), data={"password": NEW}).status_code == 303
    _locked(site)
    assert sign_in(theirs, password=NEW) == "/account/security"
    assert sign_in(browser(site, "203.0.113.7"), password=NEW) == "", "another browser has to wait"


def test_a_new_password_forgets_what_was_guessed_and_no_code(
    site: Flask, owner: int, database: Database
) -> None:
    _locked(site)
    with database.transaction() as session:
        hers = session.scalars(select(SignInAttempt)).first()
        assert hers is not None
        session.add(
            SignInAttempt(kind="code", email_hash=hers.email_hash, network_hash="x", tried_at=now_utc())
        )
    theirs = browser(site, "203.0.113.6")
    theirs.post("/account/forgotten", data={"email": EMAIL})
    theirs.post(link_in(mails(database)[0]), data={"password": NEW})
    with database.reading() as session:
        kinds = set(session.scalars(select(SignInAttempt.kind)))
    assert kinds == {"code"}
    assert sign_in(browser(site, "203.0.113.8"), password=NEW) == "/account"


def test_staff_who_ask_for_a_link_read_what_works(site: Flask, moderator: int, database: Database) -> None:
    browser(site).post("/account/sign-in", data={"email": EMAIL, "link": "1"})
    (mail,) = mails(database)
    assert "with a passkey" in str(mail.body) and "/account/forgotten" in str(mail.body)


def _made(
    database: Database, account: int, name: str, now: datetime, minutes: int, own: bool = False
) -> bool:
    """Ask for a link as the page does. Whether one was made."""
    with database.transaction() as session:
        may, works_min = link_time(session, account, "reset", minutes=minutes, now=now, is_own_browser=own)
        if may:
            store_link(session, NewLink(account, "reset", name), minutes=works_min, now=now)
    return may


def test_after_very_many_there_is_one_mail_in_an_hour(either_database: Database) -> None:
    account, began = make_account(either_database), now_utc()

    def asked(minutes: int, *, own: bool = False) -> bool:
        now = began + timedelta(minutes=minutes)
        return _made(either_database, account, f"{minutes} {own}", now, 15, own)

    every_five = [asked(turn * 6) for turn in range(MANY_A_DAY)]
    assert every_five == [True] * MANY_A_DAY
    last = (MANY_A_DAY - 1) * 6
    assert [asked(last + later) for later in (6, 30, 59)] == [False, False, False]
    assert asked(last + 59, own=True), "her own browser is sent one"
    assert not asked(last + 61) and asked(last + 120)
    assert asked(last + 2 * 24 * 60)


@pytest.mark.parametrize("works_min", [2, 15, 90])
def test_whatever_a_stranger_asks_for_her_last_mail_works_until_the_next_is_sent(
    either_database: Database, works_min: int
) -> None:
    account, began = make_account(either_database), now_utc()
    for minute in range(0, 26 * 60, 5):
        _made(either_database, account, str(minute), began + timedelta(minutes=minute), works_min)
        # What the stranger has caused lies in her mailbox; she asks a moment before they ask again.
        for later in (1, 4):
            now = began + timedelta(minutes=minute + later)
            with either_database.transaction() as session:
                works = session.scalar(select(func.count()).where(SignInLink.ends_at > now))
                may, _works_min = link_time(session, account, "reset", minutes=works_min, now=now)
            assert works or may, f"after {minute + later} minutes she gets no mail, and none works"


def test_a_link_that_has_ended_holds_up_no_other(either_database: Database) -> None:
    account, now = make_account(either_database), now_utc()
    assert _made(either_database, account, "first", now, 2)
    assert not _made(either_database, account, "second", now + timedelta(minutes=1), 2)
    assert _made(either_database, account, "third", now + timedelta(minutes=3), 2)


@pytest.mark.parametrize("kind", ["password", "link", "reset"])
def test_nothing_that_others_of_her_network_do_keeps_an_owner_from_asking_for_a_mail(
    site: Flask, owner: int, database: Database, kind: str
) -> None:
    """In a browser that nobody knows: of a refuge or a council, where hundreds share one address."""
    data = {"password": {"password": "guess"}, "link": {"link": "1"}, "reset": {}}[kind]
    there = "/account/forgotten" if kind == "reset" else "/account/sign-in"
    others = browser(site)
    for turn in range(LIMITS["password"].place + 3):
        others.post(there, data={"email": f"other{turn}@example.org", **data})
    for _turn in range(LIMITS["password"].pair + 10):
        others.post(there, data={"email": EMAIL, **data})
    hers = browser(site)
    assert hers.post("/account/sign-in", data={"email": EMAIL, "link": "1"}).status_code == 303
    assert hers.post("/account/forgotten", data={"email": EMAIL}).status_code == 303
    subjects = {mail.subject: mail for mail in mails(database)}
    assert set(subjects) == {"Your link to sign in", "A new password"}
    assert hers.post(link_in(subjects["Your link to sign in"])).headers["Location"] == "/account"
