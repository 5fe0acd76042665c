"""Snapshots, changes and comparisons in a browser: for everyone, without scripts, on paper; and the shaded map."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

HERE, WIDE = "E06000031", "E12000006"
MAP = f"/matrix/{HERE}/compare/map?with=region&measure=children"
PAGES_IN_A_PDF = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture(scope="module")
def paths(browser: Browser, site: str) -> list[str]:
    """Every kind of page, of a snapshot that the first of them takes."""
    page = browser.new_page()
    page.goto(f"{site}/matrix/{HERE}/compare")
    address = page.get_by_role("link", name="The address that will always show").get_attribute("href")
    page.close()
    assert address
    number = address.split("/")[2]
    return [
        "/snapshots",
        f"/snapshots/{number}/matrix/{HERE}",
        f"/snapshots/{number}/matrix/{WIDE}",
        f"/snapshots/{number}/gaps/{HERE}",
        f"/snapshots/{number}/need/{HERE}",
        f"/snapshots/{number}/access/{HERE}",
        address,
        f"/matrix/{WIDE}/changes?since={number}",
        f"/matrix/{HERE}/changes",
        f"/matrix/{HERE}/compare?with=neighbours",
        f"/matrix/{WIDE}/compare",
        MAP,
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, site: str, paths: list[str], width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found, wide = {}, []
    for path in paths:
        page.goto(site + path)
        page.wait_for_load_state("networkidle")
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        violations = Axe().run(page).response["violations"]
        if violations:
            found[path] = [(each["id"], each["nodes"][0]["html"][:200]) for each in violations]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            wide.append(path)
    context.close()
    assert found == {}
    assert wide == []


def test_everything_is_there_without_scripts(browser: Browser, site: str, paths: list[str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in paths:
        page.goto(site + path)
        expect(page.locator("h1")).to_be_visible()
        assert "not be drawn" not in page.locator("main").inner_text()
    page.goto(site + MAP)
    assert page.get_by_role("row", name="Peterborough").count() == 1
    expect(page.locator(".map__view")).to_be_hidden()
    page.goto(f"{site}/matrix/{HERE}/compare")
    page.get_by_label("Its region").check()
    page.get_by_role("button", name="Compare").click()
    assert "with=region" in page.url
    page.get_by_label("Figure to show").select_option("adults")
    page.get_by_role("button", name="Show").click()
    assert "measure=adults" in page.url and "with=region" in page.url
    context.close()


def test_the_map_shades_each_authority_by_pattern_and_number_and_asks_nobody_else(
    visitor: Page, site: str
) -> None:
    wrong: list[str] = []
    visitor.on("console", lambda said: wrong.append(said.text) if said.type in {"error", "warning"} else None)
    visitor.on("pageerror", lambda error: wrong.append(str(error)))
    visitor.on("request", lambda asked: None if asked.url.startswith(site) else wrong.append(asked.url))
    visitor.goto(site + MAP)
    visitor.locator("[data-drawn]").wait_for()
    shaded = visitor.locator("path.shade")
    assert shaded.count() == 45
    fills = {shaded.nth(place).get_attribute("fill") for place in range(45)}
    assert fills == {f"url(#shade-{number})" for number in range(1, 5)}
    assert {text.strip() for text in visitor.locator(".shade-number").all_inner_texts()} == {
        "1",
        "2",
        "3",
        "4",
    }
    assert visitor.locator("path.shade--here").count() == 1
    visitor.locator("path.shade--here").click(force=True)
    expect(visitor.locator(".shade-words")).to_contain_text(re.compile(r"Peterborough\s*\d\.\d\d\. Class \d"))
    visitor.get_by_role("button", name="Zoom in").click()
    assert wrong == []


def test_the_comparison_shows_the_map_in_its_frame(visitor: Page, site: str) -> None:
    visitor.goto(f"{site}/matrix/{HERE}/compare")
    visitor.locator("iframe").scroll_into_view_if_needed()
    frame = visitor.frame_locator("iframe")
    frame.locator("[data-drawn]").wait_for()
    assert frame.locator("path.shade").count() == 11
    assert frame.locator(".site-header").count() == 0


@pytest.mark.parametrize(("paper", "sheets"), [("A4", 7), ("A3", 4)])
def test_an_area_prints_on_few_sheets_with_its_address(
    visitor: Page, site: str, paths: list[str], paper: str, sheets: int
) -> None:
    visitor.goto(site + paths[1])
    made = visitor.pdf(format=paper)
    assert len(PAGES_IN_A_PDF.findall(made)) <= sheets
    visitor.emulate_media(media="print")
    expect(visitor.get_by_role("link", name="Take this away as CSV")).to_be_hidden()
    expect(visitor.locator(".fingerprint")).to_be_visible()
