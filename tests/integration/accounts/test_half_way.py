"""What was given before a new password, or before a second step was added, opens nothing after it."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from directory.db import Database
from tests.integration.accounts.conftest import EMAIL, NEW, PASSWORD, browser, link_in, mails, sign_in
from tests.integration.accounts.test_second_factor import _code, _set_up


def _half_way_elsewhere(site: Flask) -> tuple[FlaskClient, str, FlaskClient]:
    hers = browser(site)
    sign_in(hers)
    secret, _codes = _set_up(site, hers)
    stranger = browser(site, "198.51.100.7")
    assert sign_in(stranger) == "/account/second-factor"
    return hers, secret, stranger


def test_a_half_done_sign_in_ends_with_a_forgotten_password(
    site: Flask, moderator: int, database: Database
) -> None:
    hers, secret, stranger = _half_way_elsewhere(site)
    hers.post("/account/forgotten", data={"email": EMAIL})
    hers.post(link_in(mails(database)[-1]), data={"password": NEW})
    done = stranger.post("/account/second-factor", data={"way": "code", "code": _code(site, secret, 1)})
    assert done.headers["Location"] == "/account/sign-in"
    assert stranger.get("/account").status_code == 303
    assert sign_in(stranger, password=NEW) == "/account/second-factor"


def test_a_half_done_sign_in_ends_with_a_changed_password(site: Flask, moderator: int) -> None:
    hers, secret, stranger = _half_way_elsewhere(site)
    changed = hers.post("/account/password", data={"current": PASSWORD, "password": NEW})
    assert changed.status_code == 303
    done = stranger.post("/account/second-factor", data={"way": "code", "code": _code(site, secret, 1)})
    assert done.headers["Location"] == "/account/sign-in"


def test_adding_a_second_step_signs_every_other_browser_out(site: Flask, owner: int) -> None:
    stranger, hers = browser(site, "198.51.100.7"), browser(site)
    assert sign_in(stranger) == sign_in(hers) == "/account"
    _set_up(site, hers)
    assert stranger.get("/account").status_code == 303
    assert hers.get("/account").status_code == 200
