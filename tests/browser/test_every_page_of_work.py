"""Every page behind a door, and every page that a link in a mail opens, can be used by everyone.

The pages are those of the URL map: a new one is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from directory.reference.hours import today_in_london
from directory.security.who_may import WHO_MAY
from tests.browser.conftest import serve
from tests.builders import import_rows, make_row
from tests.integration.security.records import HERE
from tests.integration.security.roles import World, rules, strongest, world
from tests.integration.security.test_forms_are_fuzzed import pages_of

__all__ = ["world"]

# Open to anybody, and made for those who work here or hold a link from a mail.
ALSO = ("account.", "confirm_link.", "correct.", "invitation.", "manage.", "new_mailbox.")
FILES = ("csv", "xlsx")
# Pages that lead on at once: to another page, which is looked at itself.
LEADS_ON = frozenset({"account.second_factor"})
# What a page asks about is said in its address.
ASKED = {"statements.state": "?type=G4.6"}
MANY = 30
"""Listings: more than are sent at once."""


@pytest.fixture(scope="module")
def address(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small site with one of everything, served."""
    yield from serve(world.app, Path(tmp_path_factory.mktemp("work")) / "site.log")


def pages(world: World) -> Iterator[tuple[str, str]]:
    """(role, path) of every page of work; the role is one that may see it."""
    for rule in rules(world.app, "GET"):
        who = WHO_MAY[rule.endpoint]
        is_page = not rule.endpoint.endswith(FILES) and rule.endpoint not in LEADS_ON
        if is_page and (who != "anyone" or rule.endpoint.startswith(ALSO)):
            for path in pages_of(world, rule):
                yield strongest(rule), path + ASKED.get(rule.endpoint, "")


def browser_of(browser: Browser, world: World, address: str, role: str, width: int) -> BrowserContext:
    """A browser of somebody of that role; the narrow one is dark."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if width < 1000 else "light",
        bypass_csp=True,
    )
    if role in world.cookies:
        context.add_cookies([{"name": "session", "value": world.cookies[role], "url": address}])
    context.set_default_timeout(20_000)
    return context


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_each_page_has_one_heading_and_none_scrolls_sideways(
    browser: Browser, world: World, address: str, width: int
) -> None:
    found: dict[str, object] = {}
    of_role: dict[str, Page] = {}
    for role, path in pages(world):
        if role not in of_role:
            of_role[role] = browser_of(browser, world, address, role, width).new_page()
        page = of_role[role]
        answer = page.goto(address + path)
        assert answer is not None
        if answer.status != 200:
            found[path] = (role, answer.status)
            continue
        if violations := _violations(page):
            found[path] = violations
        if page.locator("h1").count() != 1:
            found[f"{path} h1"] = page.locator("h1").all_text_contents()
    for page in of_role.values():
        page.context.close()
    assert found == {}, found


# Pages that only a form leads to.
@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_that_ask_once_more_are_for_everyone_too(
    browser: Browser, world: World, address: str, width: int
) -> None:
    page = browser_of(browser, world, address, "moderator", width).new_page()
    page.goto(f"{address}/moderation/hold/1")
    page.get_by_label("It may be wrong").check()
    page.get_by_role("button", name="Take down The whole listing").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Take down the whole listing?")
    assert _violations(page) == []
    page.goto(f"{address}/moderation/services/1/merge")
    page.get_by_label("Number of the listing that stays").fill("2")
    page.get_by_label("Why, for everybody to read").fill("The same service, listed twice.")
    page.get_by_role("button", name="Look at both").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check before you merge")
    assert _violations(page) == []
    page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_what_a_commissioner_checks_before_it_is_recorded_is_for_everyone_too(
    browser: Browser, world: World, address: str, width: int
) -> None:
    page = browser_of(browser, world, address, "commissioner", width).new_page()

    def check() -> None:
        page.get_by_role("button", name="Check your answers").click()

    def is_for_everyone(heading: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert _violations(page) == []

    statements = f"{address}/statements/{HERE}"
    page.goto(f"{statements}/state?type=G4.7")
    heading = page.locator("h1").inner_text()
    check()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    is_for_everyone(heading)
    page.locator("[name=exists]").first.check()
    page.locator("[name=body]").first.check()
    check()
    is_for_everyone("Check your answers")
    page.goto(f"{statements}/gaps/{HERE}-G4.7-not-known")
    page.get_by_role("radio", name="Planned").check()
    heading = page.locator("h1").inner_text()
    check()
    expect(page.get_by_role("alert")).to_contain_text("needs a reason")
    is_for_everyone(heading)
    page.get_by_label("Why:").fill("Two workers from April.")
    check()
    is_for_everyone("Check your answers")
    page.goto(f"{statements}/funding/1")
    heading = page.locator("h1").inner_text()
    check()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    is_for_everyone(heading)
    ends = today_in_london() + timedelta(days=60)
    for part, value in (("day", ends.day), ("month", ends.month), ("year", ends.year)):
        page.locator(f"#ends_on-{part}").fill(str(value))
    check()
    is_for_everyone("Check your answers")
    page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_what_an_owner_is_told_of_a_reply_and_of_a_file_is_for_everyone_too(
    browser: Browser, world: World, address: str, width: int, tmp_path: Path
) -> None:
    # So many are sent some at a time, while the page tells how far it is.
    rows = [make_row(id=number, name=f"Example Service {number}") for number in range(101, 101 + MANY)]
    import_rows(world.app.extensions["database"], tmp_path / "rows.csv", *rows)
    page = browser_of(browser, world, address, "owner", width).new_page()
    page.goto(f"{address}/my-listings/1/said/1")
    page.get_by_role("button", name="Show this reply").click()
    expect(page.get_by_role("alert")).to_contain_text("Write your reply.")
    assert _violations(page) == []
    page.get_by_label("Your reply").fill(f"We run two evenings a week. {width}")
    page.get_by_role("button", name="Show this reply").click()
    expect(page.get_by_role("region", name="Done")).to_contain_text("Anyone can now read")
    assert _violations(page) == []
    for count in (1, MANY):
        written = "".join(f"{row['id']},Free for children {width},\r\n" for row in rows[:count])
        content = f"id,cost_note,waiting_weeks\r\n{written}1,,many\r\n".encode()
        page.goto(f"{address}/my-listings/upload")
        page.get_by_role("button", name="See what would change").click()
        expect(page.get_by_role("alert")).to_contain_text("Choose the file")
        assert _violations(page) == []
        page.get_by_label("The file you have edited").set_input_files(
            {"name": "edited.csv", "mimeType": "text/csv", "buffer": content}
        )
        page.get_by_role("button", name="See what would change").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("What the file would change")
        expect(page.get_by_role("heading", name="1 problem")).to_be_visible()
        assert _violations(page) == []
        page.get_by_role("button", name="Send all changes to moderation").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Changes sent")
        assert _violations(page) == []
    expect(page.get_by_role("list", name="How far it is")).to_contain_text("listings are sent.")
    page.context.close()


def _violations(page: Page) -> list[tuple[str, str]]:
    """What axe finds, and whether the page is wider than the screen."""
    found = [(each["id"], each["nodes"][0]["html"][:200]) for each in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
        found.append(("scrolls sideways", page.url))
    return found
