"""A link in a mail: once, for a short time, by one tap; and for nobody who must give more."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from directory.actions.sign_in.links import TWO_TAPS
from directory.db import Database
from directory.models.account import Account
from directory.models.sign_in import SignInLink
from directory.reference.hours import now_utc
from tests.integration.accounts.conftest import EMAIL, browser, link_in, mails, person, sign_in


def _asked(site: Flask, email: str = EMAIL, **more: str) -> None:
    answer = browser(site).post("/account/sign-in", data={"email": email, "link": "1", **more})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/check-mail")


def test_a_link_signs_in_once_whoever_opened_it_before(site: Flask, owner: int, database: Database) -> None:
    _asked(site, next="/account/sessions")
    mail = mails(database)[0]
    assert mail.to_address == EMAIL and mail.subject == "Your link to sign in"
    address, scanner, hers = link_in(mail), browser(site, "198.51.100.7"), browser(site)
    for _time in range(3):
        assert scanner.get(address).status_code == 200
        assert scanner.head(address).status_code == 200
    assert scanner.get_cookie("session") is None
    assert hers.post(address).headers["Location"] == "/account/sessions"
    assert hers.get("/account").status_code == 200
    again = browser(site)
    assert again.post(address, follow_redirects=True).status_code == 410
    assert again.get(address).status_code == 410
    assert again.get("/account").status_code == 303


def test_a_link_ends_after_fifteen_minutes(site: Flask, owner: int, database: Database) -> None:
    _asked(site)
    address = link_in(mails(database)[0])
    with database.transaction() as session:
        left = session.query(SignInLink).one().ends_at - now_utc()
        assert timedelta(minutes=14) < left <= timedelta(minutes=15)
        session.execute(update(SignInLink).values(ends_at=now_utc()))
    assert browser(site).get(address).status_code == 410
    assert browser(site).post(address).status_code == 410


def test_a_stranger_who_asks_again_and_again_neither_fills_the_mailbox_nor_spoils_the_link(
    site: Flask, owner: int, database: Database
) -> None:
    for _time in range(4):
        _asked(site)
    assert len(mails(database)) == 1
    assert browser(site).post(link_in(mails(database)[0])).headers["Location"] == "/account"


def test_an_unknown_address_gets_the_same_answer_and_no_mail(site: Flask, database: Database) -> None:
    _asked(site, "nobody@example.org")
    assert mails(database) == []


def test_staff_are_told_to_use_their_password(site: Flask, moderator: int, database: Database) -> None:
    _asked(site)
    _asked(site)
    assert [mail.subject for mail in mails(database)] == ["Signing in"]
    assert "/account/link/" not in str(mails(database)[0].body)


def test_what_looks_like_a_link_is_none(site: Flask, owner: int, database: Database) -> None:
    _asked(site)
    path = link_in(mails(database)[0])
    for other in ("x", path[:-1], path.rpartition("/")[2][::-1]):
        assert browser(site).post(f"/account/link/{other.rpartition('/')[2]}").status_code == 410
    # A link to sign in is none to choose a new password by.
    assert browser(site).get(path.replace("/link/", "/forgotten/")).status_code == 410


def test_a_second_tap_leads_to_where_the_first_led(site: Flask, owner: int, database: Database) -> None:
    _asked(site, next="/account/sessions")
    address, hers = link_in(mails(database)[0]), browser(site)
    assert 'data-prevent-double-click="true"' in hers.get(address).text
    assert hers.post(address).status_code == 303
    again = hers.post(address)
    assert (again.status_code, again.headers["Location"]) == (303, address)
    assert hers.get(address).headers["Location"] == "/account/sessions"
    person(site, "stranger@example.org")
    other = browser(site)
    sign_in(other, "stranger@example.org")
    assert other.get(address).status_code == 410
    with database.transaction() as session:
        session.execute(update(SignInLink).values(used_at=now_utc() - TWO_TAPS))
    assert hers.post(address).status_code == 410 and hers.get(address).status_code == 410


def test_a_second_tap_of_somebody_with_a_second_step_leads_to_that_step(
    site: Flask, owner: int, database: Database
) -> None:
    with database.transaction() as session:
        session.get_one(Account, owner).tf_totp_secret = "a secret"
    _asked(site)
    address, hers = link_in(mails(database)[0]), browser(site)
    assert hers.post(address).headers["Location"] == "/account/second-factor"
    assert hers.post(address).headers["Location"] == address
    assert hers.get(address).headers["Location"] == "/account/second-factor"
