"""One family at PE1 1QL, ten minutes and one phone: four headings, four sheets, nobody's need on another's sheet."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import Browser, Page, expect

from directory.search.sheet_rules import says_much
from tests.browser.conftest import WIDTHS
from tests.browser.family_visit import PEOPLE, add_family, add_shown, choose_first

PAGES_IN_A_PDF = re.compile(rb"/Type\s*/Page\b")
PATHS = (
    "/family",
    "/my-list",
    "/my-list/sheet/3",
    "/my-list/working-sheet",
    "/list/1-22-99999",
    "/compare/1-22-105-11",
    "/services/1",
)


def told_by(text: str, name: str) -> str:
    """What a sheet says beside the facts that are a service's own: its name, who runs it, its web address."""
    own = re.compile(r"^(Run by|Website|Online chat|Online form|Email): .*$", re.MULTILINE)
    return own.sub("", text.replace(name, ""))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_family_gets_four_headings_and_four_sheets_and_no_sheet_names_anothers_need(
    browser: Browser, site: str, width: int, scripts: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    page = context.new_page()
    page.set_default_timeout(10_000)
    add_family(page, site)
    for relation, _groups, _age in PEOPLE:
        expect(page.get_by_role("heading", level=2, name=re.compile(f"^{relation}: "))).to_be_visible()
    for told in ("PE1", "mother", "G5", "brother"):
        assert told not in page.url
    answer = page.url
    names = []
    for person in range(1, len(PEOPLE) + 1):
        page.goto(answer)
        names.append(choose_first(page, person))
    page.get_by_role("link", name=re.compile(r"^My list \(4 services\)")).click()
    expect(page.get_by_role("button", name=re.compile("^See and print the sheet"))).to_have_count(4)
    for person, (relation, _groups, _age) in enumerate(PEOPLE, start=1):
        with page.expect_download() as downloading:
            page.get_by_role("button", name=re.compile("^Download the sheet")).nth(person - 1).click()
        download = downloading.value
        assert re.fullmatch(
            rf"information-sheet-{person}-\d{{4}}-\d\d-\d\d\.docx", download.suggested_filename
        )
        file = Document(BytesIO(Path(download.path()).read_bytes()))
        text = "\n".join(paragraph.text for paragraph in file.paragraphs)
        assert names[person - 1] in text
        assert not says_much(told_by(text, names[person - 1])), text
        assert [each for each, _g, _a in PEOPLE if f"the {each.lower()}" in text] == [relation]
    context.close()


def test_the_keyboard_alone_adds_a_person_finds_services_and_opens_a_sheet(visitor: Page, site: str) -> None:
    visitor.goto(site + "/family")
    press_until(visitor, "it.name === 'relation'")
    visitor.keyboard.type("Brother")
    press_until(visitor, "it.name === 'group' && it.value === 'G5'")
    visitor.keyboard.press("Space")
    press_until(visitor, "it.name === 'place'")
    visitor.keyboard.type("PE1 1QL")
    press_until(visitor, "it.value === 'show'")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("near Peterborough")
    press_until(visitor, "it.form?.action.endsWith('/my-list/add')")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_text("On your list.").first).to_be_visible()
    visitor.goto(site + "/my-list")
    press_until(visitor, "it.innerText?.startsWith('See and print the sheet')")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Services you can contact")


def press_until(page: Page, condition: str) -> None:
    """Press Tab until what has focus meets a condition on `it`."""
    for _press in range(250):
        page.keyboard.press("Tab")
        if page.evaluate(f"(() => {{ const it = document.activeElement; return Boolean({condition}) }})()"):
            return
    raise AssertionError(f"the keyboard never reaches what meets {condition}")


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, site: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    add_family(page, site)
    answer = page.url
    choose_first(page, 3)
    found = {}
    for address in (answer, *(site + path for path in PATHS)):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        violations = Axe().run(page).response["violations"]
        wide = page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
        )
        if violations or wide:
            found[address] = (wide, [(each["id"], each["nodes"][0]["html"][:200]) for each in violations])
    context.close()
    assert found == {}


def test_what_can_be_pressed_on_these_pages_is_large_enough_for_a_thumb(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, bypass_csp=True)
    page = context.new_page()
    add_family(page, site)
    choose_first(page, 3)
    small = {}
    rules = {"runOnly": ["target-size"], "rules": {"target-size": {"enabled": True}}}
    for path in PATHS:
        page.goto(site + path)
        if violations := Axe().run(page, options=rules).response["violations"]:
            small[path] = [node["html"][:160] for each in violations for node in each["nodes"]]
    context.close()
    assert small == {}


def test_a_sheet_of_three_services_prints_on_one_page(visitor: Page, site: str) -> None:
    for service in (1, 22, 106):
        visitor.goto(f"{site}/services/{service}")
        add_shown(visitor)
    visitor.goto(site + "/my-list/sheet/0")
    expect(visitor.locator(".sheet__service")).to_have_count(3)
    assert len(PAGES_IN_A_PDF.findall(visitor.pdf(format="A4"))) == 1


def test_services_are_compared_side_by_side_on_a_desk_and_one_by_one_on_a_phone(
    visitor: Page, site: str
) -> None:
    visitor.goto(site + "/compare/1-22-105-11")
    expect(visitor.get_by_role("table")).to_be_visible()
    expect(visitor.get_by_role("columnheader")).to_have_count(5)
    visitor.set_viewport_size({"width": 320, "height": 640})
    expect(visitor.get_by_role("table")).to_have_count(0)
    expect(visitor.locator(".compare-stack h2 >> visible=true")).to_have_count(4)
    visitor.emulate_media(media="print")
    expect(visitor.get_by_role("table")).to_be_visible()
