"""The matrix in a real browser: axe, every width, light and dark, forced colours, paper, and no script at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PATHS = (
    "/matrix",
    "/matrix/rules",
    "/matrix/E06000031",
    "/matrix/E06000031?open=children,at-risk,families",
    "/matrix/E10000028",
    "/matrix/E06000031/G2.7",
    "/matrix/E10000028/G2.7",
    "/matrix/E06000031/calls",
    "/matrix/E06000031/views",
    "/matrix/E06000031/views/waiting",
    "/matrix/E06000031/views/adapted",
    "/matrix/W06000015/views/statutory",
)
GRID = "/matrix/E06000031"
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
WIDE_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
)
OPEN_ALL = "for (const each of document.querySelectorAll('details')) each.open = true"


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, site: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    visitor = context.new_page()
    found = {}
    for path in PATHS:
        visitor.goto(site + path)
        visitor.evaluate(OPEN_ALL)
        violations = Axe().run(visitor).response["violations"]
        nodes = [(each["id"], each["nodes"][0]["html"][:200]) for each in violations]
        visitor.add_style_tag(content=WIDE_SPACING)
        if visitor.evaluate(SIDEWAYS):
            nodes.append(("scrolls sideways", str(width)))
        if nodes:
            found[path] = nodes
    context.close()
    assert found == {}


def test_what_can_be_pressed_is_large_enough_for_a_thumb(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, bypass_csp=True)
    visitor = context.new_page()
    found = {}
    for path in PATHS:
        visitor.goto(site + path)
        outcome = Axe().run(
            visitor, options={"runOnly": ["target-size"], "rules": {"target-size": {"enabled": True}}}
        )
        nodes = [node["html"][:160] for each in outcome.response["violations"] for node in each["nodes"]]
        if nodes:
            found[path] = nodes
    context.close()
    assert found == {}


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    """A narrow phone that runs no script."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    visitor = context.new_page()
    visitor.goto(site + GRID)
    yield visitor
    context.close()


def shown_groups(visitor: Page) -> list[str]:
    groups = visitor.locator(".matrix-group").all()
    return [str(group.get_attribute("id")) for group in groups if group.is_visible()]


def shown_columns(visitor: Page) -> set[str]:
    squares = visitor.locator(".overview td[data-shown]").all()
    return {str(square.get_attribute("data-shown")) for square in squares if square.is_visible()}


def test_a_phone_without_script_shows_one_group_at_a_time_and_opens_its_squares(phone: Page) -> None:
    assert (shown_groups(phone), shown_columns(phone)) == (["group-children"], {"children"})
    phone.get_by_role("link", name="Families of people who have harmed", exact=True).click()
    assert (shown_groups(phone), shown_columns(phone)) == (["group-families"], {"families"})
    square = phone.locator(".overview td[data-shown=families] summary").first
    square.click()
    phone.locator(".overview td[data-shown=families] details[open] a").first.click()
    assert "/matrix/E06000031/G" in phone.url


def test_heads_stay_in_sight_on_a_desk_and_cover_no_link_that_has_focus(visitor: Page, site: str) -> None:
    visitor.goto(site + GRID)
    visitor.locator("#group-adult-survivors").evaluate("it => it.scrollIntoView()")
    visitor.mouse.wheel(0, 500)
    visitor.wait_for_timeout(200)
    head = visitor.locator("#group-adult-survivors thead th").first.bounding_box()
    assert head is not None and 50 <= head["y"] <= 60
    for link in visitor.locator("#group-adult-survivors tbody a").all()[:6]:
        link.focus()
        box = link.bounding_box()
        head = visitor.locator("#group-adult-survivors thead th").first.bounding_box()
        assert box is not None and head is not None
        assert box["y"] >= head["y"] + head["height"] - 1


def test_each_state_differs_by_mark_words_and_line_and_not_by_colour_alone(visitor: Page, site: str) -> None:
    visitor.goto(site + "/matrix/rules")
    states = visitor.locator(".state").all()
    marks = [state.locator(".state__mark").inner_text() for state in states]
    labels = [state.locator(".state__words").inner_text() for state in states]
    assert marks == ["●", "◐", "○", "?"]
    assert labels == ["Available", "Partly available", "Not available", "Not known"]
    style = "it => { const s = getComputedStyle(it); return [s.borderStyle, s.borderWidth, s.backgroundImage].join() }"
    assert len({state.evaluate(style) for state in states}) == 4


@pytest.mark.parametrize(("scheme", "media"), [("light", "screen"), ("dark", "screen"), ("light", "print")])
@pytest.mark.parametrize("path", ["/matrix/rules", "/gaps/E06000031", "/matrix/E06000031/compare"])
def test_the_mark_of_a_state_is_seen_on_its_chip(
    browser: Browser,
    site: str,
    path: str,
    scheme: Literal["light", "dark"],
    media: Literal["print", "screen"],
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 800})
    visitor = context.new_page()
    visitor.emulate_media(media=media)
    visitor.goto(site + path)
    assert {chip.locator(".state__mark").inner_text() for chip in visitor.locator(".state").all()} == set(
        "●◐○?"
    )
    seen = """chips => chips.map(chip => {
      const mark = getComputedStyle(chip.querySelector('.state__mark'))
      const words = getComputedStyle(chip.querySelector('.state__words'))
      return [mark.color === words.color, mark.color !== getComputedStyle(chip).backgroundColor]
    })"""
    found = visitor.locator(".state").evaluate_all(seen)
    context.close()
    assert found and all(same and apart for same, apart in found)


def test_states_keep_their_edges_in_forced_colours(browser: Browser, site: str) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 800})
    visitor = context.new_page()
    visitor.goto(site + "/matrix/rules")
    edges = [
        state.evaluate("it => getComputedStyle(it).borderStyle") for state in visitor.locator(".state").all()
    ]
    context.close()
    assert len(set(edges)) == 4 and "none" not in edges


@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_the_grid_prints_on_its_side_on_a_few_sheets(browser: Browser, site: str, paper: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    visitor = context.new_page()
    visitor.goto(site + GRID)
    printed = visitor.pdf(format=paper, prefer_css_page_size=True)
    sheets = {
        (float(width), float(height))
        for width, height in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    }
    assert len(sheets) == 1 and all(width > height for width, height in sheets)
    assert printed.count(b"/MediaBox") <= {"A4": 14, "A3": 8}[paper]
    visitor.emulate_media(media="print")
    visitor.set_viewport_size({"width": round(max(sheets)[0] * 96 / 72) - 76, "height": 700})
    assert not visitor.evaluate(SIDEWAYS)
    assert all(group.is_visible() for group in visitor.locator(".matrix-group").all())
    assert not visitor.get_by_role("button", name="Exit this page").is_visible()
    context.close()
