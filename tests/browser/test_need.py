"""The page of need for everyone: axe, narrow screens, the night, and pictures that can be read."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PATHS = (
    "/matrix/E06000031/need",
    "/matrix/E10000028/need?uptake=none&years=0",
    "/matrix/W06000015/need",
    "/matrix/K04000001/need",
)
SMALLEST_TEXT_PX = 11


def reads(visitor: Page, address: str) -> None:
    """The page with everything unfolded."""
    visitor.goto(address)
    visitor.wait_for_load_state("networkidle")
    visitor.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, site: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    visitor = context.new_page()
    found = {}
    for path in PATHS:
        reads(visitor, site + path)
        violations = Axe().run(visitor).response["violations"]
        if violations:
            found[path] = [(each["id"], each["nodes"][0]["html"][:200]) for each in violations]
    context.close()
    assert found == {}


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_scrolls_sideways(browser: Browser, site: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 640})
    visitor = context.new_page()
    wide = []
    for path in PATHS:
        reads(visitor, site + path)
        if visitor.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
        ):
            wide.append(path)
    context.close()
    assert wide == []


def test_the_words_of_the_pictures_are_inside_and_large_enough(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    visitor = context.new_page()
    found = []
    for path in ("/matrix/E06000058/need", "/matrix/W06000015/need", "/matrix/E06000017/need"):
        reads(visitor, site + path)
        found += texts_of_pictures(visitor)
    context.close()
    assert len(found) > 30
    assert [each for each in found if not each["inside"] or each["size"] < SMALLEST_TEXT_PX] == []


def texts_of_pictures(visitor: Page) -> list[dict[str, object]]:
    """Each line of words in a picture: its size on the screen, and whether all of it is inside."""
    found: list[dict[str, object]] = visitor.evaluate(
        """() => [...document.querySelectorAll('svg.picture text')].map(each => {
          const box = each.getBoundingClientRect();
          const frame = each.ownerSVGElement.getBoundingClientRect();
          const scale = frame.width / each.ownerSVGElement.viewBox.baseVal.width;
          return {
            words: each.textContent,
            size: parseFloat(getComputedStyle(each).fontSize) * scale,
            inside: box.left >= frame.left - 1 && box.right <= frame.right + 1,
          };
        })"""
    )
    return found


def test_the_way_past_the_figures_leads_past_them(visitor: Page, site: str) -> None:
    visitor.goto(site + PATHS[0])
    visitor.get_by_role("link", name="Go past the figures").click()
    top = visitor.locator("#after-the-figures").evaluate("it => it.getBoundingClientRect().top")
    assert 0 <= top < 900
    assert visitor.locator(".need-table").evaluate("it => it.getBoundingClientRect().bottom") < 0
