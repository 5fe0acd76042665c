"""A new service is listed only when every question of its profile is answered with yes."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from directory.actions.changes.apply import stored_cells
from directory.actions.changes.decide import Approval
from directory.actions.changes.inclusion import QUESTIONS, Inclusion
from directory.actions.changes.refused import ChangeRefused
from directory.actions.changes.review import review
from directory.actions.changes.verify import Check
from directory.db import Database
from directory.errors import RuleBroken
from directory.models.confirmation import Confirmation
from directory.models.proposed_change import ProposedChange
from directory.queries.listings import get_listing
from directory.reference.terms import terms
from tests.accounts import make_account
from tests.builders import TablePlaces, make_listing
from tests.integration.moderation.changes import all_yes, make_change, new_cells, state_of, try_approve

CHECKED = ("contact_routes", "coverage", "groups", "url")
BY_REGISTER = tuple(Check(column, "letter", "Charity register, number 1") for column in CHECKED)


def test_the_questions_are_those_of_the_table_of_terms() -> None:
    assert {name for names in QUESTIONS.values() for name in names} == set(terms("criterion"))
    assert set(QUESTIONS) == set(terms("inclusion_profile"))


def test_a_new_service_of_a_new_organisation_is_listed_with_its_answers(either_database: Database) -> None:
    second = make_account(either_database, roles=["moderator"])
    change_id = make_change(either_database, None, new_cells(organisation="Example New Charity"))
    done = try_approve(either_database, change_id, Approval(checks=BY_REGISTER, inclusion=all_yes()), second)
    assert done.service_id is not None
    with either_database.reading() as session:
        listing = get_listing(session, done.service_id)
        change = session.get_one(ProposedChange, change_id)
        assert (change.service_id, change.organisation_id) == (done.service_id, listing.organisation_id)
    assert (listing.name, listing.inclusion_decision, listing.confirmed_by) == (
        "Example Service New",
        "included",
        "service manager",
    )
    assert [one.answer for one in listing.inclusion_evidence] == ["yes"] * len(QUESTIONS["first profile"])


@pytest.mark.parametrize("said", ["", "no", "not known"])
def test_a_service_with_one_answer_that_is_not_yes_is_not_listed(database: Database, said: str) -> None:
    second = make_account(database, roles=["moderator"])
    change_id = make_change(database, None, new_cells())
    answers = {**all_yes().answers, "free": (said, "")}
    with pytest.raises(ChangeRefused) as refused:
        approval = Approval(checks=BY_REGISTER, inclusion=Inclusion("first profile", answers))
        try_approve(database, change_id, approval, second)
    assert [one.column for one in refused.value.problems] == ["free"]
    assert state_of(database, change_id) == "waiting"


def test_a_yes_without_evidence_or_no_answers_at_all_lists_nothing(database: Database) -> None:
    second = make_account(database, roles=["moderator"])
    change_id = make_change(database, None, new_cells())
    answers = {**all_yes().answers, "wellbeing": ("yes", " ")}
    for inclusion in (None, Inclusion("first profile", answers), Inclusion("no such profile", {})):
        with pytest.raises(ChangeRefused):
            try_approve(database, change_id, Approval(checks=BY_REGISTER, inclusion=inclusion), second)


def test_an_edited_new_number_waits_for_a_moderator_who_did_not_write_it(database: Database) -> None:
    first, second = (make_account(database, roles=["moderator"]) for _each in range(2))
    change_id = make_change(database, None, new_cells())
    edited = {"contact_routes": "telephone | 01632 960444"}
    approval = Approval(edits=edited, checks=BY_REGISTER, inclusion=all_yes())
    assert try_approve(database, change_id, approval, first).service_id is None
    with pytest.raises(RuleBroken):
        try_approve(database, change_id, Approval(checks=BY_REGISTER, inclusion=all_yes()), first)
    done = try_approve(database, change_id, Approval(checks=BY_REGISTER, inclusion=all_yes()), second)
    with database.reading() as session:
        assert "960444" in stored_cells(session, done.service_id or 0)["contact_routes"]
        assert (
            session.scalars(select(Confirmation.id)).all() == []
        )  # The organisation has not written this number.


@pytest.mark.parametrize(
    ("what", "edits"),
    [
        ({"source": "moderator", "role": "moderator"}, {}),
        ({}, {"description": "Counselling, in other words."}),
        ({"role": "manager@example.org"}, {}),
        ({"role": ""}, {}),
        ({"role": "x" * 101}, {}),
    ],
)
def test_a_new_service_is_listed_unconfirmed_unless_it_was_the_organisations_own_words(
    database: Database, what: dict[str, str], edits: dict[str, str]
) -> None:
    second = make_account(database, roles=["moderator"])
    change_id = make_change(database, None, new_cells(), **what)
    approval = Approval(edits=edits, checks=BY_REGISTER, inclusion=all_yes())
    assert try_approve(database, change_id, approval, second).service_id
    with database.reading() as session:
        assert session.scalars(select(Confirmation.id)).all() == []


def test_evidence_that_tells_of_a_person_is_refused(database: Database) -> None:
    second = make_account(database, roles=["moderator"])
    change_id = make_change(database, None, new_cells())
    answers = {**all_yes().answers, "free": ("yes", "Jo, born on 3 May 2014, paid nothing.")}
    with pytest.raises(ChangeRefused) as refused:
        approval = Approval(checks=BY_REGISTER, inclusion=Inclusion("first profile", answers))
        try_approve(database, change_id, approval, second)
    assert [one.column for one in refused.value.problems] == ["free"]


@pytest.mark.parametrize(
    "said", ["https://www.example.org/free", "Ring 01632 960777", "help@example.org says so"]
)
def test_evidence_holds_no_number_or_address_since_everybody_reads_it_and_nobody_checks_it(
    database: Database, said: str
) -> None:
    second = make_account(database, roles=["moderator"])
    change_id = make_change(database, None, new_cells())
    answers = {**all_yes().answers, "free": ("yes", said)}
    with pytest.raises(ChangeRefused) as refused:
        approval = Approval(checks=BY_REGISTER, inclusion=Inclusion("first profile", answers))
        try_approve(database, change_id, approval, second)
    assert [one.column for one in refused.value.problems] == ["free"]


def test_a_register_is_no_way_to_ask_an_organisation_that_is_listed(database: Database) -> None:
    second, number = make_account(database, roles=["moderator"]), make_listing(database)
    with database.reading() as session:
        from directory.models.service import Service

        organisation_id = session.get_one(Service, number).organisation_id
    change_id = make_change(database, None, new_cells(), organisation_id=organisation_id)
    with pytest.raises(ChangeRefused):
        try_approve(database, change_id, Approval(checks=BY_REGISTER, inclusion=all_yes()), second)
    held = tuple(Check(column, "telephone", "01632960001") for column in CHECKED)
    assert try_approve(database, change_id, Approval(checks=held, inclusion=all_yes()), second).service_id


def test_likely_duplicates_and_names_that_look_like_others_are_shown(database: Database) -> None:
    number = make_listing(
        database, name="Example Listening Service", contact_routes="telephone | 01632 960005"
    )
    cells = new_cells(
        name="Service, Example Listening",
        organisation="Examp1e Organisation",
        contact_routes="telephone | (01632) 960-005",
        url="https://www.examp1e.org",
    )
    change_id = make_change(database, None, cells)
    with database.reading() as session:
        found = review(session, change_id, TablePlaces())
    assert [(twin.id, twin.because) for twin in found.twins] == [(number, ("name", "way"))]
    assert set(found.taken_for) == {
        ("Examp1e Organisation", "Example Organisation"),
        ("examp1e.org", "example.org"),
    }
