"""What a decision may say, and a version that begins with a sign is put back as it stood."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from directory.actions.changes.apply import apply_cells, stored_cells
from directory.actions.changes.decide import Approval, refuse, send_back
from directory.actions.changes.refused import ChangeRefused
from directory.actions.changes.restore import restore
from directory.db import Database
from directory.errors import RuleBroken
from directory.models.listing_past import ListingPast
from directory.models.proposed_change import ProposedChange
from directory.reference.hours import now_utc
from tests.accounts import make_account
from tests.builders import TablePlaces, make_listing
from tests.integration.moderation.changes import make_change, moderator, state_of, try_approve


@pytest.mark.parametrize("is_moderator", [True, False])
def test_a_version_that_begins_with_a_sign_can_be_put_back(database: Database, is_moderator: bool) -> None:
    number = make_listing(database, waiting_note="'- two weeks at Christmas")
    with database.transaction() as session:
        cells = {"waiting_note": "About a month."}
        apply_cells(session, number, cells, TablePlaces(), act="t", role="editor", now=now_utc())
        oldest = session.scalars(select(ListingPast.id).order_by(ListingPast.id)).all()[0]
    by = moderator(make_account(database, roles=["moderator"] if is_moderator else []))
    by = by if is_moderator else type(by)(by.account_id, "service manager")
    with database.transaction() as session:
        found = restore(session, oldest, TablePlaces(), by=by, now=now_utc())
    if found.waiting_id is not None:
        try_approve(database, found.waiting_id, Approval(), make_account(database, roles=["moderator"]))
    with database.reading() as session:
        assert stored_cells(session, number)["waiting_note"] == "- two weeks at Christmas"


def test_what_a_moderator_restores_is_staffs_and_gives_an_organisation_no_standing(
    database: Database,
) -> None:
    from directory.actions.changes.holds import HoldAsked, place_hold

    number = make_listing(database)
    by = moderator(make_account(database, roles=["moderator"]))
    with database.transaction() as session:
        cells = {"contact_routes": "telephone | 01632 960005"}
        apply_cells(session, number, cells, TablePlaces(), act="t", role="editor", now=now_utc())
        place_hold(session, number, HoldAsked("route", "01632 960001", "Wrong."), by=by, now=now_utc())
        oldest = session.scalars(select(ListingPast.id).order_by(ListingPast.id)).all()[0]
        found = restore(session, oldest, TablePlaces(), by=by, now=now_utc())
        assert session.get_one(ProposedChange, found.waiting_id).source == "moderator"


def test_neither_reasons_nor_edits_of_a_moderator_tell_of_a_person(database: Database) -> None:
    second, number = make_account(database, roles=["moderator"]), make_listing(database)
    change_id = make_change(database, number, {"waiting_note": "About a month."})
    for decide in (refuse, send_back):
        with pytest.raises(RuleBroken, match="date of birth"), database.transaction() as session:
            decide(session, change_id, "Jo was born on 3 May 2014.", by=moderator(second), now=now_utc())
    with pytest.raises(ChangeRefused) as refused:
        edits = {"waiting_note": "Jo, NHS 943 476 5919, waits."}
        try_approve(database, change_id, Approval(edits=edits), second)
    assert [one.column for one in refused.value.problems] == ["waiting_note"]
    assert state_of(database, change_id) == "waiting"
