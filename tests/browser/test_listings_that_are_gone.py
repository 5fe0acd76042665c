"""Somebody with an old address: where it leads, what it says, and that nobody is shut out there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from directory.actions.actor import THE_SITE
from directory.actions.merge_listings import merge_listings
from directory.app import create_app
from directory.config import Settings
from directory.migrations.upgrade import upgrade
from directory.reference.hours import now_utc
from tests.browser.conftest import serve
from tests.builders import make_listing


@dataclass(frozen=True)
class Gone:
    """A site's address, and the numbers of its listings."""

    site: str
    moved: int
    closed: int
    closed_for_now: int


@pytest.fixture(scope="module")
def gone(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gone]:
    """A site of its own with a listing that moved, one that closed, and one that is closed for now."""
    folder: Path = tmp_path_factory.mktemp("gone")
    url = f"sqlite:///{folder}/gone.sqlite"
    app = create_app(replace(settings, database_url=url, database_read_url=url, rate_limits=False))
    held = app.extensions["database"]
    upgrade(held)
    moved, new = make_listing(held), make_listing(held, name="Example Service B")
    closed = make_listing(held, name="Example Service C", status="defunct")
    closed_for_now = make_listing(held, name="Example Service D", status="temporarily closed")
    with held.transaction() as session:
        merge_listings(
            session,
            moved,
            new,
            because="Both are one now.",
            by=THE_SITE,
            today=date(2026, 11, 26),
            now=now_utc(),
        )
    held.dispose()
    for site in serve(app, folder / "site.log"):
        yield Gone(site, moved, closed, closed_for_now)


@pytest.mark.parametrize("width", [320, 1280])
def test_an_old_address_still_helps_and_shuts_nobody_out(browser: Browser, gone: Gone, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    visitor = context.new_page()
    for number, words in (
        (gone.moved, "moved here in November 2026. Both are one now."),
        (gone.closed, "This service has closed."),
        (gone.closed_for_now, "This service is closed for now."),
    ):
        visitor.goto(f"{gone.site}/services/{number}")
        expect(visitor.get_by_role("main")).to_contain_text(words)
        assert Axe().run(visitor).response["violations"] == [], words
        assert visitor.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    visitor.goto(f"{gone.site}/services/{gone.closed}")
    expect(visitor.get_by_role("heading", name="Who helps now")).to_be_visible()
    visitor.get_by_role("link", name="Example Service B", exact=True).first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Example Service B")
    context.close()
