"""Nobody keeps somebody else out for good, and nobody fills a mailbox."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from directory.actions.sign_in.attempts import LIMITS
from directory.actions.sign_in.links import MANY_A_DAY, NewLink, make_link
from directory.db import Database
from directory.models.sign_in import SignInAttempt
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
    assert kinds == {"link", "code"}
    assert sign_in(browser(site, "203.0.113.8"), password=NEW) == "/account"


def test_staff_who_ask_for_a_link_read_what_works(site: Flask, moderator: int, database: Database) -> None:
    browser(site).post("/account/sign-in", data={"email": EMAIL, "link": "1"})
    (mail,) = mails(database)
    assert "with a passkey" in str(mail.body) and "/account/forgotten" in str(mail.body)


def test_after_very_many_there_is_one_mail_in_an_hour(either_database: Database) -> None:
    account, began = make_account(either_database), now_utc()

    def asked(minutes: int, *, own: bool = False) -> bool:
        now = began + timedelta(minutes=minutes)
        with either_database.transaction() as session:
            new = NewLink(account, "reset", f"{minutes} {own}")
            return make_link(session, new, minutes=15, now=now, is_own_browser=own)

    every_five = [asked(turn * 6) for turn in range(MANY_A_DAY)]
    assert every_five == [True] * MANY_A_DAY
    last = (MANY_A_DAY - 1) * 6
    assert [asked(last + later) for later in (6, 30, 59)] == [False, False, False]
    assert asked(last + 59, own=True), "her own browser is sent one"
    assert not asked(last + 61) and asked(last + 120)
    assert asked(last + 2 * 24 * 60)


def test_a_link_that_has_ended_holds_up_no_other(either_database: Database) -> None:
    account, now = make_account(either_database), now_utc()
    with either_database.transaction() as session:
        assert make_link(session, NewLink(account, "sign in", "first"), minutes=2, now=now)
        later = now + timedelta(minutes=1)
        assert not make_link(session, NewLink(account, "sign in", "second"), minutes=2, now=later)
        later = now + timedelta(minutes=3)
        assert make_link(session, NewLink(account, "sign in", "third"), minutes=2, now=later)
