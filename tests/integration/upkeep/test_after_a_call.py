"""A call that reached somebody counts: nobody is rung again at once, and what was right is confirmed."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from directory.actions.actor import Actor
from directory.actions.changes.decide import Approval, approve, refuse
from directory.actions.changes.propose import Proposal, propose
from directory.actions.upkeep.calls import Outcome
from directory.db import Database
from directory.models.confirmation import Confirmation
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.reference.hours import now_utc
from tests.accounts import make_account, signed_in
from tests.builders import TablePlaces, make_listing
from tests.integration.my_listings.people import fields_of
from tests.integration.upkeep.lives import after, day
from tests.integration.upkeep.test_calls import moderator, on_the_list, rung

WEEKS = {"waiting_weeks": "6"}


def only_change(database: Database) -> int:
    with database.reading() as session:
        return session.scalars(select(ProposedChange.id).where(ProposedChange.state == "waiting")).one()


def decide(database: Database, days: int, edits: dict[str, str] | None = None, *, no: bool = False) -> None:
    """A second moderator looks at the one change that waits."""
    number, by = only_change(database), moderator(database)
    with database.transaction() as session:
        if no:
            refuse(session, number, "They are not sure of it.", by=by, now=after(days))
        else:
            approve(session, number, Approval(edits=edits or {}), TablePlaces(), by=by, now=after(days))


def confirmed(database: Database) -> list[tuple[int, str, object]]:
    with database.reading() as session:
        query = select(Confirmation.service_id, Confirmation.role, Confirmation.confirmed_on)
        return [tuple(row) for row in session.execute(query)]


def test_what_was_right_is_confirmed_by_the_day_of_the_call_when_the_change_is_decided(
    either_database: Database,
) -> None:
    number = make_listing(either_database)
    rung(either_database, number, Outcome("changed", cells=WEEKS, rest_is_right=True), 3)
    assert confirmed(either_database) == []
    decide(either_database, 5)
    assert confirmed(either_database) == [(number, "moderator", day(3))]
    assert [days for days in (5, 60, 152, 153) if on_the_list(either_database, days)] == [153]


@pytest.mark.parametrize("how", ["without the tick", "refused", "edited"])
def test_else_nothing_is_confirmed_and_they_are_rung_again_after_some_days(
    either_database: Database, how: str
) -> None:
    number = make_listing(either_database)
    said = Outcome("changed", cells=WEEKS, rest_is_right=how != "without the tick")
    rung(either_database, number, said, 3)
    decide(either_database, 5, {"waiting_weeks": "7"} if how == "edited" else None, no=how == "refused")
    assert confirmed(either_database) == []
    assert [days for days in (5, 32, 33) if on_the_list(either_database, days)] == [33]


def test_who_said_that_it_is_closed_is_not_rung_the_next_day_where_that_was_refused(
    database: Database,
) -> None:
    number = make_listing(database)
    rung(database, number, Outcome("closed"))
    decide(database, 1, no=True)
    assert on_the_list(database, 1) == [] and on_the_list(database, 30) == [number]


def write(database: Database, number: int, cells: dict[str, str], days: int) -> None:
    """A moderator proposes it, and has rung nobody."""
    by = moderator(database)
    with database.transaction() as session:
        asked = Proposal(number, None, cells, source="moderator")
        propose(session, asked, TablePlaces(), by=by, now=after(days))


def test_a_change_of_a_moderator_that_came_of_no_call_confirms_nothing(database: Database) -> None:
    number = make_listing(database)
    rung(database, number, Outcome("changed", cells=WEEKS, rest_is_right=True), 3)
    decide(database, 4, no=True)
    write(database, number, WEEKS, 4)
    decide(database, 5)
    assert confirmed(database) == []


def test_where_small_facts_are_published_at_once_the_call_confirms_at_once(either_database: Database) -> None:
    number = make_listing(either_database)
    with either_database.transaction() as session:
        organisation_id = session.get_one(Service, number).organisation_id
        session.add(
            ProposedChange(
                organisation_id=organisation_id, kind="edit", source="form", cells={}, base={}, state="approved",
                role="service manager", made_at=after(0),
            )
        )  # fmt: skip
    rung(either_database, number, Outcome("changed", cells=WEEKS, rest_is_right=True), 3)
    assert confirmed(either_database) == [(number, "moderator", day(3))]


def test_a_call_counts_too_where_the_change_waits_already_since_an_earlier_one(
    either_database: Database,
) -> None:
    number = make_listing(either_database)
    rung(either_database, number, Outcome("changed", cells=WEEKS), 1)
    rung(either_database, number, Outcome("changed", cells=WEEKS, rest_is_right=True), 3)
    with either_database.reading() as session:
        query = select(ProposedChange.id).where(ProposedChange.state == "waiting").order_by(ProposedChange.id)
        weeks, as_at = session.scalars(query)
    for change, told in ((weeks, []), (as_at, [(number, "moderator", day(3))])):
        by = moderator(either_database)
        with either_database.transaction() as session:
            approve(session, change, Approval(), TablePlaces(), by=by, now=after(5))
        assert confirmed(either_database) == told


def test_so_it_does_where_all_of_it_waited_already(database: Database) -> None:
    number = make_listing(database)
    rung(database, number, Outcome("changed", cells=WEEKS), 1)
    rung(database, number, Outcome("changed", cells=WEEKS, rest_is_right=True), 1)
    decide(database, 5)
    assert confirmed(database) == [(number, "moderator", day(1))]


def test_a_call_of_which_part_was_replaced_confirms_nothing(database: Database) -> None:
    number = make_listing(database)
    cells = {"referral_note": "Ask anybody.", **WEEKS}
    rung(database, number, Outcome("changed", cells=cells, rest_is_right=True), 3)
    first = only_change(database)
    write(database, number, {"referral_note": "Ring us."}, 4)
    by = moderator(database)
    with database.transaction() as session:
        approve(session, first, Approval(), TablePlaces(), by=by, now=after(5))
    assert confirmed(database) == []


def test_the_tick_stands_on_the_page_of_a_call_and_is_not_set(new_app: Flask, new_database: Database) -> None:
    number = make_listing(new_database)
    client = signed_in(new_app, make_account(new_database, title="duty officer", roles=["moderator"]))
    client.post(f"/moderation/calls/{number}/claim")
    address = f"/moderation/calls/{number}"
    page = client.get(address).text
    assert (
        "Everything else is right" in page
        and 'name="rest_is_right" type="checkbox" value="yes" checked' not in page
    )
    sent = {**fields_of(page, address), "result": "changed", "waiting_weeks": "6", "rest_is_right": "yes"}
    refused = client.post(address, data={**sent, "said-telephone": "not asked"})
    assert refused.status_code == 400 and "only where everything was asked" in refused.text
    assert client.post(address, data=sent).status_code == 303
    change = only_change(new_database)
    second = Actor(make_account(new_database, roles=["moderator"]), "duty officer", is_moderator=True)
    with new_database.transaction() as session:
        approve(session, change, Approval(), TablePlaces(), by=second, now=now_utc())
    assert [one[0] for one in confirmed(new_database)] == [number]
