"""An earlier version, a move to another organisation: neither brings back what was taken down, or is theirs no more."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from directory.actions.changes.apply import apply_cells, stored_cells
from directory.actions.changes.decide import Approval
from directory.actions.changes.holds import HoldAsked, lift_hold, place_hold
from directory.actions.changes.propose import Proposed
from directory.actions.changes.refused import ChangeRefused
from directory.actions.changes.restore import ever_held, restore
from directory.actions.changes.verify import Check
from directory.db import Database
from directory.models.hold import Hold
from directory.models.listing_past import ListingPast
from directory.queries.holds import holds_of_services
from directory.reference.hours import now_utc
from tests.accounts import make_account, signed_in
from tests.builders import TablePlaces, make_listing
from tests.integration.moderation.changes import OLD_NUMBER, make_change, moderator, try_approve

NUMBER, PAGE = "01632 960777", "https://help.example.com/us"


def _write(database: Database, number: int, **cells: str) -> None:
    with database.transaction() as session:
        apply_cells(session, number, cells, TablePlaces(), act="t", role="editor", now=now_utc())


def _put_back_first(database: Database, number: int) -> Proposed:
    by = make_account(database, roles=["moderator"])
    with database.transaction() as session:
        past = session.query(ListingPast).filter_by(service_id=number).order_by(ListingPast.id).first()
        assert past is not None
        return restore(session, past.id, TablePlaces(), by=moderator(by), now=now_utc())


def _hold(database: Database, service_id: int, asked: HoldAsked, *, lift: bool = True) -> None:
    one, two = (make_account(database, roles=["moderator"]) for _each in range(2))
    with database.transaction() as session:
        hold = place_hold(session, service_id, asked, by=moderator(one), now=now_utc())
        if lift:
            lift_hold(session, hold, "It is right.", by=moderator(two), now=now_utc())


@pytest.mark.parametrize(
    ("then", "now", "at_once"),
    [
        ({"waiting_weeks": "6"}, {"waiting_weeks": "7"}, True),
        ({"contact_routes": "telephone | 01632 960001"}, {"contact_routes": "telephone | 01632 960002"}, False),
        ({"description": "Ring 01632 960001."}, {"description": "We listen."}, False),
        ({"description": "We hear you."}, {"description": "We listen."}, True),
        ({"coverage": "Peterborough"}, {"coverage": "Huntingdonshire"}, False),
        ({"status": "active"}, {"status": "defunct"}, False),
    ],
)  # fmt: skip
def test_a_moderator_puts_back_alone_only_what_leads_nobody_elsewhere(
    database: Database, then: dict[str, str], now: dict[str, str], at_once: bool
) -> None:
    number = make_listing(database, **then)
    _write(database, number, **now)
    done = _put_back_first(database, number)
    assert (done.published_id is not None) is at_once and (done.waiting_id is None) is at_once


@pytest.mark.parametrize(
    ("asked", "cells"),
    [
        (HoldAsked("route", NUMBER, "why"), {"contact_routes": "telephone | (01632) 960-777"}),
        (HoldAsked("route", NUMBER, "why"), {"before_you_call": "or 01632960777"}),
        (HoldAsked("website", "https://example.com", "why"), {"url": PAGE}),
        (HoldAsked("website", "https://example.com", "why"), {"contact_routes": f"web chat | {PAGE}"}),
        (HoldAsked("place", "PE1 1QL", "why"), {"locations": "exact | Peterborough | PE1 1QL"}),
    ],
)
def test_what_was_taken_down_through_another_listing_of_theirs_counts(
    database: Database, asked: HoldAsked, cells: dict[str, str]
) -> None:
    number, sibling = make_listing(database), make_listing(database, name="Example Service B")
    stranger = make_listing(database, organisation="Another Organisation", name="Example Service C")
    _hold(database, sibling, asked)
    with database.reading() as session:
        assert ever_held(session, number, cells) and not ever_held(session, stranger, cells)


def test_so_does_what_was_taken_down_everywhere(database: Database) -> None:
    number = make_listing(database)
    stranger = make_listing(database, organisation="Another Organisation", name="Example Service C")
    _hold(database, stranger, HoldAsked("route", NUMBER, "why", is_everywhere=True))
    with database.reading() as session:
        assert ever_held(session, number, {"contact_routes": f"telephone | {NUMBER}"})
        assert not ever_held(session, number, {"contact_routes": f"telephone | {OLD_NUMBER}"})


def test_a_listing_that_moves_takes_what_is_held_with_it_and_leaves_it_behind(
    either_database: Database,
) -> None:
    number, sibling = make_listing(either_database), make_listing(either_database, name="Example Service B")
    _hold(either_database, sibling, HoldAsked("route", NUMBER, "why"), lift=False)
    _hold(either_database, number, HoldAsked("route", OLD_NUMBER, "why"), lift=False)
    _write(either_database, number, organisation="Another Organisation")
    with either_database.reading() as session:
        held = holds_of_services(session, [number, sibling])
    for service_id in (number, sibling):
        assert held[service_id].hides_way(NUMBER) and held[service_id].hides_way(OLD_NUMBER)


def test_what_is_held_on_both_sides_in_other_letters_is_copied_to_neither(database: Database) -> None:
    number, sibling = make_listing(database), make_listing(database, name="Example Service B")
    _hold(database, sibling, HoldAsked("route", NUMBER, "why"), lift=False)
    _hold(database, number, HoldAsked("route", "(01632) 960-777", "why"), lift=False)
    _write(database, number, organisation="Another Organisation")
    with database.reading() as session:
        assert sorted(session.scalars(select(Hold.service_id))) == [number, sibling]


def test_a_move_to_another_organisation_is_asked_about_through_what_was_held(database: Database) -> None:
    second, number = make_account(database, roles=["moderator"]), make_listing(database)
    change_id = make_change(database, number, {"organisation": "Another Organisation"})
    with pytest.raises(ChangeRefused) as refused:
        try_approve(database, change_id, Approval(), second)
    assert [one.column for one in refused.value.problems] == ["organisation"]
    asked = Approval(checks=(Check("organisation", "telephone", OLD_NUMBER),))
    assert try_approve(database, change_id, asked, second).service_id == number


def test_of_a_version_that_holds_something_of_a_person_the_rest_is_put_back(database: Database) -> None:
    then = {"description": "We listen, since 12/03/2014.", "waiting_weeks": "6"}
    number = make_listing(database, **then)
    by = moderator(make_account(database, roles=["moderator"]))
    with database.transaction() as session:
        cells = {"description": "We hear you.", "waiting_weeks": "7"}
        apply_cells(session, number, cells, TablePlaces(), act="t", role="editor", now=now_utc())
        oldest = session.scalars(select(ListingPast.id).order_by(ListingPast.id)).all()[0]
    with database.transaction() as session:
        found = restore(session, oldest, TablePlaces(), by=by, now=now_utc())
    assert found.published == ("waiting_weeks",) and [one.column for one in found.left_out] == ["description"]
    with database.reading() as session:
        stored = stored_cells(session, number)
        assert (stored["description"], stored["waiting_weeks"]) == ("We hear you.", "6")
    # Of what is left nothing can come back: that is said, and nothing is written.
    with pytest.raises(ChangeRefused) as refused, database.transaction() as session:
        restore(session, oldest, TablePlaces(), by=by, now=now_utc())
    assert [one.column for one in refused.value.problems] == ["description"]


@pytest.mark.parametrize("then", [{"waiting_weeks": "6"}, {"url": "https://www.example.com"}])
def test_the_page_after_it_says_which_field_stays_and_why(
    own_app: Flask, stored: Database, then: dict[str, str]
) -> None:
    number = make_listing(stored, description="We listen, since 12/03/2014.", **then)
    with stored.transaction() as session:
        cells = {"description": "We hear you.", "waiting_weeks": "7", "url": "https://www.example.org"}
        apply_cells(session, number, cells, TablePlaces(), act="t", role="editor", now=now_utc())
        oldest = session.scalars(select(ListingPast.id).order_by(ListingPast.id)).all()[0]
    staff = signed_in(own_app, make_account(stored, roles=["moderator"]))
    page = staff.post(f"/moderation/versions/{oldest}/restore", follow_redirects=True)
    assert page.status_code == 200
    assert "stays as it is now" in page.text and "a date of birth" in page.text
    assert "stays as it is now" not in staff.get(page.request.path).text
