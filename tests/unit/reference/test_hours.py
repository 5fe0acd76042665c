"""Opening hours, worked out by hand from the calendar of England and Wales."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from directory.reference.hours import (
    BANK_HOLIDAYS,
    LONDON,
    check,
    is_open,
    opens_next,
    out_of_hours,
)


def london(text: str) -> datetime:
    """A moment in Europe/London: '2026-11-24 10:00'."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)


OFFICE = "Mo-Fr 09:00-17:00; PH off"
SILENT = "Mo-Fr 09:00-17:00"
NIGHTS = "Mo-Su 22:00-06:00"


@pytest.mark.parametrize(
    ("expression", "at", "expected"),
    [
        # an ordinary Tuesday
        (OFFICE, "2026-11-24 08:59", False),
        (OFFICE, "2026-11-24 09:00", True),
        (OFFICE, "2026-11-24 16:59", True),
        (OFFICE, "2026-11-24 17:00", False),
        (OFFICE, "2026-11-22 10:00", False),  # Sunday
        # bank holidays, named as closed
        (OFFICE, "2026-12-25 10:00", False),  # Christmas Day, a Friday
        (OFFICE, "2026-12-28 10:00", False),  # in place of Boxing Day, which is a Saturday
        (OFFICE, "2026-04-03 10:00", False),  # Good Friday
        (OFFICE, "2026-04-06 10:00", False),  # Easter Monday: England and Wales, not Scotland
        (OFFICE, "2026-08-31 10:00", False),  # last Monday in August: not Scotland either
        (OFFICE, "2026-08-03 10:00", True),  # first Monday in August: a holiday in Scotland only
        (OFFICE, "2026-11-30 10:00", True),  # St Andrew's Day: Scotland only
        (OFFICE, "2026-03-17 10:00", True),  # St Patrick's Day: Northern Ireland only
        # bank holidays with hours of their own
        ("Mo-Fr 09:00-17:00; Sa-Su,PH 10:00-14:00", "2026-12-25 16:00", False),
        ("Mo-Fr 09:00-17:00; Sa-Su,PH 10:00-14:00", "2026-12-25 11:00", True),
        ("Mo-Fr,PH 09:00-17:00", "2026-04-06 10:00", True),
        ("24/7; PH off", "2026-12-25 10:00", False),
        # bank holidays of which nothing is said
        (SILENT, "2026-04-06 10:00", None),
        (SILENT, "2026-04-06 20:00", False),
        (SILENT, "2026-04-07 10:00", True),
        ("24/7", "2026-12-25 03:00", True),
        ("Mo-Su 08:00-24:00", "2026-12-25 23:59", True),
        ("08:00-24:00", "2026-12-25 07:59", False),
        # across midnight
        (NIGHTS, "2026-11-24 23:00", True),
        (NIGHTS, "2026-11-25 05:59", True),
        (NIGHTS, "2026-11-25 06:00", False),
        ("Fr 20:00-02:00", "2026-11-28 01:30", True),  # Saturday, begun on Friday
        ("Fr 20:00-02:00", "2026-11-27 01:30", False),  # Friday, before it begins
        # not known
        ("", "2026-11-24 10:00", None),
        ("   ", "2026-11-24 10:00", None),
    ],
)
def test_open_at_a_minute(expression: str, at: str, expected: bool | None) -> None:
    assert is_open(expression, london(at)) is expected


def test_the_clock_is_that_of_london_in_winter_and_summer() -> None:
    # 29 March 2026, 01:00 UTC: the clocks go forward. A Sunday.
    assert is_open("Mo-Su 09:00-17:00", datetime(2026, 3, 28, 9, 0, tzinfo=UTC)) is True  # 09:00 GMT
    assert is_open("Mo-Su 09:00-17:00", datetime(2026, 3, 29, 8, 0, tzinfo=UTC)) is True  # 09:00 BST
    assert is_open("Mo-Su 09:00-17:00", datetime(2026, 3, 29, 7, 59, tzinfo=UTC)) is False  # 08:59 BST
    # 25 October 2026, 01:00 UTC: the clocks go back.
    assert is_open("Mo-Su 09:00-17:00", datetime(2026, 10, 24, 16, 0, tzinfo=UTC)) is False  # 17:00 BST
    assert is_open("Mo-Su 09:00-17:00", datetime(2026, 10, 25, 16, 0, tzinfo=UTC)) is True  # 16:00 GMT


def test_a_night_over_the_change_of_clocks_stays_open() -> None:
    assert is_open(NIGHTS, datetime(2026, 3, 29, 0, 30, tzinfo=UTC)) is True
    assert is_open(NIGHTS, datetime(2026, 3, 29, 1, 30, tzinfo=UTC)) is True  # 02:30 BST
    assert is_open(NIGHTS, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) is True  # 01:30 BST
    assert is_open(NIGHTS, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) is True  # 01:30 GMT


def test_a_moment_without_a_time_zone_is_in_london() -> None:
    assert is_open(OFFICE, datetime(2026, 7, 1, 9, 0)) is True


@pytest.mark.parametrize(
    ("expression", "at", "expected"),
    [
        (OFFICE, "2026-11-24 08:00", "2026-11-24 09:00"),
        (OFFICE, "2026-11-27 18:00", "2026-11-30 09:00"),  # Friday evening to Monday
        (OFFICE, "2026-12-24 18:00", "2026-12-29 09:00"),  # past Christmas, the weekend and 28 December
        (SILENT, "2026-04-03 10:00", "2026-04-07 09:00"),  # past an Easter of which it says nothing
        (OFFICE, "2026-12-31 18:00", "2027-01-04 09:00"),  # into another year, past New Year's Day
        (NIGHTS, "2026-11-24 12:00", "2026-11-24 22:00"),
        (OFFICE, "2026-11-24 10:00", None),  # open now
        ("24/7", "2026-11-24 10:00", None),
        ("", "2026-11-24 10:00", None),
        ("off", "2026-11-24 10:00", None),
        ("Dec 25 10:00-12:00", "2026-11-24 10:00", None),  # more than 14 days ahead
    ],
)
def test_opens_next(expression: str, at: str, expected: str | None) -> None:
    assert opens_next(expression, london(at)) == (london(expected) if expected else None)


def test_opens_next_over_the_change_of_clocks_is_told_in_the_new_time() -> None:
    opening = opens_next("Mo-Su 09:00-17:00", london("2026-03-28 20:00"))
    assert opening is not None
    assert opening.astimezone(UTC) == datetime(2026, 3, 29, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (OFFICE, False),
        ("Mo-Fr 09:00-17:30", False),
        ("Mo-Fr 09:00-17:31", True),
        ("We 17:45-19:00", True),
        ("Sa 10:00-12:00", True),
        ("Mo-Su 22:00-06:00", True),
        ("24/7", True),
        ("PH 10:00-12:00", False),
        ("", False),
    ],
)
def test_out_of_hours_means_an_evening_or_a_weekend_of_a_usual_week(expression: str, expected: bool) -> None:
    assert out_of_hours(expression) is expected


@pytest.mark.parametrize(
    "expression",
    [
        "Mo-Fr 09:00-17:00; PH off",
        "24/7",
        "Mo,We 10:00-12:00,14:00-16:00",
        "Mo[1] 10:00-12:00",
        "Sa-Su,PH off",
    ],
)
def test_hours_that_can_be_told_are_accepted(expression: str) -> None:
    check(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "9am-5pm",
        "Mon-Fri 09:00-17:00",
        "office hours",
        "sunrise-sunset",
        "Mo-Fr 09:00-17:00; SH off",
        'Mo-Fr 09:00-17:00 "ask"',
        "unknown",
        "Mo-Fr 25:00-26:00",
        "Mo-Fr 09:00-17:00 PH",
        "<script>alert(1)</script>",
        "24/7" * 200,
        "Mo-Fr 09:00–17:00",  # a dash that is not a hyphen
        "😀",
    ],
)
def test_hours_that_cannot_be_told_are_refused_in_words(expression: str) -> None:
    with pytest.raises(ValueError, match=r"Write hours like|Name bank holidays"):
        check(expression)


def test_bank_holidays_are_those_of_england_and_wales() -> None:
    assert date(2026, 4, 6) in BANK_HOLIDAYS
    assert date(2026, 1, 2) not in BANK_HOLIDAYS  # Scotland only
    assert date(2031, 12, 25) in BANK_HOLIDAYS
