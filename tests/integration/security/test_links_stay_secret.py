"""A page whose address is a secret from a mail tells that address to nobody: no referrer, no copy, no line in a log."""

from __future__ import annotations

import logging
from types import SimpleNamespace

import pytest
from flask import Flask

from directory.security.own_site import BY_SECRET_LINK
from directory.security.quiet_log import KNOWN_PATHS
from tests.integration.security.roles import World, rules, world

__all__ = ["world"]

# What is not behind a link from a mail, though its address holds a token.
OF_STATIC = frozenset({"static"})


def secret_rules(app: Flask, method: str) -> dict[str, object]:
    return {rule.endpoint: rule for rule in rules(app, method) if "token" in rule.arguments}


def test_every_endpoint_with_a_token_is_among_them(world: World) -> None:
    found = set(secret_rules(world.app, "GET")) | set(secret_rules(world.app, "POST"))
    assert found - OF_STATIC == BY_SECRET_LINK


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_it_sends_no_referrer_and_is_not_kept(world: World, method: str) -> None:
    answered = 0
    for rule in rules(world.app, method):
        if "token" not in rule.arguments:
            continue
        for token in (None, "none-of-ours"):
            world.anew()
            address = world.address(rule) if token is None else world.address(rule, token=token)
            answer = world.browser("visitor").open(address, method=method)
            assert answer.status_code in {200, 303, 400, 410}, (address, answer.status_code)
            assert answer.headers["Referrer-Policy"] == "no-referrer", address
            assert answer.headers["Cache-Control"] == "no-store", address
            answered += 1
    assert answered >= 8


def test_other_pages_still_tell_our_own_where_they_came_from(world: World) -> None:
    assert world.browser("visitor").get("/").headers["Referrer-Policy"] == "same-origin"


def test_the_token_is_in_no_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    token = world.records["token"]
    with caplog.at_level(logging.DEBUG):
        for rule in rules(world.app, "GET"):
            if "token" in rule.arguments:
                address = world.address(rule)
                world.browser("visitor").get(address)
                assert KNOWN_PATHS.fullmatch(address) is None, address
    assert token not in caplog.text


def test_the_token_is_in_no_log_when_a_page_breaks(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> SimpleNamespace:
        raise RuntimeError("broken")

    token = world.records["token"]
    monkeypatch.setattr("directory.web.confirm_link.open_link", broken)
    with caplog.at_level(logging.DEBUG):
        assert world.browser("visitor").get(f"/confirm/{token}").status_code == 500
    assert "Could not answer GET confirm_link.show" in caplog.text and token not in caplog.text


def test_an_older_browser_sends_the_form_of_such_a_page(world: World) -> None:
    """It says 'Origin: null', since the page sends no referrer."""
    token = world.records["token"]
    world.anew()
    client = world.app.test_client()
    client.environ_base["HTTP_ORIGIN"] = "null"
    assert client.post(f"/account/new-address/{token}").status_code == 303
    assert client.get(f"/account/link/{token}").status_code == 410
    world.anew()
    client = world.app.test_client()
    client.environ_base["HTTP_ORIGIN"] = "null"
    assert client.get(f"/account/link/{token}").status_code == 200
    assert client.post(f"/account/link/{token}").status_code == 303


@pytest.mark.parametrize("origin", ["null", "https://elsewhere.example"])
def test_another_site_cannot_sign_an_older_browser_in_by_a_link_of_its_own(world: World, origin: str) -> None:
    world.anew()
    client = world.app.test_client()
    client.environ_base["HTTP_ORIGIN"] = origin
    # It never opened the link; a form of another site comes without our cookie.
    assert client.post(f"/account/link/{world.records['token']}").status_code == 403
    assert client.post("/account/sign-in", data={"email": "a@example.org"}).status_code == 403
