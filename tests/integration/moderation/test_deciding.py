"""A second person decides: what they must have checked, what clashes, and that it happens once."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from directory.actions.changes.apply import apply_cells, stored_cells
from directory.actions.changes.decide import Approval, DecidedAlready, refuse, send_back
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused
from directory.actions.changes.theirs import answer, withdraw
from directory.actions.changes.verify import Check
from directory.db import Database
from directory.errors import RuleBroken
from directory.models.audit import AuditEntry
from directory.models.listing_past import ListingPast
from directory.models.outbox import OutboxMail
from directory.models.proposed_change import ChannelCheck, ProposedChange
from directory.reference.hours import now_utc
from tests.accounts import make_account, make_organisation
from tests.builders import TablePlaces, make_listing
from tests.integration.moderation.changes import (
    NEW_ROUTES,
    OLD_NUMBER,
    make_change,
    moderator,
    state_of,
    try_approve,
)

BY_OLD_NUMBER = (Check("contact_routes", "telephone", OLD_NUMBER),)


def _moderator(database: Database) -> int:
    return make_account(database, roles=["moderator"])


def test_a_new_number_is_put_in_place_by_a_second_person_who_rang_the_old_one(
    either_database: Database,
) -> None:
    owner, second, number = (
        make_account(either_database),
        _moderator(either_database),
        make_listing(either_database),
    )
    change_id = make_change(either_database, number, {"contact_routes": NEW_ROUTES}, by=owner)
    try_approve(either_database, change_id, Approval(checks=BY_OLD_NUMBER), second)
    with either_database.reading() as session:
        assert stored_cells(session, number)["contact_routes"] == NEW_ROUTES
        check = session.scalars(select(ChannelCheck)).one()
        assert (check.column, check.channel, check.held_value) == ("contact_routes", "telephone", OLD_NUMBER)
        assert (
            session.scalars(select(ListingPast.act).order_by(ListingPast.id)).all()[-1] == "change approved"
        )
        assert session.scalars(select(AuditEntry.act)).all() == ["approve change"]
        mail = session.scalars(select(OutboxMail)).one()
        assert mail.subject == "Your listings"
        assert "960222" not in (mail.body or "") and "abuse" not in (mail.body or "")


@pytest.mark.parametrize(
    "checks",
    [
        (),
        (Check("contact_routes", "telephone", ""),),
        (Check("contact_routes", "telephone", "01632 960222"),),
        (Check("contact_routes", "telephone", "+44 1632 960 222"),),
        (Check("contact_routes", "telephone", "01632 960999"),),
        (Check("contact_routes", "letter", "their address"),),
        (Check("url", "telephone", OLD_NUMBER),),
        (Check("contact_routes", "email", OLD_NUMBER),),
    ],
    ids=[
        "none",
        "blank",
        "the new one",
        "the new one again",
        "anybody's",
        "a letter",
        "another field",
        "wrong way",
    ],
)
def test_a_new_number_is_not_taken_without_a_check_through_what_was_held_before(
    database: Database, checks: tuple[Check, ...]
) -> None:
    second, number = _moderator(database), make_listing(database)
    change_id = make_change(database, number, {"contact_routes": NEW_ROUTES})
    with pytest.raises(ChangeRefused) as refused:
        try_approve(database, change_id, Approval(checks=checks), second)
    assert [one.column for one in refused.value.problems] == ["contact_routes"]
    assert state_of(database, change_id) == "waiting"
    with database.reading() as session:
        assert OLD_NUMBER in stored_cells(session, number)["contact_routes"]


def test_a_number_that_was_taken_down_is_no_way_to_ask(database: Database) -> None:
    second, number = _moderator(database), make_listing(database)
    with database.transaction() as session:
        asked = HoldAsked("route", OLD_NUMBER, "it may be wrong")
        place_hold(session, number, asked, by=moderator(second), now=now_utc())
    change_id = make_change(database, number, {"contact_routes": NEW_ROUTES})
    with pytest.raises(ChangeRefused):
        try_approve(database, change_id, Approval(checks=BY_OLD_NUMBER), second)


def test_the_address_of_an_owner_who_was_owner_before_is_a_way_to_ask(database: Database) -> None:
    organisation_id, second, number = (
        make_organisation(database),
        _moderator(database),
        make_listing(database),
    )
    make_account(database, email="office@example.org", owner_of=[organisation_id])
    change_id = make_change(database, number, {"contact_routes": NEW_ROUTES})
    check = Check("contact_routes", "email", "Office@example.org")
    assert try_approve(database, change_id, Approval(checks=(check,)), second).service_id == number


def test_nobody_decides_on_what_they_proposed_and_nobody_but_moderators_decides(database: Database) -> None:
    own, number = _moderator(database), make_listing(database)
    change_id = make_change(database, number, {"waiting_weeks": "6"}, by=own)
    with pytest.raises(RuleBroken, match="somebody else"):
        try_approve(database, change_id, Approval(), own)
    from directory.actions.actor import Actor

    with pytest.raises(RuleBroken), database.transaction() as session:
        send_back(session, change_id, "why", by=Actor(own, "owner"), now=now_utc())
    assert state_of(database, change_id) == "waiting"


def test_a_double_click_is_one_approval_and_the_second_moderator_is_told(either_database: Database) -> None:
    first, second, number = (
        _moderator(either_database),
        _moderator(either_database),
        make_listing(either_database),
    )
    change_id = make_change(either_database, number, {"waiting_weeks": "6"})
    for _click in range(2):
        assert try_approve(either_database, change_id, Approval(), first).service_id == number
    with pytest.raises(DecidedAlready) as told:
        try_approve(either_database, change_id, Approval(), second)
    assert told.value.state == "approved"
    with either_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 1
        assert session.scalar(select(func.count()).select_from(ListingPast)) == 2


def test_what_somebody_else_changed_meanwhile_is_shown_before_it_is_overwritten(database: Database) -> None:
    second, number = _moderator(database), make_listing(database)
    change_id = make_change(database, number, {"waiting_note": "two months"}, base={"waiting_note": ""})
    with database.transaction() as session:
        cells = {"waiting_note": "one month"}
        apply_cells(session, number, cells, TablePlaces(), act="t", role="editor", now=now_utc())
    with pytest.raises(ChangedMeanwhile) as clash:
        try_approve(database, change_id, Approval(), second)
    assert (clash.value.columns["waiting_note"].is_now, clash.value.columns["waiting_note"].yours) == (
        "one month",
        "two months",
    )
    try_approve(database, change_id, Approval(seen={"waiting_note": "one month"}), second)
    with database.reading() as session:
        assert stored_cells(session, number)["waiting_note"] == "two months"


def test_an_edit_of_a_small_fact_is_put_in_place_and_one_of_a_number_waits_for_another(
    database: Database,
) -> None:
    first, second, number = _moderator(database), _moderator(database), make_listing(database)
    cells = {"waiting_weeks": "6", "contact_routes": NEW_ROUTES}
    change_id = make_change(database, number, cells)
    edited = "telephone | 01632 960333"
    approval = Approval(edits={"waiting_weeks": "8", "contact_routes": edited}, checks=BY_OLD_NUMBER)
    done = try_approve(database, change_id, approval, first)
    assert done.waiting_id is not None
    with database.reading() as session:
        here = stored_cells(session, number)
        assert here["waiting_weeks"] == "8" and OLD_NUMBER in here["contact_routes"]
        again = session.get_one(ProposedChange, done.waiting_id)
        assert (again.cells, again.proposed_by, again.source) == (
            {"contact_routes": edited},
            first,
            "moderator",
        )
    with pytest.raises(RuleBroken):
        try_approve(database, done.waiting_id, Approval(checks=BY_OLD_NUMBER), first)
    try_approve(database, done.waiting_id, Approval(checks=BY_OLD_NUMBER), second)
    with database.reading() as session:
        assert stored_cells(session, number)["contact_routes"] == edited


def test_an_edit_cannot_reach_what_is_decided_elsewhere(database: Database) -> None:
    second, number = _moderator(database), make_listing(database)
    change_id = make_change(database, number, {"waiting_weeks": "6"})
    with pytest.raises(ChangeRefused):
        try_approve(database, change_id, Approval(edits={"inclusion": "excluded: first profile"}), second)


def test_what_the_rules_refuse_today_is_not_put_in_place(database: Database) -> None:
    second, number = _moderator(database), make_listing(database)
    change_id = make_change(database, number, {"waiting_weeks": "many"})
    with pytest.raises(ChangeRefused):
        try_approve(database, change_id, Approval(), second)
    assert state_of(database, change_id) == "waiting"


def test_a_refusal_has_reasons_and_its_answer_puts_it_back_into_the_queue(database: Database) -> None:
    owner, second, number = make_account(database), _moderator(database), make_listing(database)
    change_id = make_change(database, number, {"waiting_weeks": "6"}, by=owner)
    for words in ("", " \n "):
        with pytest.raises(RuleBroken), database.transaction() as session:
            refuse(session, change_id, words, by=moderator(second), now=now_utc())
    with database.transaction() as session:
        refuse(session, change_id, "Which list is it?", by=moderator(second), now=now_utc())
    with database.transaction() as session:
        answer(session, change_id, "The one for adults.", by=moderator(owner), now=now_utc())
    with database.reading() as session:
        change = session.get_one(ProposedChange, change_id)
        assert (change.state, change.words, change.decided_words) == (
            "waiting",
            "The one for adults.",
            "Which list is it?",
        )
    with database.transaction() as session:
        refuse(session, change_id, "It is not.", by=moderator(second), now=now_utc())
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OutboxMail)) == 2


def test_what_is_taken_back_cannot_be_approved_and_what_is_approved_cannot_be_taken_back(
    database: Database,
) -> None:
    owner, second, number = make_account(database), _moderator(database), make_listing(database)
    taken, approved = (
        make_change(database, number, {"waiting_weeks": weeks}, by=owner) for weeks in ("6", "7")
    )
    with database.transaction() as session:
        withdraw(session, taken, by=moderator(owner), now=now_utc())
    with pytest.raises(DecidedAlready):
        try_approve(database, taken, Approval(), second)
    try_approve(database, approved, Approval(), second)
    with pytest.raises(DecidedAlready), database.transaction() as session:
        withdraw(session, approved, by=moderator(owner), now=now_utc())
