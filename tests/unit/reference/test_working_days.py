"""Working days of England and Wales, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from directory.reference.working_days import is_working_day, working_days_between


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 11, 26), date(2026, 11, 26), 0),
        (date(2026, 11, 26), date(2026, 11, 27), 1),
        (date(2026, 11, 27), date(2026, 11, 30), 1),
        (date(2026, 11, 28), date(2026, 11, 29), 0),
        (date(2026, 11, 20), date(2026, 11, 27), 5),
        # Christmas Day is a Friday, and Boxing Day, a Saturday, is made up for on the Monday.
        (date(2026, 12, 24), date(2026, 12, 29), 1),
        # Good Friday and Easter Monday.
        (date(2026, 4, 2), date(2026, 4, 7), 1),
        # The last Monday of August, which Scotland does not have.
        (date(2026, 8, 28), date(2026, 8, 31), 0),
        (date(2026, 11, 27), date(2026, 11, 26), 0),
    ],
)
def test_working_days_that_have_passed(start: date, end: date, days: int) -> None:
    assert working_days_between(start, end) == days


def test_a_saturday_and_a_bank_holiday_are_no_working_days() -> None:
    assert not is_working_day(date(2026, 11, 28)) and not is_working_day(date(2026, 12, 25))
    assert is_working_day(date(2026, 11, 27))
