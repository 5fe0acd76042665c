"""What a spreadsheet makes of a cell: understood where it can mean one thing, pointed out where not."""

from __future__ import annotations

import pytest

from directory.actions.changes.sheet_cell import DAYS, NUMBERS, TRUTHS, SheetCell, understood
from directory.actions.problem import Refused

ROUTE = "telephone | 01632 960001 | Mo-Su 00:00-24:00"

# column, what the file holds (with its kind), what was downloaded → what it says
SAYS = [
    # The same day again, in every writing in which Excel, LibreOffice and exports put it.
    ("waiting_as_at", "2025-11", "text", "2025-11", "2025-11"),
    ("waiting_as_at", "Nov-25", "text", "2025-11", "2025-11"),
    ("waiting_as_at", "01/11/2025", "text", "2025-11", "2025-11"),
    ("waiting_as_at", "01/11/25", "text", "2025-11", "2025-11"),
    ("waiting_as_at", "2025-11-01 00:00:00", "text", "2025-11", "2025-11"),
    ("waiting_as_at", "2025-11-01", "day", "2025-11", "2025-11"),
    ("waiting_as_at", "2025-01-01", "day", "2025", "2025"),
    ("waiting_as_at", "2025", "number", "2025", "2025"),
    ("waiting_as_at", "1/2/2026", "text", "2026-02-01", "2026-02-01"),
    ("waiting_as_at", "21.11.2025", "text", "2025-11-21", "2025-11-21"),
    # Another day that is certain.
    ("waiting_as_at", "2026-02-03", "day", "2025-11", "2026-02-03"),
    ("waiting_as_at", "2026-02", "day", "2025-11", "2026-02"),
    ("waiting_as_at", "Feb-26", "text", "2025-11", "2026-02"),
    ("waiting_as_at", "February 2026", "text", "2025-11", "2026-02"),
    ("waiting_as_at", "3-Feb-26", "text", "2025-11", "2026-02-03"),
    ("waiting_as_at", "3 February 2026", "text", "2025-11", "2026-02-03"),
    ("waiting_as_at", "21/2/2026", "text", "2025-11", "2026-02-21"),
    ("waiting_as_at", "2/21/2026", "text", "2025-11", "2026-02-21"),
    ("waiting_as_at", "2/2/2026", "text", "2025-11", "2026-02-02"),
    ("waiting_as_at", "02/2026", "text", "2025-11", "2026-02"),
    ("waiting_as_at", "2026/2/3", "text", "2025-11", "2026-02-03"),
    ("waiting_as_at", "", "text", "2025-11", ""),
    # Numbers and truths.
    ("waiting_weeks", "6.0", "text", "6", "6"),
    ("waiting_weeks", "9.00", "text", "6", "9"),
    ("capacity_per_year", "1,200", "text", "", "1200"),
    ("interpreters", "TRUE", "truth", "yes", "yes"),
    ("interpreters", "FALSE", "text", "yes", "no"),
    ("interpreters", "Yes", "text", "", "yes"),
    # Words, with the spaces and line ends of any system; a number is words where words belong.
    ("cost_note", " Free   for children ", "text", "Free for children", "Free for children"),
    ("contact_routes", f"{ROUTE}\r\nemail | a@example.org\r", "text", f"{ROUTE}\nemail | a@example.org",
     f"{ROUTE}\nemail | a@example.org"),
    ("contact_routes", ROUTE, "text", "", ROUTE),
    ("contact_routes", "telephone | 116 123", "text", "", "telephone | 116 123"),
    ("cost_note", "25", "number", "", "25"),
    ("name", "'=Example", "text", "=Example", "=Example"),
    ("name", "Caf\u00e9", "text", "", "Caf\u00e9"),
]  # fmt: skip

POINTED_OUT = [
    ("waiting_as_at", "1/2/2026", "text", "2025-11", "2026-01-02 or the day 2026-02-01"),
    ("waiting_as_at", "3/4/26", "text", "", "2026-03-04 or the day 2026-04-03"),
    ("age_note", "2026-11-05", "day", "5-11", "made a date"),
    ("age_note", "05-Nov", "text", "5-11", "made a date"),
    ("cost_note", "Nov-25", "text", "", "made a date"),
    ("contact_routes", "1 day, 0:00:00", "time", ROUTE, "made a time"),
    ("cost_note", "TRUE", "truth", "", "TRUE or FALSE"),
    ("contact_routes", "1632960001", "number", ROUTE, "the 0 before it is lost"),
    ("contact_routes", "1632 960001", "text", ROUTE, "the 0 before it is lost"),
    ("contact_routes", "email | a@example.org\ntelephone | 1632960001", "text", ROUTE, "the 0 before it is lost"),
    ("contact_routes", "1.63296E+09", "text", ROUTE, "shortened a long number"),
    ("capacity_per_year", "1.2E+05", "text", "", "shortened a long number"),
    ("cost_note", "=HYPERLINK(1)", "formula", "", "formula"),
    ("cost_note", "=cmd|' /C calc'!A0", "text", "", "formula"),
    ("cost_note", "#REF!", "error", "", "error of the spreadsheet"),
    ("cost_note", "It\u00e2\u20ac\u2122s free", "text", "It\u2019s free", "letters were changed"),
    ("name", "Caf\ufffd", "text", "Caf\u00e9", "letters were changed"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "text", "kind", "told", "says"), SAYS)
def test_what_can_mean_one_thing_is_understood(
    column: str, text: str, kind: str, told: str, says: str
) -> None:
    assert understood(column, SheetCell(text, kind), told) == says


@pytest.mark.parametrize(("column", "text", "kind", "told", "what"), POINTED_OUT)
def test_what_may_mean_two_things_or_has_lost_something_is_pointed_out(
    column: str, text: str, kind: str, told: str, what: str
) -> None:
    with pytest.raises(Refused) as refused:
        understood(column, SheetCell(text, kind), told)
    assert what in refused.value.what and refused.value.remedy


@pytest.mark.parametrize("column", sorted(DAYS))
@pytest.mark.parametrize("told", ["2025", "2025-11", "2025-11-21"])
def test_in_every_column_of_days_the_same_day_is_no_change(column: str, told: str) -> None:
    first = f"{told}-01-01"[:10]
    year, month, day = first.split("-")
    for text, kind in (
        (first, "day"), (f"{first} 00:00:00", "text"), (f"{first}T00:00", "text"), (f"{day}/{month}/{year}", "text"),
    ):  # fmt: skip
        assert understood(column, SheetCell(text, kind), told) == told


def test_the_kinds_of_columns_are_those_of_the_listings_file() -> None:
    assert {"waiting_as_at", "source_date", "seen_on", "last_confirmed"} == DAYS
    assert {"minimum_age", "maximum_age", "waiting_weeks", "capacity_per_year", "id"} == NUMBERS
    assert {"interpreters", "free_to_person", "confidential"} < TRUTHS
