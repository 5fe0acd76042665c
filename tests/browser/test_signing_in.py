"""Signing in with a real browser: a passkey, and pages that shut nobody out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from directory.app import create_app
from directory.config import Settings
from tests.accounts import make_organisation
from tests.browser.conftest import serve
from tests.builders import make_database
from tests.integration.accounts.conftest import EMAIL, PASSWORD, person

OWNER = "owner@example.org"


@pytest.fixture(scope="module")
def accounts(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A site with a moderator and an owner, and no listings."""
    url = f"sqlite:///{tmp_path_factory.mktemp('accounts')}/directory.sqlite"
    make_database(url).dispose()
    app = create_app(replace(settings, database_url=url, database_read_url=url))
    person(app, roles=["moderator"])
    person(app, OWNER, owner_of=[make_organisation(app.extensions["database"])])
    return app


@pytest.fixture(scope="module")
def address(accounts: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address by a name: passkeys are made for names, not for numbers."""
    for found in serve(accounts, Path(tmp_path_factory.mktemp("log")) / "site.log"):
        yield found.replace("127.0.0.1", "localhost")


def _sign_in(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/account/sign-in")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_moderator_sets_up_a_passkey_and_signs_in_with_it(visitor: Page, address: str) -> None:
    keys = visitor.context.new_cdp_session(visitor)
    keys.send("WebAuthn.enable")
    keys.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    _sign_in(visitor, address, EMAIL)
    expect(visitor.get_by_text("Your role needs a second step")).to_be_visible()
    visitor.get_by_role("link", name="Add a passkey").click()
    visitor.get_by_label("A name for it").fill("work laptop")
    visitor.get_by_role("button", name="Add a passkey").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    visitor.get_by_role("link", name="I have kept them").click()
    visitor.get_by_role("navigation", name="Your account").get_by_role("button", name="Sign out").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("You are signed out")
    _sign_in(visitor, address, EMAIL)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("One more step")
    visitor.get_by_role("button", name="Use a passkey").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("My account")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_an_account(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]  # one of the two words it takes
        bypass_csp=True,
    )
    page, found = context.new_page(), {}

    def look(path: str) -> None:
        page.goto(address + path)
        violations = Axe().run(page).response["violations"]
        wide = page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
        )
        if violations or wide:
            found[path] = [wide, *((each["id"], each["nodes"][0]["html"][:200]) for each in violations)]

    for path in ("sign-in", "check-mail", "forgotten", "link/x", "sign-out"):
        look(f"/account/{path}")
    _sign_in(page, address, OWNER)
    for path in ("", "/security", "/security/authenticator", "/security/passkey", "/sessions", "/password"):
        look(f"/account{path}")
    context.close()
    assert found == {}
