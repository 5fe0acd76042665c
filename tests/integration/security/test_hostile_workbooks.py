"""Files made to break the site, at the address where files are taken: each is refused, soon, and in words."""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select

from directory.config import Settings
from directory.models.proposed_change import ProposedChange
from tests.accounts import make_account, make_organisation, signed_in
from tests.builders import make_listing
from tests.integration.matrix.grid_pages import database_of, small_site
from tests.integration.security.hostile_workbooks import HOSTILE, workbook

SECONDS_MAX = 20
"""A tenth of it on a machine with nothing else to do; without our own count the worst took two minutes."""
MEGABYTES_MAX = 200
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", "'=1+1")


@pytest.fixture(scope="module")
def site(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One listing of hers."""
    folder: Path = tmp_path_factory.mktemp("uploads")
    address = f"sqlite:///{folder}/new.sqlite"
    site = small_site(replace(settings, database_url=address, database_read_url=address))
    make_listing(database_of(site))
    yield site
    database_of(site).dispose()


@pytest.fixture
def hers(site: Flask) -> FlaskClient:
    return signed_in(site, make_account(database_of(site), owner_of=[make_organisation(database_of(site))]))


def send(client: FlaskClient, content: bytes, name: str = "file.xlsx") -> tuple[int, str]:
    answer = client.post("/my-listings/upload", data={"file": (io.BytesIO(content), name)})
    return answer.status_code, answer.text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_soon_and_in_words(site: Flask, hers: FlaskClient, name: str) -> None:
    content, said = HOSTILE[name]
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    status, told = send(hers, content)
    assert status == 400 and said in told
    assert time.monotonic() - began < SECONDS_MAX
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < MEGABYTES_MAX
    with database_of(site).reading() as session:
        assert session.scalar(select(func.count()).select_from(ProposedChange)) == 0


def test_what_a_file_is_counts_and_not_what_its_name_says(hers: FlaskClient) -> None:
    for content, name in (
        (b"id,cost_note\n1,\n", "listings.xlsx"), (workbook(), "listings.csv"), (workbook(), "../../etc/passwd"),
        (workbook(), "x" * 5_000), (workbook(), "<script>.xlsx"),
    ):  # fmt: skip
        status, told = send(hers, content, name)
        assert status == 200 and "There is nothing to send." in told
        assert "<script>.xlsx" not in told and "passwd" not in told


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_that_is_downloaded_is_run_and_it_comes_back_as_it_was(
    empty_settings: Settings, text: str
) -> None:
    """In every column of words; the apostrophe is taken off again when the file returns."""
    site = small_site(empty_settings)
    words = ("name", "description", "cost_note", "waiting_note", "before_you_call", "alternate_name")
    make_listing(database_of(site), **dict.fromkeys(words, f"'{text}"))
    hers = signed_in(site, make_account(database_of(site), owner_of=[make_organisation(database_of(site))]))
    as_csv = hers.get("/my-listings/file.csv").data
    as_xlsx = hers.get("/my-listings/file.xlsx").data
    book = load_workbook(io.BytesIO(as_xlsx))
    cells = [cell for sheet in book.worksheets for row in sheet for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    dangerous = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
    assert not [cell.value for cell in cells if str(cell.value).startswith(dangerous)]
    assert as_csv.decode("utf-8-sig").count(f"'{text}") == len(words)
    for content in (as_csv, as_xlsx):
        status, told = send(hers, content)
        assert status == 200 and "There is nothing to send." in told and "problem" not in told
