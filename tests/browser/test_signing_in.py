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
    _plug_in_a_key(visitor)
    _sign_in(visitor, address, EMAIL)
    expect(visitor.get_by_text("Your role needs a second step")).to_be_visible()
    _add_passkey(visitor)
    _sign_in(visitor, address, EMAIL)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("One more step")
    visitor.get_by_role("button", name="Use a passkey").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("My account")


def test_a_passkey_alone_signs_in_and_leads_on_to_the_page_that_was_asked_for(
    visitor: Page, address: str, accounts: Flask
) -> None:
    alone = "alone@example.org"
    person(accounts, alone, roles=["moderator"])
    _plug_in_a_key(visitor)
    _sign_in(visitor, address, alone)
    _add_passkey(visitor)
    visitor.goto(f"{address}/moderation")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Sign in")
    visitor.get_by_role("button", name="Sign in with a passkey").click()
    expect(visitor).to_have_url(f"{address}/moderation")
    assert visitor.get_by_role("heading", level=1).text_content() != "One more step"


def test_a_key_that_nobody_added_is_told_what_else_works(visitor: Page, address: str) -> None:
    _plug_in_a_key(visitor)
    visitor.goto(f"{address}/account/sign-in")
    visitor.get_by_role("button", name="Sign in with a passkey").click()
    expect(
        visitor.get_by_text("The passkey did not answer. Try again, or sign in another way.")
    ).to_be_visible()


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_no_passkey_is_offered(visitor: Page, address: str) -> None:
    visitor.goto(f"{address}/account/sign-in")
    expect(visitor.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    expect(visitor.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def _plug_in_a_key(page: Page) -> None:
    """A phone or computer that keeps passkeys, and whose owner unlocks it whenever it asks."""
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _add_passkey(page: Page) -> None:
    """From the page of second steps until signed out again."""
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for it").fill("work laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("navigation", name="Your account").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")


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
