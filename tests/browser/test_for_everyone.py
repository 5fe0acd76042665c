"""Nobody is shut out: axe finds nothing, the keyboard suffices, pages reflow and survive forced colours."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from tests.integration.finder.pages import ask, listed_in, page

PATHS = (
    "/",
    "/find/results",
    "/map",
    "/safety",
    "/privacy",
    "/accessibility",
    "/about/data",
    "/matrix/E06000031/access",
    "/matrix/W92000004/access",
    "/nothing-here",
)
WIDE_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""


@pytest.fixture
def paths(client: FlaskClient) -> list[str]:
    """Every kind of page, with a real search and a real service among them."""
    near = ask(client, "PE1 1QL", ["parents"])
    service = listed_in(page(client, near), "anywhere")[0]
    return [*PATHS, near, f"/services/{service}", "/organisations/1"]


def reads(visitor: Page, address: str) -> None:
    visitor.goto(address)
    visitor.wait_for_load_state("networkidle")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(
    browser: Browser, site: str, paths: list[str], width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    visitor = context.new_page()
    found = {}
    for path in paths:
        reads(visitor, site + path)
        visitor.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        violations = Axe().run(visitor).response["violations"]
        if violations:
            found[path] = [(each["id"], each["nodes"][0]["html"][:200]) for each in violations]
    context.close()
    assert found == {}


@pytest.mark.parametrize("width", [320, 360])
def test_no_page_scrolls_sideways_even_with_wide_spacing(
    browser: Browser, site: str, paths: list[str], width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 640}, bypass_csp=True)
    visitor = context.new_page()
    wide = []
    for path in paths:
        reads(visitor, site + path)
        for spacing in (False, True):
            if spacing:
                visitor.add_style_tag(content=WIDE_SPACING)
            if visitor.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
            ):
                wide.append((path, spacing))
    context.close()
    assert wide == []


def test_everything_to_press_is_at_least_24_pixels_tall_and_wide_or_stands_in_a_sentence(
    browser: Browser, site: str, paths: list[str]
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, bypass_csp=True)
    visitor = context.new_page()
    found = {}
    for path in paths:
        reads(visitor, site + path)
        # axe's own rule for WCAG 2.5.8, which knows the exceptions for spacing and for links in sentences.
        outcome = Axe().run(
            visitor, options={"runOnly": ["target-size"], "rules": {"target-size": {"enabled": True}}}
        )
        if outcome.response["violations"]:
            found[path] = [
                node["html"][:160] for each in outcome.response["violations"] for node in each["nodes"]
            ]
    context.close()
    assert found == {}


def test_the_keyboard_alone_finds_a_service(visitor: Page, site: str) -> None:
    reads(visitor, site + "/")
    visitor.keyboard.press("Tab")
    expect(visitor.get_by_role("link", name="Skip to main content")).to_be_focused()
    for _press in range(60):
        visitor.keyboard.press("Tab")
        if visitor.evaluate("document.activeElement.name") == "place":
            break
    visitor.keyboard.type("PE1 1QL")
    visitor.keyboard.press("Escape")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("near Peterborough")


def test_focus_is_never_hidden_under_something_sticky(browser: Browser, site: str, paths: list[str]) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    visitor = context.new_page()
    hidden = []
    for path in paths[:1] + paths[-3:]:
        reads(visitor, site + path)
        for _press in range(40):
            visitor.keyboard.press("Tab")
            covered = visitor.evaluate(
                """() => {
                  const it = document.activeElement;
                  if (!it || it === document.body || it.tagName === 'IFRAME') return '';
                  const box = it.getBoundingClientRect();
                  if (box.width < 2 || box.height < 2) return '';
                  const middle = [box.left + box.width / 2, box.top + box.height / 2];
                  const points = [[box.left + 3, box.top + 3], middle, [box.right - 3, box.bottom - 3]];
                  const seen = points.some(([x, y]) => {
                    const top = document.elementFromPoint(x, y);
                    const labels = it.labels ? [...it.labels] : [];
                    return top && (it.contains(top) || top.contains(it) || labels.some(each => each.contains(top)));
                  });
                  return seen ? '' : it.outerHTML.slice(0, 120);
                }"""
            )
            if covered:
                hidden.append((path, covered))
    context.close()
    assert hidden == []


def test_forced_colours_keep_the_edges_of_what_can_be_pressed(browser: Browser, site: str) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 800})
    visitor = context.new_page()
    reads(visitor, site + "/")
    button = visitor.get_by_role("button", name="Find support")
    expect(button).to_be_visible()
    assert button.evaluate("it => getComputedStyle(it).borderStyle") != "none"
    context.close()


def test_the_count_of_results_is_announced(visitor: Page, site: str) -> None:
    reads(visitor, site + "/find/results")
    expect(visitor.locator("[role=status][data-announce]")).to_contain_text("service")
