"""Four people at the doors: a wife with no place, a man at night, a Deaf adult in Wrexham, a school's lead.

Each at three widths, with and without scripts; each again with the keyboard alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from directory.reference.doors import doors
from tests.browser.conftest import WIDTHS

NEUTRAL = "https://www.bbc.co.uk/**"
TABS_MAX = 150
# What is on the page and not behind a fold: ways to reach somebody without a voice.
QUIET_WAYS = ", ".join(f"main a[href^='{start}']:visible" for start in ("https:", "mailto:", "sms:"))
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"

each_width = pytest.mark.parametrize("width", WIDTHS)
each_way = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def person(browser: Browser, width: int, scripts: bool) -> Iterator[Page]:
    """Somebody with a screen of that width."""
    context = browser.new_context(
        viewport={"width": width, "height": 700}, java_script_enabled=scripts, ignore_https_errors=True
    )
    yield _page(context)
    context.close()


@pytest.fixture
def keys(browser: Browser) -> Iterator[Page]:
    """Somebody who uses the keyboard alone, on a small screen."""
    context = browser.new_context(viewport={"width": 360, "height": 700}, ignore_https_errors=True)
    yield _page(context)
    context.close()


def _page(context: BrowserContext) -> Page:
    context.set_default_timeout(10_000)
    context.route(NEUTRAL, _weather)
    return context.new_page()


def _weather(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<title>Weather</title><h1>Weather</h1>")


def tap(page: Page, words: str) -> None:
    page.get_by_role("link", name=words, exact=True).click()


def find(page: Page) -> None:
    page.get_by_role("button", name="Find support", exact=True).click()


def tab_to(page: Page, words: str) -> None:
    """Presses Tab until what has focus says these words."""
    for _press in range(TABS_MAX):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "document.activeElement.labels?.[0]?.innerText || document.activeElement.innerText"
        )
        if said and said.strip().startswith(words):
            return
    raise AssertionError(f"The keyboard does not reach {words!r}.")


@each_width
@each_way
def test_the_wife_with_no_place_finds_help_and_a_line_for_tonight(
    person: Page, site: str, width: int, scripts: bool
) -> None:
    person.goto(site + "/")
    tap(person, "Police have contacted or arrested someone in my family")
    expect(person.get_by_role("heading", level=1)).to_contain_text("Police have contacted")
    expect(person.locator(".help-now__note")).to_contain_text("suicide")
    expect(person.locator(".help-now").get_by_role("link", name="116 123")).to_be_visible()
    assert "police" not in person.url and "police" not in person.title().lower()
    find(person)
    expect(person.get_by_role("heading", level=1)).to_contain_text("families of people who have harmed")
    expect(person.locator("article").first).to_be_visible()
    expect(person.locator(".help-now").get_by_role("link", name="116 123").first).to_be_visible()
    assert "families" not in person.url
    if scripts:
        assert person.evaluate(FITS)


def test_the_wife_needs_the_keyboard_alone(keys: Page, site: str) -> None:
    keys.goto(site + "/")
    tab_to(keys, "Police have contacted")
    keys.keyboard.press("Enter")
    expect(keys.get_by_role("heading", name="What you can do now")).to_be_visible()
    tab_to(keys, "Find support")
    keys.keyboard.press("Enter")
    expect(keys.get_by_role("heading", level=1)).to_contain_text("families of people who have harmed")


@each_width
@each_way
def test_the_man_at_night_leaves_and_nothing_of_his_visit_is_left(
    person: Page, secure_site: str, width: int, scripts: bool
) -> None:
    person.goto(secure_site + "/")
    tap(person, "I am worried about my own sexual thoughts or behaviour")
    expect(person.locator(".help-now__name").first).to_have_text("Stop It Now helpline")
    must_tell = person.locator(".help-now__line").first.locator("p").first
    expect(must_tell).to_contain_text("Before you get in touch:")
    find(person)
    visited = person.url
    person.locator(".govuk-exit-this-page__button").click()
    expect(person.get_by_role("heading", name="Weather")).to_be_visible()
    assert person.context.cookies() == []
    assert person.context.storage_state() == {"cookies": [], "origins": []}
    # Without a network only what the device has kept could be shown.
    person.context.set_offline(True)
    for address in (visited, secure_site + "/start/e", secure_site + "/"):
        with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
            person.goto(address)


def test_no_cache_of_the_sites_own_is_left_when_the_man_leaves(keys: Page, secure_site: str) -> None:
    keys.goto(secure_site + "/start/e")
    keys.evaluate("sessionStorage.setItem('left', 'behind'); localStorage.setItem('left', 'behind')")
    tab_to(keys, "Exit this page")
    keys.keyboard.press("Enter")
    expect(keys.get_by_role("heading", name="Weather")).to_be_visible()
    keys.goto(secure_site + "/safety")
    assert keys.evaluate("[localStorage.length, sessionStorage.length, document.cookie.length]") == [0, 0, 0]
    assert keys.evaluate("caches.keys()") == []


@each_width
@each_way
def test_the_deaf_adult_in_wrexham_never_meets_a_page_where_a_voice_is_the_only_way(
    person: Page, site: str, width: int, scripts: bool
) -> None:
    addresses = []
    person.goto(site + "/")
    addresses.append(person.url)
    tap(person, "I am Deaf or I cannot speak")
    addresses.append(person.url)
    person.get_by_label("Where", exact=True).fill("Wrexham")
    find(person)
    expect(person.get_by_role("heading", level=1)).to_contain_text("near Wrexham")
    expect(person.locator(".help-now__name").first).to_have_text("999 BSL")
    expect(person.locator(".front-doors")).to_contain_text("help@nspcc.org.uk")
    addresses.append(person.url)
    for service in person.locator("article h3 a").evaluate_all("them => them.slice(0, 4).map(it => it.href)"):
        addresses.append(service)
    addresses += [f"{site}/start/{code}" for code in doors()] + [f"{site}/nothing-here", f"{site}/safety"]
    without = []
    for address in addresses:
        person.goto(address)
        if person.locator(QUIET_WAYS).count() == 0:
            without.append(address)
    assert without == []


def test_the_deaf_adult_needs_the_keyboard_alone(keys: Page, site: str) -> None:
    keys.goto(site + "/start/j")
    tab_to(keys, "Where")
    keys.keyboard.type("Wrexham")
    keys.keyboard.press("Escape")
    keys.keyboard.press("Enter")
    expect(keys.get_by_role("heading", level=1)).to_contain_text("near Wrexham")


@each_width
@each_way
def test_the_schools_lead_finds_advice_for_herself(
    person: Page, site: str, width: int, scripts: bool
) -> None:
    person.goto(site + "/")
    tap(person, "I work with families")
    expect(person.get_by_role("heading", name="Advice for you")).to_be_visible()
    expect(person.get_by_role("link", name="Report Abuse in Education helpline")).to_be_visible()
    expect(person.get_by_text("designated safeguarding lead (England)")).to_be_visible()
    expect(person.get_by_role("link", name="Safety Planning in Education")).to_be_visible()
    person.get_by_label("Where", exact=True).fill("PE1 1QL")
    find(person)
    expect(person.locator(".chosen-filters")).to_contain_text("Gives advice to professionals")
    expect(person.locator(".front-doors")).to_contain_text("01733 864180")
    if scripts:
        assert person.evaluate(FITS)


def test_the_schools_lead_needs_the_keyboard_alone(keys: Page, site: str) -> None:
    keys.goto(site + "/")
    tab_to(keys, "I work with families")
    keys.keyboard.press("Enter")
    expect(keys.get_by_role("heading", name="Advice for you")).to_be_visible()
    tab_to(keys, "Report Abuse in Education helpline")
    keys.keyboard.press("Enter")
    expect(keys.get_by_role("heading", level=1)).to_have_text("Report Abuse in Education helpline")


@each_width
def test_axe_finds_nothing_behind_any_door_and_nothing_scrolls_sideways(
    browser: Browser, site: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    visitor = context.new_page()
    found = {}
    for path in ("/", *(f"/start/{code}" for code in doors())):
        visitor.goto(site + path)
        visitor.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        violations = Axe().run(visitor).response["violations"]
        if violations or not visitor.evaluate(FITS):
            found[path] = [(each["id"], each["nodes"][0]["html"][:200]) for each in violations]
    context.close()
    assert found == {}


def test_axe_finds_nothing_where_words_were_read(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, bypass_csp=True)
    visitor = context.new_page()
    visitor.goto(site + "/")
    visitor.get_by_label("In your own words").fill("counselling for my son")
    find(visitor)
    expect(visitor.locator(".read-as")).to_contain_text("One-to-one therapy")
    assert Axe().run(visitor).response["violations"] == []
    assert visitor.evaluate(FITS)
    context.close()
