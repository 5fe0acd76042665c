"""Somebody frightened, on a shared phone: the way out is always there, and nothing of the visit stays."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

NEUTRAL = "https://www.bbc.co.uk/**"
PAGES = ("/", "/find/results", "/safety", "/privacy", "/accessibility", "/about/data", "/nothing-here")


@pytest.fixture
def leaving(visitor: Page) -> Page:
    """No test asks another site for anything: the neutral page is played here."""
    visitor.context.route(NEUTRAL, _weather)
    return visitor


def _weather(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<title>Weather</title><h1>Weather</h1>")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_way_out(leaving: Page, site: str, path: str) -> None:
    leaving.goto(site + path)
    leaving.locator(".govuk-exit-this-page__button").click()
    expect(leaving.get_by_role("heading", name="Weather")).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
def test_shift_three_times_leaves_too(leaving: Page, site: str, path: str) -> None:
    leaving.goto(site + path)
    leaving.wait_for_load_state("networkidle")
    for _press in range(3):
        leaving.keyboard.press("Shift")
    expect(leaving.get_by_role("heading", name="Weather")).to_be_visible()


def test_shift_three_times_leaves_while_focus_is_in_the_map(leaving: Page, site: str) -> None:
    leaving.goto(site + "/find/results")
    leaving.locator("iframe").scroll_into_view_if_needed()
    frame = leaving.frame_locator("iframe")
    frame.locator("[data-drawn]").wait_for()
    frame.locator(".leaflet-container").focus()
    for _press in range(3):
        leaving.keyboard.press("Shift")
    expect(leaving.get_by_role("heading", name="Weather")).to_be_visible()


def test_the_way_out_works_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.route(NEUTRAL, _weather)
    page = context.new_page()
    page.goto(site + "/find/results")
    page.locator(".govuk-exit-this-page__button").click()
    expect(page.get_by_role("heading", name="Weather")).to_be_visible()
    context.close()


def test_leaving_empties_cookies_and_storage(leaving: Page, secure_site: str) -> None:
    leaving.goto(secure_site + "/")
    leaving.evaluate("localStorage.setItem('left', 'behind'); sessionStorage.setItem('left', 'behind')")
    leaving.context.add_cookies([{"name": "left", "value": "behind", "url": secure_site}])
    leaving.locator(".govuk-exit-this-page__button").click()
    expect(leaving.get_by_role("heading", name="Weather")).to_be_visible()
    assert [cookie for cookie in leaving.context.cookies() if cookie["name"] == "left"] == []
    leaving.goto(secure_site + "/safety")
    assert leaving.evaluate("localStorage.length") == 0


def test_the_exit_stays_within_reach_when_scrolled(leaving: Page, site: str) -> None:
    leaving.set_viewport_size({"width": 360, "height": 640})
    leaving.goto(site + "/find/results")
    leaving.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)")
    expect(leaving.locator(".govuk-exit-this-page__button")).to_be_in_viewport()


def test_titles_are_neutral_and_differ(leaving: Page, site: str) -> None:
    titles = []
    for path in PAGES:
        leaving.goto(site + path)
        titles.append(leaving.title())
    assert len(set(titles)) == len(titles)
    assert [
        title
        for title in titles
        if any(word in title.lower() for word in ("abuse", "sexual", "harm", "rape"))
    ] == []
