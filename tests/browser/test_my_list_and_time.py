"""My list on a shared phone: it warns before it goes, stays with one tap, and is gone after leaving."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.family_visit import add_family, add_shown, choose_first

WARNING = "Your list will be emptied in about"


@pytest.fixture
def holder(visitor: Page, site: str) -> Page:
    """A visitor with one service on the list, whose clock stands still until it is moved."""
    visitor.clock.install()
    visitor.goto(site + "/services/1")
    add_shown(visitor)
    expect(visitor.get_by_text("On your list.")).to_be_visible()
    visitor.wait_for_load_state("networkidle")
    return visitor


def test_ten_minutes_before_the_end_the_page_says_so_once_and_moves_no_focus(holder: Page) -> None:
    status = holder.locator("[data-list-status]")
    expect(status).to_be_empty()
    focus = "document.activeElement.tagName"
    before = holder.evaluate(focus)
    holder.clock.run_for(20 * 60 * 1000 + 20_000)
    expect(status).to_contain_text(WARNING)
    expect(status).to_have_attribute("role", "status")
    assert holder.evaluate(focus) == before


@pytest.mark.parametrize("width", [320, 1280])
def test_the_warning_is_in_sight_wherever_the_page_was_scrolled_to(holder: Page, width: int) -> None:
    holder.set_viewport_size({"width": width, "height": 640})
    holder.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)")
    holder.clock.run_for(28 * 60 * 1000 + 45_000)
    expect(holder.locator("[data-list-status]")).to_have_text("Your list will be emptied in about a minute.")
    expect(holder.get_by_role("button", name="Keep my list")).to_be_in_viewport()
    expect(holder.locator(".govuk-exit-this-page__button")).to_be_in_viewport()


def test_one_tap_keeps_the_list_without_leaving_the_page(holder: Page) -> None:
    holder.clock.run_for(26 * 60 * 1000)
    address = holder.url
    holder.get_by_role("button", name="Keep my list").click()
    expect(holder.locator("[data-list-status]")).to_have_text("Your list stays for another 30 minutes.")
    expect(holder.get_by_role("button", name="Keep my list")).to_be_hidden()
    assert holder.url == address


def test_at_the_end_a_page_of_the_list_shows_it_no_longer(visitor: Page, site: str) -> None:
    visitor.clock.install()
    visitor.goto(site + "/services/1")
    add_shown(visitor)
    visitor.goto(site + "/my-list/working-sheet")
    visitor.wait_for_load_state("networkidle")
    # As the server would have it by then.
    visitor.context.clear_cookies()
    visitor.clock.run_for(31 * 60 * 1000)
    expect(visitor.get_by_text("Your list is empty.")).to_be_visible()
    assert visitor.url == site + "/my-list"


def test_without_scripts_the_list_is_added_to_kept_and_emptied(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/services/1")
    add_shown(page)
    page.get_by_role("link", name="My list (1 service)").click()
    page.get_by_role("button", name="Empty my list now").click()
    expect(page.get_by_text("Your list is empty.")).to_be_visible()
    assert context.cookies() == []
    context.close()


def test_leaving_takes_the_list_along(visitor: Page, site: str) -> None:
    def weather(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<h1>Weather</h1>")

    visitor.context.route("https://www.bbc.co.uk/**", weather)
    visitor.goto(site + "/services/1")
    add_shown(visitor)
    visitor.locator(".govuk-exit-this-page__button").click()
    expect(visitor.get_by_role("heading", name="Weather")).to_be_visible()
    visitor.goto(site + "/my-list")
    expect(visitor.get_by_text("Your list is empty.")).to_be_visible()


def test_every_button_of_a_family_works_over_tls(visitor: Page, secure_site: str) -> None:
    add_family(visitor, secure_site)
    choose_first(visitor, 1)
    (cookie,) = visitor.context.cookies()
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Lax")
    assert cookie["expires"] == -1
    visitor.goto(secure_site + "/my-list")
    visitor.get_by_role("button", name="Take off").first.click()
    expect(visitor.get_by_text("0 services of 30 at most.")).to_be_visible()


def test_the_address_to_share_can_be_copied_with_one_press(visitor: Page, site: str) -> None:
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.goto(site + "/list/1-22")
    visitor.get_by_role("button", name="Copy the address").click()
    expect(visitor.get_by_text("Copied.")).to_be_visible()
    assert visitor.evaluate("navigator.clipboard.readText()") == site + "/list/1-22"


def test_no_page_of_a_list_asks_another_site_or_breaks_its_security_policy(visitor: Page, site: str) -> None:
    wrong: list[str] = []
    visitor.on(
        "request",
        lambda request: wrong.append(request.url) if not request.url.startswith((site, "data:")) else None,
    )
    visitor.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    visitor.on("pageerror", lambda error: wrong.append(str(error)))
    add_family(visitor, site)
    choose_first(visitor, 2)
    for path in ("/my-list", "/my-list/sheet/2", "/my-list/working-sheet", "/list/1", "/compare/1-22"):
        visitor.goto(site + path)
        visitor.wait_for_load_state("networkidle")
    assert wrong == []


def test_what_stands_in_the_history_is_neutral_and_each_page_has_its_own(visitor: Page, site: str) -> None:
    add_family(visitor, site)
    titles = [visitor.title()]
    choose_first(visitor, 3)
    for path in (
        "/family",
        "/my-list",
        "/my-list/sheet/3",
        "/my-list/working-sheet",
        "/list/1",
        "/compare/1",
    ):
        visitor.goto(site + path)
        titles.append(visitor.title())
    assert len(set(titles)) == len(titles)
    telling = ("abuse", "sexual", "harm", "brother", "child", "family", "rape")
    assert [title for title in titles if any(word in title.lower() for word in telling)] == []


def test_nothing_of_a_family_is_in_the_servers_log(visitor: Page, site: str, site_log: Path) -> None:
    add_family(visitor, site)
    choose_first(visitor, 3)
    visitor.goto(site + "/my-list/sheet/3")
    visitor.goto(site + "/list/22-234")
    written = site_log.read_text(errors="replace")
    assert "/my-list/add" in written and "/family" in written
    for told in ("PE1", "brother", "G5", "/sheet", "22-234", "E06000031", "at="):
        assert told not in written
