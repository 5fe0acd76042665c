"""Marks of one person's case are found in a text, and the words of an area's plans are left alone."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.reference.case_data import (
    ABOUT_ONE_PERSON,
    DATE_OF_BIRTH,
    NHS_NUMBER,
    NUMBERED_DAY,
    case_data_in,
)

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NHS 943 476 5919", "an NHS number"),
        ("9434765919", "an NHS number"),
        ("943-476-5919.", "an NHS number"),
        ("See ref9434765919x", "an NHS number"),
        ("ask jo@example.org", "an e-mail address"),
        ("DOB 3/4/12", "a date of birth"),
        ("d.o.b. 3 April", "a date of birth"),
        ("date of birth: April", "a date of birth"),
        ("a child born on 3 April 2012", "a date of birth"),
        ("born in 2012", "a date of birth"),
        ("943.476.5919", NHS_NUMBER),
        ("943/476/5919", NHS_NUMBER),
        ("943 - 476 - 5919", NHS_NUMBER),
        ("b. 3.4.2011", DATE_OF_BIRTH),
        ("b 3 April 2011", DATE_OF_BIRTH),
        ("her birthday is on 3 April", DATE_OF_BIRTH),
        ("birthday 3 April 2011", DATE_OF_BIRTH),
        ("date-of-birth 2", DATE_OF_BIRTH),
        ("Born April 2012", DATE_OF_BIRTH),
        ("came 12/03/2014", NUMBERED_DAY),
        ("12.3.14", NUMBERED_DAY),
        ("3-4-2011", NUMBERED_DAY),
        ("3 / 4 / 48", NUMBERED_DAY),
        ("seen:12/03/2014", NUMBERED_DAY),
        ("aged 4, came 12/03/2014", NUMBERED_DAY),
        ("Rooms at PE1 1QL", "a postcode"),
        ("rooms at sw1a1aa", "a postcode"),
    ],
)
def test_what_tells_of_a_person_is_found(text: str, found: str) -> None:
    assert case_data_in(text, TODAY) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Commissioned since 1 April 2024; 120 children a year, £340,000.",
        "Telephone 01632 960001, Monday to Friday 09:00-17:00",
        "9434765918",  # ten digits, but the last is not their check
        "19434765919",  # eleven digits
        "Needs assessment 2025 (section 4.2), reviewed 2026-11-21",
        "Stubborn waits; the service was newborn in the region in spirit",
        "G2.7 and G2.14 are given by the A12 hub",
        "KS3 and KS4 lessons",
        "943/476/5918",
        "We ask for your date of birth.",
        "Your date of birth may be asked for.",
        "until their 18th birthday",
        "Closed until 3/3/2027; open again since 1.9.26",
        "Closed until 3 March 2027, open since 3 May 2014",
        "See section 4.2.11 and version 3.4.12 of it, 10.0.0.1",
        "For ages 11/12/13",
        "A ratio 1.2.19, or a ratio of 1:2.3.19",
        "Flat 1-2-21, Unit 3/4/12",
        "For years 5-11-18, aged: 5-11-18",
        "12/03-2014",
        "31/2/2014",
        "24/7/365",
        "01632/960/001",
        "Appendix b. 3 rooms; born in May",
        "2024-11-03",
    ],
)
def test_the_words_of_a_plan_are_left_alone(text: str) -> None:
    assert case_data_in(text, TODAY) == ""


def test_nothing_that_ships_is_taken_for_one_persons_case() -> None:
    table = Path(__file__).parents[3] / "data" / "services.csv"
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for cell in row.values():
                assert not any(case_data_in(line, TODAY) in ABOUT_ONE_PERSON for line in cell.splitlines()), (
                    row["id"]
                )


@settings(deadline=None)
@given(st.integers(0, 999_999_999))
def test_exactly_one_last_digit_or_none_makes_nine_digits_an_nhs_number(nine: int) -> None:
    valid = [last for last in range(10) if case_data_in(f"{nine:09}{last}")]
    weighed = sum(int(digit) * (10 - place) for place, digit in enumerate(f"{nine:09}"))
    check = (11 - weighed % 11) % 11
    assert valid == ([] if check == 10 else [check])


@settings(deadline=None)
@given(st.text())
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    assert case_data_in(text) in {"", "an e-mail address", "a postcode", *ABOUT_ONE_PERSON}
