"""Dates, numbers and rows of pages, as a reader sees them."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from directory.web.dates import day, when
from directory.web.parts import row_of_pages
from directory.web.words import ages, telephone_address


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2024", "2024"),
        ("2024-05", "May 2024"),
        ("2024-05-31", "May 2024"),
        (date(2024, 5, 31), "May 2024"),
        ("", "date not known"),
        (None, "date not known"),
        ("2024-13", "2024-13"),
        ("about 2019", "about 2019"),
        ("²024-05", "²024-05"),
    ],
)
def test_a_date_is_told_as_surely_as_it_is_known(site: Flask, value: str | date | None, words: str) -> None:
    with site.test_request_context("/"):
        assert when(value) == words


def test_a_day_is_written_out(site: Flask) -> None:
    with site.test_request_context("/"):
        assert day(date(2026, 11, 2)) == "2 November 2026"


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("01632 960 001", "tel:01632960001"),
        ("+44 1632 960001", "tel:+441632960001"),
        ("(01632) 960 001", "tel:01632960001"),
        ("111, then option 2", "tel:111"),
        ("01632 960001 (ask for Sam, 2nd floor)", "tel:01632960001"),
        ("ask us", ""),
    ],
)
def test_a_telephone_number_becomes_an_address_to_tap(number: str, address: str) -> None:
    assert telephone_address(number) == address


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (5, 18, "aged 5 to 18"),
        (18, None, "aged 18 and over"),
        (None, 25, "up to age 25"),
        (0, 4, "aged 0 to 4"),
        (None, None, ""),
    ],
)
def test_ages_are_told_from_what_is_known(site: Flask, low: int | None, high: int | None, words: str) -> None:
    with site.test_request_context("/"):
        assert ages(low, high) == words


@given(st.integers(1, 60), st.data())
def test_a_row_of_pages_leads_everywhere_next_and_hides_no_single_page(
    last: int, data: st.DataObject
) -> None:
    current = data.draw(st.integers(1, last))
    row = row_of_pages(current, last, str)
    numbers = [link.number for link in row.links]
    shown = [number for number in numbers if number is not None]
    assert shown == sorted(set(shown))
    assert {1, current, last} <= set(shown)
    assert [link.number for link in row.links if link.current] == [current]
    assert (row.previous_url, row.next_url) == (
        str(current - 1) if current > 1 else "",
        str(current + 1) if current < last else "",
    )
    for before, gap, after in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if gap is None:
            assert before is not None and after is not None and after - before > 2
    for before, after in zip(numbers, numbers[1:], strict=False):
        assert before is None or after is None or after == before + 1
