"""A manager sends her edited file back, without JavaScript, and sees what would change; on a phone and on a desk."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from directory.config import Settings
from tests.accounts import cookie_of, make_account, make_organisation
from tests.browser.conftest import WIDTHS, serve
from tests.builders import import_rows, make_row
from tests.integration.matrix.grid_pages import database_of, small_site

ROWS = 700
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def listed(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A council's listings."""
    folder: Path = tmp_path_factory.mktemp("sheets")
    address = f"sqlite:///{folder}/new.sqlite"
    site = small_site(replace(settings, database_url=address, database_read_url=address))
    rows = (
        make_row(id=number, name=f"Example Service {number}", waiting_weeks="6", waiting_as_at="2025-11")
        for number in range(1, ROWS + 1)
    )
    import_rows(database_of(site), folder / "rows.csv", *rows)
    return site


@pytest.fixture(scope="module")
def address(listed: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(listed, tmp_path_factory.mktemp("sheets-log") / "site.log")


@pytest.fixture
def manager(browser: Browser, listed: Flask, address: str) -> Iterator[Page]:
    """Her page, in a browser without JavaScript."""
    owner = make_account(database_of(listed), owner_of=[make_organisation(database_of(listed))])
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    context.add_cookies([cookie_of(listed, owner, address)])  # type: ignore[list-item]  # a plain dict is one
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def is_usable(page: Page) -> None:
    """No fault that axe finds, and nothing that scrolls sideways, at every width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator("h1").count() == 1
        box = page.locator("body").bounding_box()
        assert box is not None and box["width"] <= width
    page.set_viewport_size({"width": 1280, "height": 900})


def upload(page: Page, address: str, content: bytes, name: str) -> None:
    page.goto(f"{address}/my-listings/upload")
    mime = XLSX if name.endswith("xlsx") else "text/csv"
    page.get_by_label("The file you have edited").set_input_files(
        {"name": name, "mimeType": mime, "buffer": content}
    )
    page.get_by_role("button", name="See what would change").click()


def test_a_workbook_goes_out_is_edited_comes_back_and_is_sent(manager: Page, address: str) -> None:
    manager.goto(f"{address}/my-listings/upload")
    expect(manager.get_by_text("8 MB and 5,000 rows at most")).to_be_visible()
    with manager.expect_download() as download:
        manager.get_by_role("link", name="Download as a workbook (XLSX)").click()
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, heads["waiting_weeks"]).value = 9.0
    sheet.cell(2, heads["waiting_as_at"]).value = datetime(2025, 11, 1)
    sheet.cell(3, heads["contact_routes"]).value = 1632960001
    sheet.insert_rows(1)
    sheet["A1"] = "Edited by the council"
    sheet.merge_cells("A1:D1")
    book.move_sheet(sheet, 1)
    written = io.BytesIO()
    book.save(written)
    upload(manager, address, written.getvalue(), "edited.xlsx")
    expect(manager.get_by_text(f"{ROWS} of {ROWS} rows are read.")).to_be_visible()
    expect(manager.get_by_role("heading", name="1 problem")).to_be_visible()
    expect(manager.get_by_text("the 0 before it is lost")).to_be_visible()
    expect(manager.get_by_role("link", name="Or mend it on its page")).to_be_visible()
    expect(manager.get_by_text("1 change", exact=True)).to_be_visible()
    is_usable(manager)
    manager.get_by_role("button", name="Send all changes to moderation").click()
    expect(manager.get_by_text("1 listing was sent.")).to_be_visible()


def test_a_long_file_is_sent_while_the_page_tells_how_far_it_is(manager: Page, address: str) -> None:
    rows = "".join(f"{number},Free for children\r\n" for number in range(1, ROWS + 1))
    upload(manager, address, f"id,cost_note\r\n{rows}".encode("utf-8-sig"), "edited.csv")
    expect(manager.get_by_text(f"250 of {ROWS} rows are read.")).to_be_visible()
    expect(manager.get_by_text(f"{ROWS} changes", exact=True)).to_be_visible()
    manager.get_by_role("button", name="Send all changes to moderation").click()
    expect(manager.get_by_text(f"25 of {ROWS} listings are sent.", exact=True)).to_be_visible()
    expect(manager.get_by_text(f"{ROWS} listings were sent.")).to_be_visible(timeout=120_000)
    is_usable(manager)


def test_the_pages_of_a_file_are_usable_by_everyone(browser: Browser, listed: Flask, address: str) -> None:
    """axe needs JavaScript, so this one has it."""
    owner = make_account(database_of(listed), owner_of=[make_organisation(database_of(listed))])
    context = browser.new_context()
    context.add_cookies([cookie_of(listed, owner, address)])  # type: ignore[list-item]  # a plain dict is one
    page = context.new_page()
    page.set_default_timeout(60_000)
    upload(page, address, b"id,waiting_weeks,cost_note,shoes\n1,many,x,y\n2,8,x,y\n", "edited.csv")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("link", name="Send another file").click()
    expect(page.get_by_text("from your last file are not sent yet")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("link", name="See them, and send them").click()
    expect(page.get_by_role("button", name="Send all changes to moderation")).to_be_visible()
    context.close()
