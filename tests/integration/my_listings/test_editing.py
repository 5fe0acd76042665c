"""Edit, check, send: what is written stays, is sent once, and two people never overwrite each other."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update

from directory.config import Settings
from directory.models.proposed_change import ProposedChange
from directory.models.sign_in import SignIn
from tests.accounts import make_account, signed_in
from tests.integration.my_listings.conftest import own_site
from tests.integration.my_listings.people import Place, fields_of, held, send_page, words_of

NOTE = {"waiting_note": "About two months."}


@pytest.fixture
def own_app(either_settings: Settings) -> Flask:
    return own_site(either_settings)


def test_a_page_is_saved_checked_and_sent_and_a_second_press_makes_no_second_change(place: Place) -> None:
    place.give_standing()
    assert send_page(place.owner, place.path("edit/waiting"), waiting_weeks="8").status_code == 303
    assert send_page(place.owner, place.path("edit/what"), description="Talking.").status_code == 303
    fields = {
        "contact_routes-0-value": "01632 960222",
        "contact_routes-1-kind": "email",
        "contact_routes-1-value": "hello@example.org",
    }
    added = place.owner.post(
        place.path("edit/reach"),
        data={**fields_of(place.owner.get(place.path("edit/reach")).text), "add": "contact_routes"},
    )
    assert added.status_code == 200 and "contact_routes-1-kind" in added.text
    assert (
        place.owner.post(place.path("edit/reach"), data={**fields_of(added.text), **fields}).status_code
        == 303
    )
    page = place.owner.get(place.path("check"))
    words = words_of(page.text)
    assert "Published at once" in words and "Waits for a second person" in words
    assert (
        "Telephone: 01632 960222; Monday to Friday 9am to 5pm" in words
        and "Email: hello@example.org" in words
    )
    sent = fields_of(page.text, "/check")
    for _press in range(2):
        assert place.owner.post(place.path("check"), data=sent).status_code == 303
    assert [(one.state, set(one.cells)) for one in place.changes("published", "waiting", "draft")] == [
        ("published", {"waiting_weeks", "description"}),
        ("waiting", {"contact_routes"}),
    ]
    cells = place.cells()
    assert (cells["waiting_weeks"], cells["description"]) == ("8", "Talking.")
    assert "960001" in cells["contact_routes"]
    overview = words_of(place.owner.get("/my-listings").text)
    assert "Waiting Ways to reach it since" in overview and "since today" in overview


def test_saving_twice_saves_once_and_putting_it_back_leaves_no_draft_to_send(place: Place) -> None:
    fields = {**fields_of(place.owner.get(place.path("edit/waiting")).text), **NOTE}
    for _press in range(2):
        assert place.owner.post(place.path("edit/waiting"), data=fields).status_code == 303
    (draft,) = place.changes("draft")
    assert (draft.cells, draft.base, draft.round) == (NOTE, {"waiting_note": ""}, 1)
    send_page(place.owner, place.path("edit/waiting"), waiting_note="")
    assert held(place) == {}
    assert place.owner.get(place.path("check")).status_code == 303


def test_the_second_of_two_editors_sees_both_answers_and_chooses(place: Place) -> None:
    other = signed_in(place.app, make_account(place.database, editor_of=[place.organisation_id]))
    opened = fields_of(other.get(place.path("edit/waiting")).text)
    send_page(place.owner, place.path("edit/waiting"), waiting_note="About a month.", waiting_weeks="4")
    clash = other.post(place.path("edit/waiting"), data={**opened, **NOTE, "capacity_per_year": "50"})
    assert clash.status_code == 409
    assert "Theirs: About a month." in words_of(clash.text) and "Yours: About two months." in words_of(
        clash.text
    )
    assert held(place)["waiting_note"] == "About a month."
    chosen = fields_of(clash.text, "/choose")
    unsaid = other.post(place.path("edit/waiting/choose"), data=chosen)
    assert unsaid.status_code == 400 and "Choose which answer stands" in unsaid.text
    answer = other.post(
        place.path("edit/waiting/choose"),
        data={**fields_of(unsaid.text, "/choose"), "choose-waiting_note": "mine"},
    )
    assert answer.status_code == 303
    # What only the other one had answered stands, and so does what only this one had.
    assert held(place) == {
        "waiting_note": "About two months.",
        "waiting_weeks": "4",
        "capacity_per_year": "50",
    }


def test_a_listing_that_changed_before_the_draft_is_sent_shows_both(place: Place) -> None:
    place.give_standing()
    send_page(place.owner, place.path("edit/waiting"), **NOTE)
    staff = signed_in(place.app, make_account(place.database, roles=["moderator"]))
    send_page(staff, place.path("edit/waiting"), waiting_note="None.")
    staff.post(place.path("check"))
    assert place.cells()["waiting_note"] == "None."
    clash = place.owner.post(place.path("check"))
    assert clash.status_code == 409 and "Theirs: None." in words_of(clash.text)
    chosen = {**fields_of(clash.text, "/choose"), "choose-waiting_note": "mine"}
    assert place.owner.post(place.path("check/choose"), data=chosen).status_code == 303
    assert place.owner.post(place.path("check")).status_code == 303
    assert place.cells()["waiting_note"] == NOTE["waiting_note"]


def test_a_session_that_ends_in_the_middle_loses_nothing(place: Place) -> None:
    fields = {**fields_of(place.owner.get(place.path("edit/waiting")).text), **NOTE}
    with place.database.transaction() as session:
        session.execute(update(SignIn).values(ended_at=SignIn.started_at))
    answer = place.owner.post(place.path("edit/waiting"), data=fields)
    assert answer.status_code == 401
    kept = fields_of(answer.text, place.path("edit/waiting"))
    assert kept["waiting_note"] == ["About two months."]
    with place.database.transaction() as session:
        session.execute(update(SignIn).values(ended_at=None))
    assert place.owner.post(place.path("edit/waiting"), data=kept).status_code == 303
    assert held(place) == NOTE


def test_a_change_sent_back_comes_again_with_its_reasons_and_a_waiting_one_can_be_taken_back(
    place: Place,
) -> None:
    send_page(place.owner, place.path("edit/waiting"), **NOTE)
    place.owner.post(place.path("check"))
    (waiting,) = place.changes("waiting")
    with place.database.transaction() as session:
        session.execute(update(ProposedChange).values(state="sent back", decided_words="Say as of when."))
    assert "Say as of when." in place.owner.get("/my-listings").text
    for _press in range(2):
        answer = place.owner.post(f"/my-listings/changes/{waiting.id}/again")
        assert answer.status_code == 303 and answer.location.endswith(place.path("edit"))
    assert "Say as of when." in place.owner.get(place.path("edit")).text
    assert "Say as of when." in place.owner.get(place.path("check")).text
    send_page(place.owner, place.path("edit/waiting"), **{"waiting_as_at-year": "2026"})
    place.owner.post(place.path("check"))
    (again,) = place.changes("waiting")
    assert again.cells == {**NOTE, "waiting_as_at": "2026"}
    for _press in range(2):
        assert place.owner.post(f"/my-listings/changes/{again.id}/withdraw").status_code == 303
    assert place.changes("waiting", "draft") == []
    assert place.cells()["waiting_note"] == ""


def test_what_is_deleted_before_it_is_sent_is_gone(place: Place) -> None:
    send_page(place.owner, place.path("edit/waiting"), **NOTE)
    assert place.owner.post(place.path("edit/throw-away")).status_code == 303
    assert place.changes() == []


@pytest.mark.parametrize(
    "was", ["", "nonsense", "[]", '{"waiting_note": 3}', "[" * 5000, '{"waiting_as_at": "x-y-z-z"}']
)
def test_a_page_that_does_not_say_what_it_was_shown_with_saves_all_the_same(place: Place, was: str) -> None:
    answer = send_page(place.owner, place.path("edit/waiting"), was=was, **NOTE)
    assert answer.status_code in {303, 409}
    if answer.status_code == 303:
        assert held(place) == NOTE
