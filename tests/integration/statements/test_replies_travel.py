"""A reply stands wherever the statement stands: on pages, in files of grid and register; not in a snapshot."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from directory.actions.actor import Actor
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.actions.replies import ToReply, add_reply, end_reply
from directory.config import Settings
from directory.matrix.types import State
from directory.reference.hours import now_utc, today_in_london
from tests.accounts import make_account
from tests.builders import make_listing
from tests.integration.matrix.grid_pages import database_of, page, small_site, state, words

HERE = "E06000031"
GAP = f"/gaps/{HERE}/{HERE}-G2.3-none"
HOSTILE = "We run <b>two</b> evenings. =1+1"
SERVICE = "=SUM(A1) Service"


@pytest.fixture
def site(either_settings: Settings) -> Flask:
    """The partnership says that there is no G2.3 in Peterborough; a service has replied."""
    site = small_site(either_settings)
    database = database_of(site)
    number = make_listing(database, name=f"'{SERVICE}")
    state(site, HERE, "G2.3", State.NOT_AVAILABLE, what="There is none.", role="Role-word manager")
    account = make_account(database)
    with database.transaction() as session:
        by = Actor(account, "owner of the listing")
        add_reply(session, ToReply(1, number, HOSTILE), by=by, now=now_utc())
    return site


@pytest.fixture
def visitor(site: Flask) -> FlaskClient:
    return site.test_client()


def rows_of(answer: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.decode("utf-8-sig"), newline="")))


def cells_of(visitor: FlaskClient, address: str) -> list[str]:
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    book = load_workbook(io.BytesIO(answer.data))
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]


def told() -> str:
    return f"Reply of {SERVICE} (Example Organisation), on {today_in_london()}: {HOSTILE}"


def test_it_stands_in_the_grid_and_in_the_register_with_who_and_when(visitor: FlaskClient) -> None:
    grid = [row for row in rows_of(visitor.get(f"/matrix/{HERE}.csv").data) if row["Code"] == "G2.3"]
    assert {row["Replies of services"] for row in grid if row["What has been said"]} == {told()}
    (line,) = (
        row for row in rows_of(visitor.get(f"/gaps/{HERE}.csv").data) if row["Id"] == f"{HERE}-G2.3-none"
    )
    assert (line["Statements"], line["Replies of services to them"]) == ("1", told())
    for address in (f"/matrix/{HERE}.xlsx", f"/gaps/{HERE}.xlsx"):
        assert told() in cells_of(visitor, address)


def test_it_stands_on_the_page_of_the_gap_and_of_the_cell_and_is_no_markup(visitor: FlaskClient) -> None:
    for address in (GAP, f"/matrix/{HERE}/G2.3"):
        assert "<b>two</b>" not in visitor.get(address).text
        shown = words(page(visitor, address))
        assert f"Reply of {SERVICE} (Example Organisation), " in shown and HOSTILE in shown
        assert "Role-word" not in shown and "owner of the listing" not in shown


def test_one_that_was_withdrawn_stands_nowhere(site: Flask, visitor: FlaskClient) -> None:
    with database_of(site).transaction() as session:
        end_reply(session, 1, by=Actor(None, "moderator"), now=now_utc())
    for address in (GAP, f"/matrix/{HERE}/G2.3", f"/matrix/{HERE}.csv", f"/gaps/{HERE}.csv"):
        assert "evenings" not in visitor.get(address).text


def test_nor_does_one_of_a_service_that_is_taken_down(site: Flask, visitor: FlaskClient) -> None:
    by = Actor(make_account(database_of(site)), "moderator", is_moderator=True)
    with database_of(site).transaction() as session:
        place_hold(session, 1, HoldAsked("listing", "", "Nobody knows it."), by=by, now=now_utc())
    for address in (f"/matrix/{HERE}/G2.3", f"/matrix/{HERE}.csv", f"/gaps/{HERE}.csv"):
        assert "evenings" not in visitor.get(address).text


def test_a_snapshot_keeps_the_statement_and_no_reply(visitor: FlaskClient) -> None:
    assert visitor.get(f"/matrix/{HERE}").status_code == 200
    for address in (f"/snapshots/1/matrix/{HERE}", f"/snapshots/1/gaps/{HERE}"):
        for end in ("", ".csv", ".xlsx"):
            assert visitor.get(f"{address}{end}").status_code == 200, (address, end)
    kept = visitor.get(f"/snapshots/1/matrix/{HERE}.csv").text
    assert "There is none." in kept and "evenings" not in kept
