"""What was refused or sent back can be answered by the organisation; staff neither take it back nor confirm for it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.actions.actor import Actor
from directory.actions.changes.decide import refuse, send_back
from directory.models.confirmation import Confirmation
from directory.reference.hours import now_utc
from tests.accounts import make_account, signed_in
from tests.integration.my_listings.people import Place, send_page, words_of


def sent(client: FlaskClient, place: Place) -> int:
    send_page(client, place.path("edit/waiting"), waiting_note="About a month.")
    client.post(place.path("check"))
    return place.changes("waiting")[-1].id


def staff_of(place: Place) -> FlaskClient:
    return signed_in(place.app, make_account(place.database, title="duty officer", roles=["moderator"]))


@pytest.mark.parametrize("decide", [refuse, send_back])
def test_reasons_stand_in_my_listings_with_the_way_to_answer_them(place: Place, decide: object) -> None:
    change_id = sent(place.owner, place)
    by = Actor(make_account(place.database, roles=["moderator"]), "moderator", is_moderator=True)
    with place.database.transaction() as session:
        decide(session, change_id, "Say since when.", by=by, now=now_utc())  # type: ignore[operator]  # one of the two
    page = place.owner.get("/my-listings").text
    answers = f"/moderation/changes/{change_id}/mine"
    assert "Say since when." in words_of(page) and f'href="{answers}"' in page
    assert "Send the answer" in place.owner.get(answers).text
    assert answers not in staff_of(place).get(f"/my-listings?organisation={place.organisation_id}").text
    place.owner.post(f"/moderation/changes/{change_id}/answer", data={"words": "Since May."})
    assert place.changes("waiting")[0].id == change_id


def test_staff_neither_take_back_nor_take_up_what_an_organisation_has_sent(place: Place) -> None:
    change_id, staff = sent(place.owner, place), staff_of(place)
    assert (
        f"/changes/{change_id}/" not in staff.get(f"/my-listings?organisation={place.organisation_id}").text
    )
    for act in ("withdraw", "again"):
        assert staff.post(f"/my-listings/changes/{change_id}/{act}").status_code == 404
    assert [one.state for one in place.changes()] == ["waiting"]
    assert place.owner.post(f"/my-listings/changes/{change_id}/withdraw").status_code == 303
    (gone,) = place.changes("withdrawn")
    assert gone.decided_at is not None
    own = sent(staff, place)
    assert staff.post(f"/my-listings/changes/{own}/withdraw").status_code == 303
    assert len(place.changes("withdrawn")) == 2


def test_what_a_moderator_asked_for_is_answered_by_the_organisation_and_never_taken_back(
    place: Place,
) -> None:
    staff = staff_of(place)
    change_id = sent(staff, place)
    mine = f"/moderation/changes/{change_id}/mine"
    page = words_of(place.owner.get(mine).text)
    assert "A moderator asked for this. If it is wrong, send what it should be" in page
    assert "Take it back" not in page
    assert f"changes/{change_id}/withdraw" not in place.owner.get("/my-listings").text
    refused = place.owner.post(f"/moderation/changes/{change_id}/withdraw")
    assert refused.status_code == 403 and "Only whoever sent it takes it back." in words_of(refused.text)
    back = place.owner.post(f"/my-listings/changes/{change_id}/withdraw")
    assert "Only whoever sent it takes it back." in words_of(place.owner.get(back.location).text)
    assert [one.state for one in place.changes()] == ["waiting"]
    by = Actor(make_account(place.database, roles=["moderator"]), "moderator", is_moderator=True)
    with place.database.transaction() as session:
        send_back(session, change_id, "Say since when.", by=by, now=now_utc())
    sent_back = words_of(place.owner.get(mine).text)
    assert "A moderator asked for this." in sent_back and "both are then shown" not in sent_back
    overview = place.owner.get("/my-listings").text
    assert f'href="{mine}"' in overview and f"changes/{change_id}/again" not in overview
    answered = place.owner.post(f"/moderation/changes/{change_id}/answer", data={"words": "Since May."})
    assert answered.status_code == 303 and [one.state for one in place.changes()] == ["waiting"]
    assert "Take it back" in words_of(staff.get(mine).text)
    assert staff.post(f"/moderation/changes/{change_id}/withdraw").status_code == 303
    assert [one.state for one in place.changes()] == ["withdrawn"]


def test_a_colleague_takes_back_what_the_organisation_itself_asked_for(place: Place) -> None:
    change_id = sent(place.owner, place)
    colleague = signed_in(place.app, make_account(place.database, editor_of=[place.organisation_id]))
    assert colleague.post(f"/moderation/changes/{change_id}/withdraw").status_code == 303
    assert [one.state for one in place.changes()] == ["withdrawn"]


def test_staff_confirm_nothing_without_ringing(place: Place) -> None:
    staff = staff_of(place)
    page = staff.get(f"/my-listings?organisation={place.organisation_id}").text
    assert "Everything is still right" not in page
    answer = staff.post("/my-listings/confirm", data={"id": place.service_id})
    assert answer.location == "/moderation/calls"
    with place.database.reading() as session:
        assert session.scalars(select(Confirmation.id)).all() == []


def test_whoever_looks_next_sees_why_it_was_sent_back_before(place: Place) -> None:
    first = sent(place.owner, place)
    by = Actor(make_account(place.database, roles=["moderator"]), "moderator", is_moderator=True)
    with place.database.transaction() as session:
        send_back(session, first, "Say since when.", by=by, now=now_utc())
    for _press in range(2):
        again = place.owner.post(f"/my-listings/changes/{first}/again")
        assert again.status_code == 303 and again.location == place.path("edit")
    second = sent_as(place, "Since May.")
    page = words_of(staff_of(place).get(f"/moderation/changes/{second}").text)
    assert "Sent back before, on" in page and "Say since when." in page
    old = words_of(staff_of(place).get(f"/moderation/changes/{first}").text)
    assert "Sent back on" in old and "taken up again" in old and "Say since when." in old
    assert "you took it up again" in words_of(place.owner.get(f"/moderation/changes/{first}/mine").text)


def sent_as(place: Place, note: str) -> int:
    send_page(place.owner, place.path("edit/waiting"), waiting_note=note)
    place.owner.post(place.path("check"))
    return place.changes("waiting")[-1].id
