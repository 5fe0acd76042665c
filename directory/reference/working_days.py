"""Working days: Monday to Friday, without the bank holidays of England and Wales."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

AIM_DAYS = 2
"""Within how many working days a change is decided on."""


def working_days_between(start: date, end: date) -> int:
    """Working days that have passed: those after `start`, up to and with `end`; 0 where `end` is not after it."""
    return sum(is_working_day(start + timedelta(days=passed)) for passed in range(1, (end - start).days + 1))


def is_working_day(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


@lru_cache(maxsize=16)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
