"""Figures of access in words: each with its unit, none rounded to nothing, and none left without its reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from directory.matrix.bands import Band
from directory.matrix.country_access import Counted, RemoteAccess, Score
from directory.matrix.supply import Unit
from directory.web.access_words import (
    band_words,
    compared_words,
    distance_words,
    hours_words,
    part_words,
    percent_words,
    services_words,
    share_words,
)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0%"),
        (0.0001, "less than 1%"),
        (0.006, "1%"),
        (0.5, "50%"),
        (0.994, "99%"),
        (0.9999, "more than 99%"),
        (1 - 1e-12, "100%"),
        (1, "100%"),
    ],
)
def test_some_are_never_nought_and_not_all_are_never_a_hundred(share: float, words: str) -> None:
    assert percent_words(share) == words


@pytest.mark.parametrize(
    ("score", "group", "words"),
    [
        (Score(1 / 183_000, Unit.SERVICES, 0), "G2", "1 service for 180,000 children"),
        (Score(1 / 183_000, Unit.SERVICES, 0), "G4", "1 service for 180,000 adults"),
        (Score(1 / 47.4, Unit.PLACES_A_YEAR, 0), "G3", "1 place a year for 47 children"),
        (Score(1 / 3.2, Unit.PLACES_A_YEAR, 0), "G9", "1 place a year for 3 adults"),
        (Score(40, Unit.PLACES_A_YEAR, 0), "G9", "1 place a year for 1 adult"),
        (Score(1 / 49_002_647, Unit.SERVICES, 0), "G8", "1 service for 49,000,000 adults"),
        (Score(0, Unit.SERVICES, 0), "G4", "None in reach"),
    ],
)
def test_a_score_is_told_as_how_many_share_one_and_of_what(score: Score, group: str, words: str) -> None:
    assert share_words(score, group) == words


@pytest.mark.parametrize(
    ("own", "middle", "words"),
    [
        (0, 0, "The same: none in reach"),
        (0, 1e-4, "Less here. In the middle: 1 service for 10,000 adults"),
        (1e-4, 0, "More here. In the middle: None in reach"),
        (1e-4, 1.05e-4, "About the same: 1 service for 9,500 adults"),
        (1e-4, 2e-4, "Less here. In the middle: 1 service for 5,000 adults"),
        (2e-4, 1e-4, "More here. In the middle: 1 service for 10,000 adults"),
    ],
)
def test_less_is_less_support_and_not_fewer_people(own: float, middle: float, words: str) -> None:
    assert compared_words(Score(own, Unit.SERVICES, middle), "G4") == words


@pytest.mark.parametrize(
    ("shared", "words"),
    [
        (0.0, ()),
        (2e-4, ("All of it from places not known or kept private",)),
        (5e-5, ("25% of it from places not known or kept private",)),
        (1e-9, ("less than 1% of it from places not known or kept private",)),
    ],
)
def test_what_comes_from_places_not_known_is_told(shared: float, words: tuple[str, ...]) -> None:
    assert part_words(Score(2e-4, Unit.SERVICES, 0), shared) == words


def test_services_that_may_help_stand_beside_those_that_count() -> None:
    assert services_words(Counted(0, 0, 0, 5)) == ("None listed",)
    assert services_words(Counted(3, 1, 2, 5)) == (
        "3",
        "1 of them takes only some people from here",
        "2 more may help, and are not counted",
    )


def test_no_distance_is_no_words_and_a_short_one_is_a_mile() -> None:
    assert distance_words(None, []) == ()
    assert distance_words(0.2, [1, 1, 1]) == ("about 1 mile", "100%", "100%", "100%")
    assert distance_words(29.2, [0, 0, 0.7]) == ("about 18 miles", "0%", "0%", "70%")


@pytest.mark.parametrize(
    ("services", "known", "late", "words"),
    [
        (0, 0, 0, "None listed"),
        (2, 0, 0, "Hours not known"),
        (2, 2, 1, "1 is open in the evening or at a weekend"),
        (5, 2, 2, "2 are open in the evening or at a weekend. The hours of 3 are not known"),
    ],
)
def test_hours_of_lines_are_told_as_far_as_they_are_known(
    services: int, known: int, late: int, words: str
) -> None:
    line = RemoteAccess("G4.2", None, Counted(services, 0, 0, services), known, late)
    assert hours_words(line) == words


def test_a_band_is_told_in_both_measures() -> None:
    assert band_words(Band(20, 1, "", "")) == "Up to 20 km (12.4 miles) away: a place counts 100%"
    assert band_words(Band(0.5, 0.68, "", "")) == "Up to 0.5 km (0.3 miles) away: a place counts 68%"
