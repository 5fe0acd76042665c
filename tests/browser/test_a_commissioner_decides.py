"""A commissioner decides about a gap and tells of money without JavaScript; axe finds nothing on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from directory.app import create_app
from directory.config import Settings
from directory.migrations.upgrade import upgrade
from directory.reference.hours import today_in_london
from tests.accounts import cookie_of, make_account, make_organisation
from tests.browser.conftest import serve
from tests.builders import make_listing

HERE = "E06000031"
GAP = f"{HERE}-G2.3-none"
ORGANISATIONS = ("Example Organisation", "Another Example Organisation with a long name")


@pytest.fixture(scope="module")
def small(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One gap by word of the partnership, and a service of each of two organisations."""
    address = f"sqlite:///{tmp_path_factory.mktemp('decides')}/site.sqlite"
    app = create_app(replace(settings, database_url=address, database_read_url=address, rate_limits=False))
    upgrade(app.extensions["database"])
    for name in ORGANISATIONS:
        make_listing(app.extensions["database"], organisation=name, modes="in-person")
    day = str(today_in_london() - timedelta(days=3))
    told = ("--exists", "none", "--for", "partnership", "--by", "partnership manager", "--on", day)
    result = app.test_cli_runner().invoke(args=["matrix", "state", HERE, "G2.3", *told])
    assert result.exit_code == 0, result.output
    return app


@pytest.fixture(scope="module")
def address(small: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(small, tmp_path_factory.mktemp("log") / "site.log")


def context_of(browser: Browser, small: Flask, address: str, account: int, **how: object) -> BrowserContext:
    context = browser.new_context(**how)
    context.add_cookies([cookie_of(small, account, address)])  # type: ignore[list-item]  # a cookie as a dict
    return context


def type_day(page: Page, name: str, days: int) -> None:
    day = today_in_london() + timedelta(days=days)
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"#{name}-{part}").fill(str(value))


def test_from_a_gap_to_a_decision_and_from_an_area_to_its_money(
    browser: Browser, small: Flask, address: str
) -> None:
    account = make_account(
        small.extensions["database"], title="commissioning manager", roles=["commissioner"], areas=[HERE]
    )
    context = context_of(browser, small, address, account, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/gaps/{HERE}/{GAP}")
    page.get_by_role("link", name="Say what is decided").click()
    page.get_by_role("radio", name="Planned").check()
    page.get_by_role("button", name="Check your answers").click()
    expect(page.get_by_role("alert")).to_contain_text("needs a reason")
    page.get_by_label("Why:").fill("Two workers from April.")
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Change the answers").click()
    expect(page.get_by_label("Why:")).to_have_value("Two workers from April.")
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("cell", name="Two workers from April.")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Anyone can now see: Planned")
    page.get_by_role("link", name="Change what was decided").click()
    page.get_by_role("radio", name="Open again").check()
    page.goto(f"{address}/statements/{HERE}")
    page.get_by_role("button", name="Say something of these").first.click()
    expect(page.get_by_role("alert")).to_contain_text("Tick at least one kind of support")
    page.get_by_role("link", name="When the money of its services ends").click()
    page.get_by_role("link", name="Tell it").first.click()
    type_day(page, "ends_on", 60)
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="Change it").click()
    page.get_by_role("link", name="Take back what was told").click()
    page.get_by_label("Why is it taken back?").fill("It was of another service.")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("link", name="Change it")).to_have_count(0)
    context.close()


def test_axe_finds_nothing_where_there_are_two_organisations_on_a_small_screen(
    browser: Browser, small: Flask, address: str
) -> None:
    database = small.extensions["database"]
    both = [make_organisation(database, name) for name in ORGANISATIONS]
    account = make_account(database, roles=["commissioner"], areas=[HERE], owner_of=both)
    context = context_of(
        browser, small, address, account,
        viewport={"width": 320, "height": 800}, color_scheme="dark", bypass_csp=True,
    )  # fmt: skip
    page = context.new_page()
    found = {}
    for path in (
        f"/statements/{HERE}?recorded=G2.3&again=G2.1",
        f"/statements/{HERE}/G2.3?done=taken-back",
        f"/statements/{HERE}/gaps/{GAP}",
        f"/statements/{HERE}/funding?done=told",
        f"/statements/{HERE}/funding/1",
        f"/statements/{HERE}/funding/1/take-back",
        f"/gaps/{HERE}/{GAP}",
        "/my-listings",
        "/account",
    ):
        answer = page.goto(address + path)
        assert answer is not None and answer.status == 200, path
        if violations := Axe().run(page).response["violations"]:
            found[path] = [(each["id"], each["nodes"][0]["html"][:200]) for each in violations]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            found[path, "sideways"] = 320
    context.close()
    assert found == {}
