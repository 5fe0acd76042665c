"""A flood of messages makes neither the queue slow nor other messages disappear; what is written is about no person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from directory.actions import corrections
from directory.actions.actor import Actor
from directory.actions.changes.holds import HoldAsked, lift_hold, place_hold
from directory.actions.changes.restore import close_service
from directory.actions.corrections import close_correction, take_correction
from directory.db import Database
from directory.errors import RuleBroken
from directory.models.correction import Correction
from directory.queries.moderation import CORRECTIONS_ON_A_PAGE, corrections_of, queue
from directory.reference.hours import now_utc
from tests.accounts import make_account, signed_in
from tests.builders import TablePlaces, make_listing

CASE = "Jane was born on 3 May 2014."


def say(
    database: Database, number: int, words: str, minutes: int = 0, about: str = "other", **how: bool
) -> bool:
    with database.transaction() as session:
        now = now_utc() + timedelta(minutes=minutes)
        return take_correction(session, number, about, words, now=now, **how)


def test_urgent_messages_are_folded_too_and_no_flood_takes_the_room_of_the_others(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "URGENT_OPEN_MAX", 3)
    monkeypatch.setattr(corrections, "OPEN_MAX", 2)
    number = make_listing(database)
    for place in range(6):
        say(database, number, f"please help me {place}")
    for place in range(4):
        say(database, number, f"The door is red {place}")
    with database.reading() as session:
        query = select(Correction.is_urgent, func.count(), func.sum(Correction.times)).group_by(
            Correction.is_urgent
        )
        assert sorted(session.execute(query).all()) == [(False, 2, 4), (True, 3, 6)]


def test_whoever_has_sent_very_many_takes_half_of_the_room_and_is_told_what_is_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "URGENT_OPEN_MAX", 4)
    number = make_listing(database)
    told = [say(database, number, f"he hits me {place}", is_one_of_many=True) for place in range(4)]
    assert told == [True, True, False, False]
    assert say(database, number, "he hits me 0", is_one_of_many=True), "It is there already"
    assert [say(database, number, f"please help me {place}") for place in range(3)] == [True, True, False]


def test_all_listings_together_have_no_more_than_can_be_stored(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "IN_ALL_MAX", 2)
    first, second, third = (make_listing(database, name=f"Example Service {name}") for name in "ABC")
    assert [say(database, number, "he hits me") for number in (first, second, third)] == [True, True, False]
    assert say(database, third, "The door is red."), "Others are counted apart"
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Correction)) == 3


def test_the_queue_adds_messages_up_where_they_are_stored(either_database: Database) -> None:
    number, other = make_listing(either_database), make_listing(either_database, name="Example Service B")
    for place in range(5):
        say(either_database, number, f"It is shut {place}", place, about="closed")
    say(either_database, number, "he is hurting me", 9)
    say(either_database, other, "The number is wrong.", about="telephone")
    rows: list[int] = []
    with either_database.reading() as session:
        event.listen(session, "loaded_as_persistent", lambda *_each: rows.append(1))
        first, second = queue(session, "correction")
    assert (first.number, first.is_urgent, first.times, first.columns) == (
        number,
        True,
        6,
        ("closed", "other"),
    )
    assert (second.number, second.is_urgent, second.times) == (other, False, 1) and rows == []


def test_a_page_holds_no_more_than_it_can_show_the_urgent_first(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    number = make_listing(stored)
    for place in range(CORRECTIONS_ON_A_PAGE + 2):
        say(stored, number, f"It is shut {place}", place, about="closed")
    say(stored, number, "he is hurting me", 500)
    with stored.reading() as session:
        found, more = corrections_of(session, number)
    assert (len(found), more, found[0].is_urgent) == (CORRECTIONS_ON_A_PAGE, 3, True)
    page = signed_in(own_app, moderator_id).get(f"/moderation/corrections/{number}").text
    assert "3 more messages follow" in page


def test_reasons_that_tell_of_a_person_are_refused(database: Database) -> None:
    number = make_listing(database)
    first, second = (
        Actor(make_account(database, roles=["moderator"]), "moderator", is_moderator=True)
        for _each in range(2)
    )
    say(database, number, "The number is wrong.")
    with database.reading() as session:
        message = session.scalars(select(Correction.id)).one()
    with database.transaction() as session:
        asked = HoldAsked("route", "01632 960001", "Nobody answers.")
        hold = place_hold(session, number, asked, by=first, now=now_utc())

    def told(act: str) -> None:
        with database.transaction() as session:
            match act:
                case "hold":
                    place_hold(session, number, HoldAsked("listing", "", CASE), by=first, now=now_utc())
                case "lift":
                    lift_hold(session, hold, CASE, by=second, now=now_utc())
                case "correction":
                    close_correction(session, message, CASE, by=first, now=now_utc())
                case _:
                    close_service(session, number, CASE, TablePlaces(), by=first, now=now_utc())

    for act in ("hold", "lift", "correction", "close"):
        with pytest.raises(RuleBroken, match="date of birth"):
            told(act)
