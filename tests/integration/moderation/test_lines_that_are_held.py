"""A number that is held everywhere stands on no page, also where no listing is its source."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import TimeoutError as PoolTimeout

from directory.actions.actor import Actor
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.db import Database
from directory.reference.front_doors import front_doors
from directory.reference.help_lines import help_lines
from directory.reference.hours import now_utc
from tests.builders import make_listing
from tests.integration.moderation.public_ways import WAYS, text_of

# Hartlepool, whose children's services have a number for the day and one for nights.
PLACE = "E06000001"
COUNCIL = front_doors()[PLACE]
NAMED_IN_SENTENCES = ("childline", "nspcc", "samaritans", "stop-it-now", "napac")
WITH_SENTENCES = (
    "/nothing-is-here",
    f"/find/results?at={PLACE}",
    f"/find/results?at={PLACE}&without_speaking=yes",
    f"/gaps/{PLACE}",
    f"/gaps/{PLACE}/plain",
    f"/matrix/{PLACE}/need",
)
MODERATOR = Actor(None, "moderator", is_moderator=True)


@pytest.fixture
def numbers() -> list[str]:
    """Of lines named in sentences, and of a council."""
    lines = {line.code: line for line in help_lines()}
    found = [
        next(route.value for route in lines[code].routes if route.kind == "telephone")
        for code in NAMED_IN_SENTENCES
    ]
    return [*found, "help@nspcc.org.uk", "85258", COUNCIL.telephone, COUNCIL.out_of_hours]


def test_a_number_held_everywhere_is_in_no_sentence_and_beside_no_council(
    own_app: Flask, stored: Database, numbers: list[str]
) -> None:
    service = make_listing(stored)
    visitor = own_app.test_client()
    urls = [*WITH_SENTENCES, f"/services/{service}/manage", f"/services/{service}/correct"]
    urls += [url for ways in WAYS.values() for url in ways if "{" not in url]
    shown = _shown(visitor, urls, numbers)
    assert shown == set(numbers), "It was never there"
    with stored.transaction() as session:
        for number in numbers:
            asked = HoldAsked("route", number, "it may be wrong", is_everywhere=True)
            place_hold(session, service, asked, by=MODERATOR, now=now_utc())
    assert _shown(visitor, urls, numbers) == set()
    assert "We do not yet hold this council’s number." in visitor.get(f"/find/results?at={PLACE}").text


def test_whom_to_call_in_scotland_leaves_out_a_number_that_is_held(own_app: Flask, stored: Database) -> None:
    service, visitor = make_listing(stored), own_app.test_client()
    number = "08088 01 03 02"
    assert number in visitor.post("/find", data={"place": "Glasgow"}).text
    with stored.transaction() as session:
        asked = HoldAsked("route", number, "it may be wrong", is_everywhere=True)
        place_hold(session, service, asked, by=MODERATOR, now=now_utc())
    page = visitor.post("/find", data={"place": "Glasgow"}).text
    assert number not in page and "Rape Crisis Scotland" in page


def test_whom_to_call_in_guernsey_leaves_out_what_is_held_in_a_sentence_too_and_says_so(
    own_app: Flask, stored: Database
) -> None:
    service, visitor = make_listing(stored), own_app.test_client()
    numbers = ("01481 223182", "01481 222222")

    def page() -> str:
        return visitor.post("/find", data={"place": "GY1 1AA"}).text

    before = page()
    assert all(number in before for number in numbers) and "being checked" not in before
    with stored.transaction() as session:
        for number in numbers:
            asked = HoldAsked("route", number, "it may be wrong", is_everywhere=True)
            place_hold(session, service, asked, by=MODERATOR, now=now_utc())
    after = page()
    assert not [number for number in numbers if number in after]
    assert "Multi Agency Support Hub" in after and after.count("A number of it is being checked.") == 1


def test_a_page_that_says_that_the_database_is_out_of_reach_does_not_wait_for_it_again(
    own_app: Flask, stored: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, visitor = make_listing(stored), own_app.test_client()
    with stored.transaction() as session:
        asked = HoldAsked("route", "0800 1111", "it may be wrong", is_everywhere=True)
        place_hold(session, service, asked, by=MODERATOR, now=now_utc())
    assert "0800 1111" not in visitor.get("/nothing-is-here").text
    asked_for = []

    def full(*_what: object, **_how: object) -> None:
        asked_for.append(1)
        raise PoolTimeout

    monkeypatch.setattr(stored, "reading", full)
    answer = visitor.get(f"/services/{service}")
    assert answer.status_code == 503 and len(asked_for) == 1
    assert "116 123" in answer.text and "0800 1111" not in answer.text


def _shown(visitor: FlaskClient, urls: list[str], numbers: list[str]) -> set[str]:
    texts = [re.sub(r"\s+", " ", text_of(visitor, url)) for url in urls]
    return {number for number in numbers if any(number in text for text in texts)}
