"""Who asks for a change is asked back only through what was held before they asked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from directory.actions.changes.apply import add_listing, apply_cells
from directory.actions.changes.channels import channels_of
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.db import Database
from directory.models.listing_past import ListingPast
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.queries.held_channels import HeldChannel, held_channels
from directory.reference.hours import now_utc
from tests.accounts import make_account, make_organisation
from tests.builders import TablePlaces, import_rows, make_listing, make_row
from tests.integration.moderation.changes import make_change, moderator, new_cells

PHONE = "telephone | {}"
OLD, NEW = "01632 960001", "01632 960555"


def _asked_through(database: Database, change_id: int) -> list[str]:
    with database.reading() as session:
        return [one.value for one in channels_of(session, session.get_one(ProposedChange, change_id))]


def test_her_own_mailbox_is_no_way_to_ask_her(database: Database) -> None:
    organisation_id = make_organisation(database)
    number = make_listing(database, contact_routes=f"{PHONE.format(OLD)}\nemail | Hers@example.org", url="")
    hers = make_account(database, email="hers@example.org", owner_of=[organisation_id])
    make_account(database, email="other@example.org", owner_of=[organisation_id])
    change_id = make_change(database, number, {"waiting_weeks": "6"}, by=hers)
    assert _asked_through(database, change_id) == [OLD, "other@example.org"]


def test_a_listing_that_came_after_the_request_is_none_either(database: Database) -> None:
    number = make_listing(database, url="")
    change_id = make_change(database, number, {"waiting_weeks": "6"})
    with database.transaction() as session:
        cells = {
            **make_row(name="Example Service L", contact_routes=PHONE.format(NEW), url=""), "id": ""
        }  # fmt: skip
        later = now_utc() + timedelta(seconds=1)
        add_listing(session, cells, TablePlaces(), role="moderator", now=later, change_id=None)
    assert _asked_through(database, change_id) == [OLD]


def test_of_an_import_since_the_last_change_the_newer_number_is_held(
    database: Database, tmp_path: Path
) -> None:
    row = make_row(id=1, url="", contact_routes=PHONE.format(OLD))
    import_rows(database, tmp_path / "one.csv", row)
    with database.transaction() as session:
        cells = {"waiting_weeks": "6"}
        apply_cells(session, 1, cells, TablePlaces(), act="t", role="editor", now=now_utc())
    report = import_rows(database, tmp_path / "two.csv", row | {"contact_routes": PHONE.format(NEW)})
    assert report.changed == 1
    with database.reading() as session:
        acts = session.scalars(select(ListingPast.act).order_by(ListingPast.id)).all()
    assert acts == ["as it was before", "t", "imported from a file"]
    change_id = make_change(database, 1, {"contact_routes": PHONE.format("01632 960666")})
    assert _asked_through(database, change_id) == [NEW]


def test_what_an_import_without_history_brought_after_the_request_is_not_held(
    database: Database, tmp_path: Path
) -> None:
    before = now_utc()
    import_rows(database, tmp_path / "one.csv", make_row(id=1, url=""))
    with database.reading() as session:
        organisation_id = session.get_one(Service, 1).organisation_id
        assert held_channels(session, organisation_id, before) == ()
        assert held_channels(session, organisation_id, now_utc()) == (HeldChannel("telephone", OLD),)


def test_what_is_down_everywhere_however_written_is_no_way_for_a_request_either(database: Database) -> None:
    number = make_listing(database, url="", contact_routes=f"{PHONE.format(OLD)}\n{PHONE.format(NEW)}")
    stranger = make_listing(database, organisation="Another Organisation", name="Example Service C")
    by = moderator(make_account(database, roles=["moderator"]))
    with database.transaction() as session:
        asked = HoldAsked("route", "+44 1632 960-001", "why", is_everywhere=True)
        place_hold(session, stranger, asked, by=by, now=now_utc())
    with database.reading() as session:
        organisation_id = session.get_one(Service, number).organisation_id
        found = held_channels(session, organisation_id, now_utc(), never=("+44 1632 960 555",))
    assert found == ()


def test_for_an_organisation_that_is_not_listed_nothing_is_held(database: Database) -> None:
    assert _asked_through(database, make_change(database, None, new_cells())) == []
