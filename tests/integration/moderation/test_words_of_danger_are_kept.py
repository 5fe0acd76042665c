"""Words that read like danger reach the moderators whatever else is wrong, and whoever wrote them sees whom to call."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.actions import corrections
from directory.actions.accounts import ask
from directory.actions.actor import Actor
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.models.correction import Correction
from directory.models.membership import ManageRequest
from directory.reference.hours import now_utc
from directory.web import correct, words_of_danger
from tests.accounts import signed_in
from tests.builders import make_listing
from tests.integration.my_listings.people import words_of

HURT = "he is hurting me, I live at PE1 1QL"
RIGHT = {"title": "service manager", "email": "team@example.org"}
CALL = "in danger now, call 999"
FIRST = "Read this first: somebody may be in danger"


@pytest.fixture
def reader(own_app: Flask) -> FlaskClient:
    return own_app.test_client()


@pytest.fixture
def number(stored: Database) -> int:
    return make_listing(stored)


def kept(stored: Database) -> list[str | None]:
    with stored.reading() as session:
        return list(session.scalars(select(Correction.words).where(Correction.is_urgent)))


@pytest.mark.parametrize(
    "fields",
    [
        {**RIGHT, "words": HURT},
        {"title": "", "email": "", "words": HURT},
        {"title": "", "email": "nobody", "words": HURT + "." * 2_000},
        {"title": "", "email": "nobody", "words": "." * 2_000 + HURT},
        {"title": "he is hurting me", "email": "", "words": ""},
    ],
)
def test_a_request_that_is_refused_is_kept_first_and_the_page_begins_with_whom_to_call(
    own_app: Flask,
    reader: FlaskClient,
    stored: Database,
    moderator_id: int,
    number: int,
    fields: dict[str, str],
) -> None:
    for _press in range(2):
        answer = reader.post(f"/services/{number}/manage", data=fields)
        words = words_of(answer.text)
        assert answer.status_code == 400
        assert words.index(CALL) < words.rindex("There is a problem")
        assert "0800 1111" in words
    (said,) = kept(stored)
    assert said is not None and "hurting me" in said
    assert FIRST in signed_in(own_app, moderator_id).get("/moderation").text


def test_words_of_every_day_that_are_refused_are_kept_nowhere(
    reader: FlaskClient, stored: Database, number: int
) -> None:
    fields = {**RIGHT, "words": "We moved to PE1 1QL."}
    assert reader.post(f"/services/{number}/manage", data=fields).status_code == 400
    assert reader.post(f"/services/{number}/correct", data={"words": "It has moved."}).status_code == 400
    assert kept(stored) == []


def test_no_flood_of_requests_and_no_request_that_waits_keeps_words_of_danger_out(
    reader: FlaskClient, stored: Database, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "WAITING_FOR_A_SERVICE", 1)
    page = f"/services/{number}/manage"
    assert reader.post(page, data={**RIGHT, "words": "I run it."}).status_code == 303
    assert reader.post(page, data={**RIGHT, "words": "my dad hits me"}).status_code == 303
    other = {**RIGHT, "email": "other@example.org", "words": "my dad hits my brother"}
    answer = reader.post(page, data=other)
    assert answer.status_code == 429 and CALL in words_of(answer.text)
    found = kept(stored)
    assert len(found) == 2 and "my dad hits me" in str(found[0]) and "my dad hits my brother" in str(found[1])
    with stored.reading() as session:
        assert len(session.scalars(select(ManageRequest.id)).all()) == 1


def test_after_a_request_was_taken_the_page_begins_with_whom_to_call(
    reader: FlaskClient, stored: Database, number: int
) -> None:
    answer = reader.post(
        f"/services/{number}/manage", data={**RIGHT, "words": "my dad hits me"}, follow_redirects=True
    )
    words = words_of(answer.text)
    assert answer.status_code == 200 and words.index(CALL) < words.index("Thank you", words.index(CALL))


def test_a_correction_without_a_choice_is_kept_and_the_page_begins_with_whom_to_call(
    reader: FlaskClient, stored: Database, number: int
) -> None:
    answer = reader.post(f"/services/{number}/correct", data={"words": HURT})
    assert answer.status_code == 400 and "We have kept what you wrote" in answer.text
    assert kept(stored) == [HURT]


def test_a_network_that_sent_too_much_is_still_heard_where_it_reads_like_danger(
    reader: FlaskClient, stored: Database, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (correct, words_of_danger):
        monkeypatch.setattr(place, "may_send", lambda *_what: False)
    page = f"/services/{number}/correct"
    assert reader.post(page, data={"about": "other", "words": "The door is red."}).status_code == 429
    assert reader.post(page, data={"about": "other", "words": HURT}).status_code == 303
    assert kept(stored) == [HURT]


def test_where_there_is_no_room_the_page_says_so_and_still_whom_to_call(
    reader: FlaskClient, stored: Database, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "URGENT_OPEN_MAX", 1)
    page = f"/services/{number}"
    assert reader.post(f"{page}/correct", data={"about": "other", "words": HURT}).status_code == 303
    other = "my dad hits me"
    fine = reader.post(f"{page}/correct", data={"about": "other", "words": other}, follow_redirects=True)
    wrong = reader.post(f"{page}/correct", data={"words": other})
    asked = reader.post(f"{page}/manage", data={**RIGHT, "title": "", "words": other})
    for answer in (fine, wrong, asked):
        words = words_of(answer.text)
        assert CALL in words and "0800 1111" in words
        assert "We have kept" not in words and "We have what you sent" not in words
    assert "no room for your words" in words_of(fine.text)
    assert kept(stored) == [HURT]


def test_one_machine_that_sends_hundreds_leaves_room_for_the_next_who_is_in_danger(
    own_settings: Settings, stored: Database, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "URGENT_OPEN_MAX", 80)
    flooded = create_app(replace(own_settings, rate_limits=True)).test_client()
    for place in range(50):
        about = {"about": "other"} if place % 2 else {}
        words = {"words": f"he is hurting me {place}"}
        assert flooded.post(f"/services/{number}/correct", data=about | words).status_code in {303, 400}
    assert len(kept(stored)) == 40
    answer = flooded.post(
        f"/services/{number}/correct",
        data={"words": HURT},
        environ_overrides={"REMOTE_ADDR": "192.0.2.7"},
    )
    assert "We have kept what you wrote" in answer.text and len(kept(stored)) == 41


def test_the_same_request_again_and_again_is_counted_too(
    own_settings: Settings, stored: Database, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "URGENT_OPEN_MAX", 70)
    flooded = create_app(replace(own_settings, rate_limits=True)).test_client()
    for place in range(45):
        fields = {**RIGHT, "words": f"he is hurting me {place}"}
        assert flooded.post(f"/services/{number}/manage", data=fields).status_code == 303
    assert len(kept(stored)) == 35


def test_words_on_the_page_of_a_listing_that_was_taken_down_meanwhile_are_kept(
    reader: FlaskClient, stored: Database, number: int
) -> None:
    with stored.transaction() as session:
        by = Actor(None, "moderator", is_moderator=True)
        place_hold(session, number, HoldAsked("listing", "", "It may be wrong."), by=by, now=now_utc())
    for fields in ({**RIGHT, "words": HURT}, {"words": HURT}):
        answer = reader.post(f"/services/{number}/manage", data=fields)
        assert answer.status_code == 404 and "0800 1111" in words_of(answer.text)
    assert [words.strip() for words in kept(stored) if words] == [f"service manager\n{HURT}", HURT]
    assert reader.post("/services/2147483647/manage", data={"words": HURT}).status_code == 404


def test_a_wrong_form_without_words_of_danger_waits_for_no_writer(
    reader: FlaskClient, stored: Database, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_what: object, **_how: object) -> None:
        raise AssertionError("a transaction was opened")

    monkeypatch.setattr(stored, "transaction", locked)
    fields = {**RIGHT, "title": "", "words": "We moved."}
    assert reader.post(f"/services/{number}/manage", data=fields).status_code == 400
    assert reader.post(f"/services/{number}/correct", data={"words": "It has moved."}).status_code == 400
