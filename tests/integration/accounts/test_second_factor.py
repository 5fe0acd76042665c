"""The second step: staff cannot do without it, a code works once, a recovery code works once."""

from __future__ import annotations

import re
import time

from flask import Flask
from flask.testing import FlaskClient

from directory.db import Database
from directory.models.account import Account
from directory.security.sign_in_library import library
from tests.integration.accounts.conftest import browser, mails, sign_in


def _code(site: Flask, secret: str, ahead: int = 0) -> str:
    """The code of an authenticator app, now or so many half-minutes on."""
    with site.app_context():
        source = library()._totp_factory._totp.from_source(secret)
        return str(source.generate(int(time.time()) + 30 * ahead).token)


def _set_up(site: Flask, client: FlaskClient) -> tuple[str, list[str]]:
    """Sets up an authenticator in a browser that is signed in. Returns its secret and the recovery codes."""
    page = client.get("/account/security/authenticator")
    assert page.status_code == 200 and "data:image/svg+xml" in page.text
    with client.session_transaction() as cookie:
        secret = cookie["authenticator"]
    wrong = client.post("/account/security/authenticator", data={"code": "000000"})
    assert wrong.status_code == 400 and "not right" in wrong.text
    shown = client.post("/account/security/authenticator", data={"code": _code(site, secret)})
    assert shown.status_code == 200
    codes = re.findall(r"<code>([0-9a-f-]{14})</code>", shown.text)
    assert len(codes) == 8
    return secret, codes


def test_a_moderator_reaches_nothing_before_a_second_step_is_set_up_and_given(
    site: Flask, moderator: int, database: Database
) -> None:
    theirs = browser(site)
    assert sign_in(theirs, next="/account/sessions") == "/account/security"
    assert "Your role needs a second step" in theirs.get("/account/security").text
    secret, codes = _set_up(site, theirs)
    assert all(code not in theirs.get("/account/security").text for code in codes)
    assert mails(database)[-1].subject == "Your account was changed"
    elsewhere = browser(site)
    assert sign_in(elsewhere, next="/account/sessions") == "/account/second-factor"
    assert elsewhere.get("/account").status_code == 303, "half-way is not signed in"
    assert elsewhere.get("/account/second-factor").status_code == 200
    done = elsewhere.post("/account/second-factor", data={"way": "code", "code": _code(site, secret, 1)})
    assert done.headers["Location"] == "/account/sessions"
    assert elsewhere.get("/account/sessions").status_code == 200


def test_a_code_is_not_taken_twice(site: Flask, moderator: int) -> None:
    theirs = browser(site)
    sign_in(theirs)
    secret, _codes = _set_up(site, theirs)
    code = _code(site, secret, 1)
    answers = []
    for _time in range(2):
        again = browser(site)
        sign_in(again)
        answers.append(again.post("/account/second-factor", data={"code": code}).status_code)
    assert answers == [303, 400]


def test_a_recovery_code_is_taken_once_however_it_is_typed(
    site: Flask, moderator: int, database: Database
) -> None:
    theirs = browser(site)
    sign_in(theirs)
    _secret, codes = _set_up(site, theirs)
    with database.reading() as session:
        kept = session.get_one(Account, moderator).mf_recovery_codes or []
    assert len(kept) == 8 and not set(kept) & set(codes), "kept encrypted"
    typed, answers = codes[3].replace("-", " ").upper(), []
    for _time in range(2):
        again = browser(site)
        sign_in(again)
        answers.append(
            again.post("/account/second-factor", data={"way": "recovery", "code": typed}).status_code
        )
    assert answers == [303, 400]


def test_codes_cannot_be_guessed_one_after_the_other(site: Flask, moderator: int) -> None:
    theirs = browser(site)
    sign_in(theirs)
    secret, _codes = _set_up(site, theirs)
    stranger = browser(site, "198.51.100.3")
    sign_in(stranger)
    answers = [
        stranger.post("/account/second-factor", data={"code": f"{number:06}"}).status_code
        for number in range(6)
    ]
    assert answers == [400] * 5 + [429]
    right = stranger.post("/account/second-factor", data={"code": _code(site, secret, 1)})
    assert right.status_code == 429


def test_staff_cannot_take_their_last_second_step_away(site: Flask, moderator: int) -> None:
    theirs = browser(site)
    sign_in(theirs)
    _set_up(site, theirs)
    refused = theirs.post("/account/security/authenticator/remove")
    assert refused.status_code == 400 and "needs a second step" in refused.text


def test_an_owner_may_set_one_up_is_then_asked_for_it_and_may_remove_it(
    site: Flask, owner: int, database: Database
) -> None:
    hers = browser(site)
    assert sign_in(hers) == "/account"
    _set_up(site, hers)
    assert sign_in(browser(site)) == "/account/second-factor"
    assert hers.post("/account/security/authenticator/remove").status_code == 303
    assert sign_in(browser(site)) == "/account"
    with database.reading() as session:
        assert not session.get_one(Account, owner).mf_recovery_codes


def test_a_passkey_that_somebody_made_up_is_answered_by_a_page(site: Flask, moderator: int) -> None:
    theirs = browser(site)
    sign_in(theirs)
    for made_up in ("", "{}", "[]", "null", "x", '{"id": 1, "response": []}', "[" * 5000, "a" * 30_000):
        assert theirs.get("/account/security/passkey").status_code == 200
        answer = theirs.post("/account/security/passkey", data={"name": "key", "credential": made_up})
        assert answer.status_code == 400 and "No passkey was made" in answer.text, made_up[:20]


def test_a_made_up_passkey_signs_nobody_in_and_each_challenge_is_answered_once(
    site: Flask, moderator: int
) -> None:
    stranger = browser(site)
    for made_up in ("", "{}", "[]", "null", "x", '{"id": 1, "response": []}', "[" * 5000, "a" * 30_000):
        answer = stranger.post(
            "/account/sign-in/passkey", data={"credential": made_up, "next": "//evil.example"}
        )
        assert answer.status_code == 400 and "The passkey did not answer" in answer.text, made_up[:20]
        assert "evil.example" not in answer.text
    assert stranger.get("/account").status_code == 303


def test_what_asks_for_a_passkey_names_nobody(site: Flask, moderator: int) -> None:
    options = browser(site).post("/account/sign-in/passkey/options").get_json()
    assert options["userVerification"] == "required" and not options.get("allowCredentials")


def test_nobody_gets_to_the_second_step_without_the_first(site: Flask, moderator: int) -> None:
    stranger = browser(site)
    assert stranger.get("/account/second-factor").headers["Location"] == "/account/sign-in"
    answer = stranger.post("/account/second-factor", data={"code": "123456"})
    assert answer.headers["Location"] == "/account/sign-in"
