"""What a moderator writes herself while she decides is put in place by another one."""

from __future__ import annotations

import pytest
from flask import Flask

from directory.actions.actor import Actor
from directory.actions.changes.apply import stored_cells
from directory.actions.changes.decide import Approval, Approved
from directory.actions.changes.propose import Proposal, propose
from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused
from directory.actions.changes.verify import Check
from directory.db import Database
from directory.errors import RuleBroken
from directory.models.proposed_change import ProposedChange
from directory.reference.hours import now_utc
from tests.accounts import make_account, signed_in
from tests.builders import TablePlaces, make_listing
from tests.integration.moderation.changes import (
    OLD_NUMBER,
    all_yes,
    make_change,
    moderator,
    new_cells,
    state_of,
    try_approve,
)
from tests.integration.my_listings.people import fields_of

ELSEWHERE = "Ring 01632 960999 at https://www.example.com"
BY_REGISTER = tuple(
    Check(column, "letter", "Charity register, number 1")
    for column in ("contact_routes", "coverage", "description", "groups", "url")
)
WHOLE = Approval(checks=BY_REGISTER, inclusion=all_yes())


def _moderators(database: Database, count: int) -> list[int]:
    return [make_account(database, roles=["moderator"]) for _each in range(count)]


def _cell(database: Database, number: int, column: str) -> str:
    with database.reading() as session:
        return stored_cells(session, number)[column]


def test_a_number_that_she_writes_into_words_waits_for_another_who_asks_the_service(
    database: Database,
) -> None:
    (first, second), number = _moderators(database, 2), make_listing(database)
    change_id = make_change(database, number, {"description": "We listen.", "waiting_weeks": "6"})
    done = try_approve(database, change_id, Approval(edits={"description": ELSEWHERE}), first)
    assert done.waiting_id is not None
    assert "960999" not in _cell(database, number, "description")
    assert _cell(database, number, "waiting_weeks") == "6"
    with pytest.raises(RuleBroken):
        try_approve(database, done.waiting_id, Approval(), first)
    with pytest.raises(ChangeRefused) as refused:
        try_approve(database, done.waiting_id, Approval(), second)
    assert [one.column for one in refused.value.problems] == ["description"]
    asked = Approval(checks=(Check("description", "telephone", OLD_NUMBER),))
    try_approve(database, done.waiting_id, asked, second)
    assert _cell(database, number, "description") == ELSEWHERE


def test_words_that_repeat_the_number_that_is_listed_need_no_check_of_their_own(database: Database) -> None:
    (second,), number = _moderators(database, 1), make_listing(database)
    words = f"We listen. Ring {OLD_NUMBER} first."
    change_id = make_change(database, number, {"description": words})
    assert try_approve(database, change_id, Approval(), second).service_id == number
    assert _cell(database, number, "description") == words


def test_she_takes_no_listing_off_for_good_alone(database: Database) -> None:
    (first,), number = _moderators(database, 1), make_listing(database)
    change_id = make_change(database, number, {"status": "temporarily closed"})
    done = try_approve(database, change_id, Approval(edits={"status": "defunct"}), first)
    assert done.waiting_id is not None and _cell(database, number, "status") == "active"


def test_a_number_written_into_the_words_of_a_new_service_waits_too(database: Database) -> None:
    first, second = _moderators(database, 2)
    change_id = make_change(database, None, new_cells())
    approval = Approval(edits={"description": ELSEWHERE}, checks=BY_REGISTER, inclusion=all_yes())
    assert try_approve(database, change_id, approval, first) == Approved(None, change_id)
    assert try_approve(database, change_id, WHOLE, second).service_id is not None


def test_whoever_wrote_any_part_of_a_new_service_does_not_approve_it(database: Database) -> None:
    first, second, third = _moderators(database, 3)
    change_id = make_change(database, None, new_cells())
    for by, edits in (
        (first, {"contact_routes": "telephone | 01632 960444"}),
        (second, {"name": "Example Service N"}),
    ):
        assert try_approve(database, change_id, Approval(edits=edits), by).service_id is None
    for by in (first, second):
        with pytest.raises(RuleBroken, match="somebody else"):
            try_approve(database, change_id, WHOLE, by)
    assert try_approve(database, change_id, WHOLE, third).service_id is not None


def test_nor_does_she_approve_what_another_edited_of_hers(database: Database) -> None:
    (first, second, third), number = _moderators(database, 3), make_listing(database)
    change_id = make_change(database, number, {"contact_routes": "telephone | 01632 960222"})
    hers = {"contact_routes": "telephone | 01632 960333 | Mo"}
    one = try_approve(database, change_id, Approval(edits=hers), first).waiting_id
    assert one is not None
    theirs = {"contact_routes": "telephone | 01632 960333 | Mo-Fr"}
    two = try_approve(database, one, Approval(edits=theirs), second).waiting_id
    assert two is not None
    asked = Approval(checks=(Check("contact_routes", "telephone", OLD_NUMBER),))
    with pytest.raises(RuleBroken, match="somebody else"):
        try_approve(database, two, asked, first)
    assert try_approve(database, two, asked, third).service_id == number


def test_nor_what_another_wrote_over_hers_while_it_waited(database: Database) -> None:
    (first, second, third), number = _moderators(database, 3), make_listing(database)

    def ask(by: int, routes: str) -> int:
        with database.transaction() as session:
            proposal = Proposal(number, None, {"contact_routes": routes}, source="moderator")
            done = propose(session, proposal, TablePlaces(), by=moderator(by), now=now_utc())
        assert done.waiting_id is not None
        return done.waiting_id

    ask(first, "telephone | 01632 960333 | Mo-Fr 09:00-17:00 | Ask for the manager")
    ask(second, "telephone | 01632 960333 | Mo-Fr 09:00-17:00 | Ask for the duty worker")
    waiting = ask(second, "telephone | 01632 960333 | Mo-Fr 09:00-17:00")
    asked = Approval(checks=(Check("contact_routes", "telephone", OLD_NUMBER),))
    for by in (first, second):
        with pytest.raises(RuleBroken, match="somebody else"):
            try_approve(database, waiting, asked, by)
    assert try_approve(database, waiting, asked, third).service_id == number


def test_a_page_from_before_anothers_correction_undoes_nothing(database: Database) -> None:
    first, second = _moderators(database, 2)
    was = new_cells()
    change_id = make_change(database, None, was)
    right = "telephone | 01632 960444"
    try_approve(database, change_id, Approval(edits={"contact_routes": right}, asked=was), first)
    with pytest.raises(ChangedMeanwhile) as clash:
        stale = Approval(checks=BY_REGISTER, inclusion=all_yes(), asked=was)
        try_approve(database, change_id, stale, second)
    assert list(clash.value.columns) == ["contact_routes"]
    with database.reading() as session:
        assert session.get_one(ProposedChange, change_id).cells["contact_routes"] == right


def test_a_double_click_on_an_edit_is_one_edit(either_database: Database) -> None:
    (first,), number = _moderators(either_database, 1), make_listing(either_database)
    new = new_cells()
    new_id = make_change(either_database, None, new)
    edit = Approval(edits={"contact_routes": "telephone | 01632 960444"}, asked=new)
    for _click in range(2):
        assert try_approve(either_database, new_id, edit, first) == Approved(None, new_id)
    asked = {"contact_routes": "telephone | 01632 960222"}
    change_id = make_change(either_database, number, asked)
    edit = Approval(edits={"contact_routes": "telephone | 01632 960333"}, asked=asked)
    clicks = [try_approve(either_database, change_id, edit, first) for _click in range(2)]
    assert clicks[0] == clicks[1] and clicks[0].waiting_id is not None
    assert state_of(either_database, change_id) == "approved"


def test_on_her_page_too_what_another_corrected_stands_and_a_second_press_is_no_error(
    own_app: Flask, stored: Database, moderator_id: int, second_id: int
) -> None:
    change_id = make_change(stored, None, new_cells())
    one, two = signed_in(own_app, moderator_id), signed_in(own_app, second_id)
    url = f"/moderation/changes/{change_id}"
    fresh, stale = (fields_of(client.get(url).text) for client in (one, two))
    fresh["edit-contact_routes"] = ["telephone | 01632 960444"]
    for _press in range(2):
        answer = one.post(f"{url}/approve", data=fresh)
        assert answer.status_code == 303 and answer.headers["Location"].endswith("done=waits")
    stale["edit-description"] = ["We listen to adults."]
    answer = two.post(f"{url}/approve", data=stale)
    assert answer.status_code == 409
    again = {name: value.strip() for name, (value, *_more) in fields_of(answer.text).items()}
    assert again["edit-contact_routes"] == again["asked-contact_routes"] == "telephone | 01632 960444"
    assert again["edit-description"] == "We listen to adults."
    with stored.reading() as session:
        cells = session.get_one(ProposedChange, change_id).cells
    assert "960444" in cells["contact_routes"] and cells["description"] != "We listen to adults."


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("locations", "town | Peterborough | | Emily, NHS number 943 476 5919, date of birth 3 May 2014"),
        ("contact_routes", "walk-in | ask for 943/476/5919"),
        ("alternate_name", "Emily, b. 3.4.2011"),
    ],
)
def test_nothing_of_one_persons_case_is_written_into_any_cell(
    database: Database, column: str, cell: str
) -> None:
    (second,), number = _moderators(database, 1), make_listing(database)
    change_id = make_change(database, number, {"description": "We listen."})
    with pytest.raises(ChangeRefused) as refused:
        try_approve(database, change_id, Approval(edits={column: cell}), second)
    assert [one.column for one in refused.value.problems] == [column]
    assert state_of(database, change_id) == "waiting"
    # Nor is it proposed, whichever way it comes.
    asked = Proposal(number, None, {column: cell}, source="moderator")
    with pytest.raises(ChangeRefused), database.transaction() as session:
        propose(
            session, asked, TablePlaces(), by=Actor(second, "moderator", is_moderator=True), now=now_utc()
        )
