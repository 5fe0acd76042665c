"""A manager on a phone without JavaScript edits, checks and sends; every page is usable by everyone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect

from directory.app import create_app
from directory.config import Settings
from directory.web.my_listings.edit_pages import EDIT_PAGES
from tests.browser.conftest import serve
from tests.builders import make_database
from tests.integration.my_listings.people import Place, make_place


@dataclass
class Served:
    """The site, and what is in it."""

    address: str
    place: Place


@pytest.fixture(scope="module")
def served(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("mine")
    address = f"sqlite:///{folder}/mine.sqlite"
    make_database(address).dispose()
    app = create_app(replace(settings, database_url=address, database_read_url=address, rate_limits=False))
    place = make_place(app, groups="G4;G3?", support_types="G4.6;G3.1?")
    place.give_standing()
    for url in serve(app, folder / "site.log"):
        yield Served(url, place)


def signed_in_context(browser: Browser, served: Served, **options: object) -> BrowserContext:
    """A browser that holds the manager's session."""
    context = browser.new_context(**options)  # type: ignore[arg-type]  # options of Playwright's own
    cookie = served.place.owner.get_cookie("session")
    assert cookie is not None
    context.add_cookies([{"name": "session", "value": cookie.value, "url": served.address}])
    context.set_default_timeout(10_000)
    return context


def test_edit_check_and_send_on_a_phone_without_javascript(browser: Browser, served: Served) -> None:
    context = signed_in_context(
        browser, served, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{served.address}/my-listings")
    page.get_by_role("link", name="Edit (Example Service A)").click()
    page.get_by_role("link", name="How to reach it").click()
    page.get_by_role("button", name="Add another way").click()
    way = page.get_by_role("group", name="Way 2")
    way.get_by_label("Kind").select_option("email")
    way.get_by_label("Number, address or page").fill("hello@example.org")
    page.get_by_role("group", name="Way 1").get_by_label("Hours").fill("nine to five")
    page.get_by_role("button", name="Save and see all pages").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_role("group", name="Way 1").get_by_label("Hours").fill("Mo-Fr 10:00-16:00")
    page.get_by_role("button", name="Save and see all pages").click()
    page.get_by_role("link", name="Waiting and places").click()
    page.get_by_label("How many weeks people wait").fill("6")
    # The Enter key saves, and adds no row.
    page.get_by_label("How many weeks people wait").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Languages and access")
    page.get_by_role("link", name="All pages of this listing").click()
    page.get_by_role("button", name="Check and send").click()
    expect(page.get_by_role("heading", name="Published at once")).to_be_visible()
    expect(page.get_by_role("heading", name="Waits for a second person")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("The small facts are published.")
    page.get_by_label("Everything is still right (Example Service A)").check()
    page.get_by_role("button", name="Everything is still right in those I ticked").click()
    expect(page.get_by_role("alert")).to_contain_text("1 listing is confirmed.")
    context.close()
    assert served.place.cells()["waiting_weeks"] == "6"


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(browser: Browser, served: Served, width: int) -> None:
    context = signed_in_context(browser, served, viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    number, organisation = served.place.service_id, served.place.organisation_id
    draft = served.place.owner.post(f"/my-listings/{organisation}/new").location
    served.place.owner.post(
        f"/my-listings/{number}/edit/before", data={"safe_contact": "No message is left."}
    )
    own = f"/my-listings/{number}"
    paths = ["/my-listings", f"{own}/edit", f"{own}/check", f"{own}/waiting", f"{own}/closed", f"{own}/cells"]
    paths += [f"{own}/history", f"/my-listings/{organisation}/new", draft, f"{draft}/evidence"]
    paths += [f"{own}/edit/{each.slug}" for each in EDIT_PAGES]
    found = {}
    for path in paths:
        answer = page.goto(served.address + path)
        assert answer is not None and answer.status == 200, path
        violations = Axe().run(page).response["violations"]
        if violations:
            found[path] = [(each["id"], each["nodes"][0]["html"][:200]) for each in violations]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            found[path, "sideways"] = width
    context.close()
    assert found == {}
