"""A commissioner goes from choosing an area to a register on their own disk; nobody is shut out on the way."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect

from directory.app import create_app
from directory.config import Settings
from directory.reference.hours import LONDON
from tests.accounts import cookie_of, make_account
from tests.browser.conftest import serve

GAP = "E06000031-G2.3-none"
PATHS = (
    "/gaps",
    "/gaps/E06000031",
    "/gaps/E06000031?list=questions&group=G2&weeks=0",
    f"/gaps/E06000031/{GAP}",
    "/gaps/E06000031/E06000031-G4.6-not-confirmed",
    "/gaps/E06000031/plain",
    "/gaps/cambridgeshire-and-peterborough",
    "/gaps/K04000001/plain",
)


@pytest.fixture(scope="module")
def planned(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The shipped listings, one statement that there is none, and a decision about it; a database of its own."""
    folder = tmp_path_factory.mktemp("gaps")
    address = f"sqlite:///{folder}/gaps.sqlite"
    app = create_app(replace(settings, database_url=address, database_read_url=address, rate_limits=False))
    day = str(datetime.now(LONDON).date() - timedelta(days=3))
    who = ("--by", "partnership manager", "--on", day)
    for arguments in (
        ("database", "prepare"),
        ("matrix", "state", "E06000031", "G2.3", "--exists", "none", "--for", "partnership", *who),
        ("gaps", "set", GAP, "--status", "planned", "--because", "Two workers from April.", *who),
    ):
        result = app.test_cli_runner().invoke(args=list(arguments))
        assert result.exit_code == 0, result.output
    return app


@pytest.fixture(scope="module")
def planning_site(planned: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(planned, tmp_path_factory.mktemp("log") / "site.log")


def test_from_choosing_an_area_to_a_downloaded_register(
    visitor: Page, planning_site: str, tmp_path: Path
) -> None:
    visitor.goto(f"{planning_site}/gaps")
    visitor.get_by_label("Area", exact=True).select_option(label="Peterborough")
    visitor.get_by_role("button", name="Show its gaps").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Gaps in Peterborough")
    expect(visitor.get_by_role("heading", name="The answer on one page")).to_be_visible()
    visitor.get_by_label("Group", exact=True).select_option(label="Children who have been sexually abused")
    visitor.get_by_label("List", exact=True).select_option(label="Gaps")
    visitor.get_by_role("button", name="Show these lines").click()
    row = visitor.get_by_role("row").filter(has_text="Early emotional support")
    expect(row).to_contain_text("Planned")
    with visitor.expect_download() as taken:
        visitor.get_by_role("link", name="Register as CSV").click()
    path = tmp_path / "register.csv"
    taken.value.save_as(path)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["Id"] for row in rows if row["Rule"] == "None"] == [GAP]
    assert {row["List"] for row in rows} == {"Gap"}
    row.get_by_role("link").click()
    expect(visitor.get_by_role("heading", level=1)).to_be_visible()
    expect(visitor.get_by_text("Two workers from April.")).to_have_count(0)
    visitor.get_by_role("link", name="The register of Peterborough").click()
    expect(visitor.get_by_label("List", exact=True)).to_have_value("gaps")
    assert visitor.context.cookies() == []


@pytest.mark.parametrize(("width", "script"), [(320, True), (360, False), (1280, True), (1280, False)])
def test_a_commissioner_walks_from_the_first_page_to_a_downloaded_register(
    browser: Browser, planning_site: str, tmp_path: Path, width: int, script: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    page.goto(planning_site)
    page.get_by_role("link", name="I commission services").press("Enter")
    page.get_by_role("button", name="Choose an area").press("Enter")
    page.get_by_role("textbox").fill("Peterborough")
    page.get_by_role("textbox").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Support in Peterborough")
    page.get_by_role("link", name="Gaps", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gaps in Peterborough")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Register as a workbook (XLSX)").press("Enter")
    path = tmp_path / "register.xlsx"
    taken.value.save_as(path)
    sheet = load_workbook(path).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    ids = [row[heads.index("Id")].value for row in sheet.iter_rows(min_row=2)]
    assert GAP in ids
    context.close()


def test_a_signed_in_commissioner_reads_why_a_gap_is_planned(
    browser: Browser, planned: Flask, planning_site: str
) -> None:
    context = _commissioner(browser, planned, planning_site)
    page = context.new_page()
    page.goto(f"{planning_site}/gaps/E06000031/{GAP}")
    expect(page.get_by_text("Two workers from April.")).to_be_visible()
    context.close()


def _commissioner(browser: Browser, app: Flask, address: str, **options: bool) -> BrowserContext:
    """A browser in which a commissioner of Peterborough is signed in."""
    made = make_account(app.extensions["database"], roles=["commissioner"], areas=["E06000031"])
    context = browser.new_context(**options)
    context.add_cookies([cookie_of(app, made, address)])
    return context


def test_all_of_it_works_without_a_script(browser: Browser, planned: Flask, planning_site: str) -> None:
    context = _commissioner(browser, planned, planning_site, java_script_enabled=False)
    visitor = context.new_page()
    visitor.goto(f"{planning_site}/gaps/E06000031")
    visitor.get_by_text("Try your own weights").click()
    visitor.get_by_label("People affected").fill("100")
    visitor.get_by_role("button", name="Show these lines").click()
    expect(visitor.get_by_text("These are your weights.")).to_be_visible()
    visitor.get_by_role("link", name="Show the whole list").last.click()
    expect(visitor.get_by_role("navigation", name="To find out")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    browser: Browser, planning_site: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    visitor = context.new_page()
    found = {}
    for path in PATHS:
        visitor.goto(planning_site + path)
        visitor.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        violations = Axe().run(visitor).response["violations"]
        if violations:
            found[path] = [(each["id"], each["nodes"][0]["html"][:200]) for each in violations]
        if visitor.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
        ):
            found[path, "sideways"] = width
    context.close()
    assert found == {}


@pytest.mark.parametrize("area", ["E06000031", "E12000006", "K04000001"])
def test_the_answer_prints_on_one_sheet_without_its_form(
    visitor: Page, planning_site: str, area: str
) -> None:
    visitor.goto(f"{planning_site}/gaps/{area}")
    # A4 less its margins of 10 mm, at 96 dots an inch.
    visitor.set_viewport_size({"width": 718, "height": 1047})
    visitor.emulate_media(media="print")
    bottom = visitor.locator(".gaps-answer").evaluate("it => it.getBoundingClientRect().bottom")
    assert bottom < 1047
    expect(visitor.get_by_role("heading", name="The answer on one page")).to_be_visible()
    expect(visitor.get_by_role("button", name="Show these lines")).to_be_hidden()
    expect(visitor.get_by_role("link", name="Register as CSV")).to_be_hidden()
