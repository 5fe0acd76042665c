"""Hours, ages and places as a service's page says them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from directory.web.facts import clock_words, hours_words


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("24/7", "Any time, every day"),
        ("Mo-Fr 09:00-17:00", "Monday to Friday 9am to 5pm"),
        ("Mo-Fr 09:00-17:00; PH off", "Monday to Friday 9am to 5pm; bank holidays closed"),
        ("Mo-Th 10:00-21:00; Fr 10:00-18:00", "Monday to Thursday 10am to 9pm; Friday 10am to 6pm"),
        ("Mo,We 18:30-21:00", "Monday, Wednesday 6:30pm to 9pm"),
        ("Mo-Su 08:00-24:00", "Monday to Sunday 8am to midnight"),
        ("Sa 12:00-13:00", "Saturday midday to 1pm"),
        ("Tu 09:00-12:30,13:30-17:00", "Tuesday 9am to 12:30pm, 1:30pm to 5pm"),
    ],
)
def test_hours_are_said_as_people_say_them(expression: str, words: str) -> None:
    assert hours_words(expression) == words


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "midnight"),
        (0, 15, "12:15am"),
        (9, 0, "9am"),
        (12, 0, "midday"),
        (12, 30, "12:30pm"),
        (23, 59, "11:59pm"),
    ],
)
def test_a_time_is_said_on_a_clock_of_twelve_hours(hour: int, minute: int, words: str) -> None:
    assert clock_words(hour, minute) == words
