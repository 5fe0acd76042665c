"""What may be of one child is pointed out; the ages, days and names of services are left alone."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.reference.case_hints import case_hints

TODAY = date(2026, 11, 26)
POINTED_OUT = {
    "Child A was moved": "Child A",
    "Quote case ref AB12345": "case ref AB12345",
    "case reference: 2024/117": "case reference: 2024/117",
    "She was aged 9 then": "was aged 9",
    "A son aged 9": "aged 9",
    "Emily, aged 9, came": "Emily, aged 9",
    "CRN 12345": "CRN 12345",
    "her daughter Emily": "her daughter Emily",
    "His little son Jack": "His little son Jack",
    "for a girl called Emily": "a girl called Emily",
    "She is 9": "She is 9",
    "a 9-year-old girl": "a 9-year-old girl",
    "Emily, 3 May 2014": "3 May 2014",
    "Emily 2014-05-03": "2014-05-03",
}
LEFT_ALONE = (
    "Children aged 8", "children aged 4 to 17", "anyone aged 13", "those aged 16+", "Aged 13-19", "aged 16 or over",
    "Is your child a victim?", "Child Assessment", "her mother ISVA", "For boys and young men aged 8.", "Plan A",
    "Open since 3 May 2014", "Registered on 3 May 2014", "Closed until 3 March 2027", "since 2014-05-03",
    "Child Exploitation Team", "their child, Monday to Friday", "She is 9 miles away", "Write to your social worker",
)  # fmt: skip


@pytest.mark.parametrize(("text", "found"), POINTED_OUT.items())
def test_what_may_be_of_one_child_or_case_is_pointed_out(text: str, found: str) -> None:
    assert any(found in said or said in found for said in case_hints(text, TODAY))


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_services_say_of_themselves_is_left_alone(text: str) -> None:
    assert case_hints(text, TODAY) == ()


def test_in_what_ships_nothing_is_pointed_out() -> None:
    table = Path(__file__).parents[3] / "data" / "services.csv"
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            # Notes on a source give the days of its pages.
            assert [case_hints(cell, TODAY) for name, cell in row.items() if "source" not in name] == [
                ()
            ] * len([name for name in row if "source" not in name])


@settings(deadline=None)
@given(st.text())
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    assert all(said in text for said in case_hints(text))
