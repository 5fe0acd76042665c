"""Confirm, the waiting list, closed for now, a new service, what it fills and what it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import func, select

from directory.config import Settings
from directory.models.audit import AuditEntry
from directory.models.confirmation import Confirmation
from directory.reference.hours import today_in_london
from tests.accounts import make_account, signed_in
from tests.builders import make_listing
from tests.integration.my_listings.conftest import own_site
from tests.integration.my_listings.people import Place, fields_of, send_page, words_of


@pytest.fixture
def own_app(either_settings: Settings) -> Flask:
    return own_site(either_settings)


def test_all_that_are_ticked_are_confirmed_at_once_by_an_editor_and_it_is_written_down(place: Place) -> None:
    other = make_listing(place.database, name="Example Service B")
    unticked = make_listing(place.database, name="Example Service C")
    editor = signed_in(
        place.app, make_account(place.database, title="administrator", editor_of=[place.organisation_id])
    )
    answer = editor.post(
        "/my-listings/confirm", data={"id": [place.service_id, other]}, follow_redirects=True
    )
    assert "2 listings are confirmed" in answer.text
    with place.database.reading() as session:
        said = session.execute(
            select(Confirmation.service_id, Confirmation.role, Confirmation.confirmed_on)
        ).all()
        acts = session.scalars(select(AuditEntry.about_id).where(AuditEntry.act == "confirm listing")).all()
    today = today_in_london()
    assert sorted(said) == [(place.service_id, "administrator", today), (other, "administrator", today)]
    assert sorted(filter(None, acts)) == [place.service_id, other] and unticked not in acts
    words = words_of(editor.get("/my-listings").text)
    assert "That counts until" in words and "Nobody at the service has confirmed it yet" in words


def test_each_listing_has_a_button_that_confirms_it_alone(place: Place) -> None:
    other = make_listing(place.database, name="Example Service B")
    page = html.document_fromstring(place.owner.get("/my-listings").text)
    forms = [
        form for form in page.forms if form.get("action") == "/my-listings/confirm" and form.fields.get("id")
    ]
    assert [form.fields["id"] for form in forms] == [str(place.service_id), str(other)]
    assert place.owner.post(forms[1].get("action"), data=dict(forms[1].form_values())).status_code == 303
    with place.database.reading() as session:
        assert session.scalars(select(Confirmation.service_id)).all() == [other]


def test_nothing_ticked_confirms_nothing(place: Place) -> None:
    answer = place.owner.post("/my-listings/confirm", follow_redirects=True)
    assert "Tick the listings" in answer.text
    with place.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Confirmation)) == 0


def test_the_waiting_list_is_changed_as_of_today_and_once(place: Place) -> None:
    place.give_standing()
    for _press in range(2):
        assert (
            send_page(place.owner, place.path("waiting"), waiting_list="open", waiting_weeks="12").status_code
            == 303
        )
    cells = place.cells()
    assert (cells["waiting_list"], cells["waiting_weeks"]) == ("open", "12")
    assert cells["waiting_as_at"] == today_in_london().isoformat()
    assert len(place.changes("published")) == 1


def test_without_standing_it_waits_once_however_often_it_is_pressed(place: Place) -> None:
    for _press in range(2):
        answer = send_page(place.owner, place.path("waiting"), waiting_list="closed")
        assert answer.status_code == 303
    assert len(place.changes("waiting")) == 1
    assert "Your" not in place.cells()["waiting_list"]


@pytest.mark.parametrize("weeks", ["many", "-1", "9999", "²"])
def test_weeks_that_are_no_number_are_told(place: Place, weeks: str) -> None:
    answer = send_page(place.owner, place.path("waiting"), waiting_weeks=weeks)
    assert answer.status_code == 400 and "There is a problem" in answer.text


def test_closed_until_a_day_is_shown_to_families_and_taken_back(place: Place) -> None:
    place.give_standing()
    send_page(place.owner, place.path("edit/waiting"), waiting_note="Ask us.")
    place.owner.post(place.path("check"))
    until = today_in_london() + timedelta(days=40)
    day = {"day": str(until.day), "month": str(until.month), "year": str(until.year)}
    for _press in range(2):
        assert place.owner.post(place.path("closed"), data=day).status_code == 303
    words = f"Closed until {until.day} {until:%B} {until.year}."
    cells = place.cells()
    assert (cells["status"], cells["waiting_note"]) == ("temporarily closed", f"{words} Ask us.")
    public = words_of(place.app.test_client().get(f"/services/{place.service_id}").text)
    assert f"This service is closed for now. {words}" in public
    assert "We do not know when" not in public
    assert place.owner.post(place.path("open-again")).status_code == 303
    cells = place.cells()
    assert (cells["status"], cells["waiting_note"]) == ("active", "Ask us.")
    history = words_of(place.owner.get(place.path("history")).text)
    assert "Temporarily closed" in history and "Before: Active" in history


@pytest.mark.parametrize(
    "typed",
    [{}, {"day": "31", "month": "2", "year": "2027"}, {"day": "1", "month": "1", "year": "2020"},
     {"day": "1", "month": "1", "year": "2090"}, {"day": "x", "month": "²", "year": "99999999999"}],
)  # fmt: skip
def test_a_day_that_cannot_be_is_told_and_kept(place: Place, typed: dict[str, str]) -> None:
    answer = place.owner.post(place.path("closed"), data=typed)
    assert answer.status_code == 400 and "There is a problem" in answer.text
    assert all(f'value="{value}"' in answer.text for value in typed.values())
    assert place.cells()["status"] == "active"


def test_a_new_service_is_written_page_by_page_and_sent_once(place: Place) -> None:
    start = f"/my-listings/{place.organisation_id}/new"
    first, second = place.owner.post(start), place.owner.post(start)
    assert first.location == second.location
    at = first.location
    empty = words_of(place.owner.get(f"{at}/check").text)
    assert "It is needed, and nothing is said yet." in empty and "cell is blank" not in empty
    send_page(place.owner, f"{at}/what", name="Example Service New", description="Talking.")
    send_page(place.owner, f"{at}/who", groups=["G4"])
    send_page(place.owner, f"{at}/offers", support_types=["G4.6"])
    send_page(place.owner, f"{at}/reach", **{
        "contact_routes-0-kind": "telephone", "contact_routes-0-value": "01632 960001",
    })  # fmt: skip
    refused = send_page(place.owner, f"{at}/evidence", free="born on 3 May 2014")
    assert refused.status_code == 400
    assert send_page(place.owner, f"{at}/evidence", free="Our page says so.").status_code == 303
    page = place.owner.get(f"{at}/check")
    assert "the same number, address or page to reach it" in words_of(page.text)
    sent = fields_of(page.text, "/check")
    for _press in range(2):
        assert place.owner.post(f"{at}/check", data=sent).status_code == 303
    (change,) = place.changes("waiting", "draft")
    assert (change.state, change.kind, change.organisation_id) == ("waiting", "new", place.organisation_id)
    assert change.words == "free: Our page says so."
    assert change.cells["organisation"] == "Example Organisation" and "listing" not in change.cells
    assert "waits for a moderator" in words_of(place.owner.get("/my-listings").text)


def test_what_it_fills_says_what_would_fill_more(place: Place) -> None:
    words = words_of(place.owner.get(place.path("cells")).text)
    assert "Confirm that the listing is right: 2 cells" in words
    assert "Say whether you help in person, by phone or online, or both: 2 cells" in words
    assert "Not yet confirmed by the service" in words and "Peterborough" in words
    hidden = make_listing(place.database, name="Example Service H", listing="needs checking")
    assert "It fills nothing now" in words_of(place.owner.get(f"/my-listings/{hidden}/cells").text)


def test_nothing_ticked_is_a_problem_and_not_done(place: Place) -> None:
    place.owner.post("/my-listings/confirm")
    said = words_of(place.owner.get("/my-listings").text)
    assert "There is a problem Nothing was ticked." in said and "Done Nothing" not in said


def test_whoever_looks_after_a_listing_is_led_from_its_page_to_edit_it(place: Place) -> None:
    address = f"/services/{place.service_id}"
    theirs, anyones = place.owner.get(address).text, place.app.test_client().get(address).text
    assert "Edit this listing" in theirs and "Ask to manage" not in theirs
    assert "Ask to manage" in anyones and "Edit this listing" not in anyones
