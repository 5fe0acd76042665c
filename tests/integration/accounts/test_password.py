"""Signing in with a password: what it opens, and what a wrong one tells."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.db import Database
from directory.errors import RuleBroken
from directory.models.account import Account
from directory.models.sign_in import SignIn
from directory.security.sign_in_passwords import password_hash
from tests.integration.accounts.conftest import (
    EMAIL,
    NEW,
    PASSWORD,
    browser,
    link_in,
    mails,
    person,
    sign_in,
    without_nonce,
)


def test_the_right_password_opens_the_account_and_signing_out_closes_it(site: Flask, owner: int) -> None:
    hers = browser(site)
    assert hers.get("/account").headers["Location"] == "/account/sign-in?next=/account"
    assert sign_in(hers, " Service.Manager@EXAMPLE.org ") == "/account"
    page = hers.get("/account")
    assert page.status_code == 200 and "My listings" in page.text and EMAIL in page.text
    assert "Moderation" not in page.text
    assert hers.post("/account/sign-out").headers["Location"] == "/account/sign-out"
    assert hers.get("/account").status_code == 303
    assert "You are signed out" in hers.get("/account/sign-out").text


def test_a_wrong_password_is_answered_as_an_unknown_address_is(site: Flask, owner: int) -> None:
    answers = [
        browser(site).post("/account/sign-in", data={"email": email, "password": "not the password"})
        for email in (EMAIL, "nobody.is.there@example.org")
    ]
    known, unknown = (
        without_nonce(answer.text).replace(email, "…")
        for answer, email in zip(answers, (EMAIL, "nobody.is.there@example.org"), strict=True)
    )
    assert known == unknown and [answer.status_code for answer in answers] == [400, 400]
    assert [answer.headers.getlist("Set-Cookie") for answer in answers] == [[], []]
    assert "not the password" not in answers[0].text and EMAIL in answers[0].text


def test_the_cookie_of_before_signing_in_opens_nothing_after(site: Flask, owner: int) -> None:
    hers, planted = browser(site), browser(site)
    sign_in(hers)
    first = hers.get_cookie("session")
    assert first is not None
    sign_in(hers)
    second = hers.get_cookie("session")
    assert second is not None and second.value != first.value
    planted.set_cookie("session", first.value)
    assert planted.get("/account").status_code == 303
    assert hers.get("/account").status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_ends_with_the_browser(site: Flask, owner: int) -> None:
    answer = browser(site).post("/account/sign-in", data={"email": EMAIL, "password": PASSWORD})
    cookies = answer.headers.getlist("Set-Cookie")
    session = next(each for each in cookies if each.startswith("session="))
    assert "HttpOnly" in session and "SameSite=Lax" in session
    assert "Expires" not in session and "Max-Age" not in session
    assert len(cookies) == 2 and EMAIL not in "".join(cookies)


def test_leaving_the_site_ends_the_sign_in(site: Flask, owner: int, database: Database) -> None:
    hers = browser(site)
    sign_in(hers)
    kept = hers.get_cookie("session")
    assert kept is not None
    assert hers.get("/exit").status_code == 303
    with database.reading() as session:
        assert session.query(SignIn).one().ended_at is not None
    hers.set_cookie("session", kept.value)
    assert hers.get("/account").status_code == 303


def test_a_new_password_signs_out_every_other_browser_and_is_told_by_mail(
    site: Flask, owner: int, database: Database
) -> None:
    here, there = browser(site), browser(site)
    sign_in(here)
    sign_in(there)
    wrong = here.post("/account/password", data={"current": "guessed it all", "password": NEW})
    assert wrong.status_code == 400 and "That is not your password" in wrong.text
    done = here.post("/account/password", data={"current": PASSWORD, "password": NEW})
    assert done.status_code == 303
    assert here.get("/account").status_code == 200 and there.get("/account").status_code == 303
    assert sign_in(there) == "" and sign_in(there, password=NEW) == "/account"
    told = mails(database)
    assert [mail.subject for mail in told] == ["Your account was changed"] and NEW not in str(told[0].body)


def test_a_forgotten_password_is_chosen_anew_once_and_every_sign_in_ends(
    site: Flask, owner: int, database: Database
) -> None:
    hers, other = browser(site), browser(site)
    sign_in(other)
    for email in (EMAIL, "nobody@example.org"):
        answer = hers.post("/account/forgotten", data={"email": email})
        assert answer.headers["Location"] == "/account/check-mail"
    assert len(mails(database)) == 1
    address = link_in(mails(database)[0])
    assert hers.get(address).status_code == 200
    weak = hers.post(address, data={"password": "password1234"})
    assert weak.status_code == 400 and "tried first" in weak.text
    assert hers.post(address, data={"password": NEW}).status_code == 303
    assert other.get("/account").status_code == 303
    assert hers.post(address, data={"password": PASSWORD}).status_code == 410
    assert sign_in(hers, password=NEW) == "/account"


def test_an_account_that_has_ended_is_signed_out_at_once(site: Flask, owner: int, database: Database) -> None:
    hers = browser(site)
    sign_in(hers)
    with database.transaction() as session:
        session.get_one(Account, owner).active = False
    assert hers.get("/account").status_code == 303
    assert sign_in(hers) == ""


@pytest.mark.parametrize(
    "weak",
    ["short", "password1234", "Password!2345", "qwertyuiop[]", "aaaaaaaaaaaaaa", "abcabcabcabc", "987654321098",
     "service.manager99", "My Support Directory", "12345678901234"],
)  # fmt: skip
def test_a_password_that_others_would_guess_is_refused(site: Flask, weak: str) -> None:
    with site.app_context(), pytest.raises(RuleBroken) as refused:
        password_hash(weak, EMAIL)
    assert refused.value.field == "password"


def test_a_sentence_is_taken_and_kept_as_argon2(site: Flask) -> None:
    with site.app_context():
        assert password_hash("seven blue paper boats", EMAIL).startswith("$argon2id$")


@pytest.mark.parametrize(
    "hostile",
    ["//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example/", "javascript:alert(1)",
     "/\t/evil.example", "///evil.example", "/nothing-here", "/exit", "/account/sign-out", "account", " /account",
     "/account\r\nX: y", "/static/built/app.css", "http:evil.example", "/%5cevil.example/"],
)  # fmt: skip
def test_signing_in_leads_to_no_other_site(site: Flask, owner: int, hostile: str) -> None:
    assert sign_in(browser(site), next=hostile) == "/account"


def test_signing_in_leads_on_to_the_page_that_was_asked_for(site: Flask, owner: int) -> None:
    assert sign_in(browser(site), next="/account/sessions") == "/account/sessions"


def test_no_password_is_ever_logged(site: Flask, owner: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    sign_in(browser(site))
    sign_in(browser(site), password="a wrong one, though long")
    assert PASSWORD not in caplog.text and "a wrong one" not in caplog.text and EMAIL not in caplog.text


def test_a_visitor_gets_no_bar_and_no_cookie_and_one_link(client: FlaskClient) -> None:
    page = client.get("/")
    assert page.text.count("/account/sign-in") == 1 and "Your account" not in page.text
    assert "Set-Cookie" not in page.headers


def test_nothing_of_the_library_can_be_reached(site: Flask) -> None:
    person(site)
    assert not [rule.rule for rule in site.url_map.iter_rules() if "security." in rule.endpoint]
    client = browser(site)
    headers = {"Authorization": "Basic c2VydmljZS5tYW5hZ2VyQGV4YW1wbGUub3JnOnNldmVuIGJsdWUgcGFwZXIgYm9hdHM="}
    for path in ("/login", "/logout", "/register", "/verify", "/tf-setup", "/wan-register", "/us-signin"):
        assert client.get(path, headers=headers).status_code == 404
    assert client.get("/account", headers=headers).status_code == 303
    assert client.get("/account?auth_token=x", headers={"Authentication-Token": "x"}).status_code == 303


@pytest.mark.parametrize("typed", ["info@straße.de", " INFO@STRAßE.de ", "info@xn--strae-oqa.de"])
def test_an_address_is_the_same_however_its_domain_is_written(site: Flask, typed: str) -> None:
    person(site, "info@straße.de")
    assert sign_in(browser(site), typed) == "/account"
    assert sign_in(browser(site), "info@strasse.de") == ""
