"""Working days of England and Wales: Monday to Friday, without bank holidays."""

from __future__ import annotations

from datetime import date, timedelta

from directory.reference.hours import BANK_HOLIDAYS

SATURDAY = 5
AIM_DAYS = 2
"""Within how many working days a change is decided on."""


def is_working_day(day: date) -> bool:
    """Whether offices are usually open on it."""
    return day.weekday() < SATURDAY and day not in BANK_HOLIDAYS


def working_days_between(start: date, end: date) -> int:
    """Working days after `start`, up to and with `end`; 0 when `end` is not later.

    What arrives on a Friday has waited one working day at the end of the Monday after it.
    """
    return sum(
        is_working_day(start + timedelta(days=passed)) for passed in range(1, max(0, (end - start).days) + 1)
    )
