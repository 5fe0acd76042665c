"""Opening hours: open at this minute, opens next, open outside office hours.

Hours are written in OpenStreetMap's notation ('Mo-Fr 09:00-17:00; PH off', '24/7'),
all times in Europe/London, PH being a bank holiday of England and Wales. A blank
expression means that nobody has told us: every answer is then None or False.

Where hours say nothing of bank holidays ('Mo-Fr 09:00-17:00'), it is not known
whether the service is open on one: the answer is None and never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from opening_hours import OpeningHours, validate

LONDON = ZoneInfo("Europe/London")

BANK_HOLIDAYS: Mapping[date, str] = holidays.country_holidays("GB", subdiv="ENG")
"""Date → name. England and Wales have the same ones; years are worked out as they are asked for."""

_LOOK_AHEAD = timedelta(days=14)
_EXPRESSION_MAX = 300
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
# What we understand of the notation. No sunrise, school holidays, 'unknown' or comments: they cannot be told.
_WORDS = re.compile(rf"(?:{_WEEKDAY}|PH|{'|'.join(_MONTHS)}|off|closed|[0-9:,;/\- \[\]])*")
_DAYS = re.compile(
    rf"(?P<days>(?:{_WEEKDAY}(?:-{_WEEKDAY})?|PH)(?:,\s?(?:{_WEEKDAY}(?:-{_WEEKDAY})?|PH))*)\s+(?P<times>.+)"
)
# A week without a bank holiday, on which to ask what a usual week looks like.
_USUAL_MONDAY = datetime(2026, 6, 8, tzinfo=LONDON)


_ahead = timedelta()


def set_clock_ahead(days: int) -> None:
    """Let this whole process live so many days in the future: to rehearse what time will do to the listings."""
    global _ahead
    _ahead = timedelta(days=days)


def now_utc() -> datetime:
    """This moment, for what is stored."""
    return datetime.now(UTC) + _ahead


def today_in_london() -> date:
    """The date by London's clock, which is the day of every page, file and command."""
    return now_utc().astimezone(LONDON).date()


def check(expression: str) -> None:
    """Raises ValueError, in words for the person who typed it, unless these are hours that can be told."""
    _parsed(expression, 2026)


def is_open(expression: str, at: datetime) -> bool | None:
    """Whether it is open at that moment; None where that is not known. Raises ValueError as `check` does.

    `at` without a time zone is taken as Europe/London.
    """
    if not expression.strip():
        return None
    moment = _in_london(at)
    usually = bool(_parsed(expression, moment.year).is_open(moment))
    if usually and moment.date() in BANK_HOLIDAYS and not _says_bank_holidays(expression):
        return None
    return usually


def opens_next(expression: str, at: datetime) -> datetime | None:
    """When it next opens, within 14 days, in Europe/London.

    None where it is open now, where hours are not known, and where it does not open
    in that time. A bank holiday on which it may be shut is passed over.
    """
    if not expression.strip():
        return None
    moment = _in_london(at)
    last = moment + _LOOK_AHEAD
    if is_open(expression, moment):
        return None
    while moment < last:
        change = _parsed(expression, moment.year).next_change(moment)
        midnight = _next_midnight(moment)
        # A service open round the clock changes state at no midnight, yet may become known there.
        moment = min(_in_london(change), midnight) if change is not None else midnight
        if is_open(expression, moment):
            return moment
    return None


def out_of_hours(expression: str) -> bool:
    """Whether, in a usual week, it is open at any time after 17:30 from Monday to Friday or at a weekend."""
    if not expression.strip():
        return False
    hours = _parsed(expression, _USUAL_MONDAY.year)
    for day in range(7):
        start = _USUAL_MONDAY + timedelta(days=day)
        if day < 5:
            start = start.replace(hour=17, minute=30)
        end = _USUAL_MONDAY + timedelta(days=day + 1)
        if hours.is_open(start):
            return True
        change = hours.next_change(start)
        if change is not None and _in_london(change) < end:
            return True
    return False


def _in_london(at: datetime) -> datetime:
    return at.replace(tzinfo=LONDON) if at.tzinfo is None else at.astimezone(LONDON)


def _next_midnight(at: datetime) -> datetime:
    return datetime.combine(at.date() + timedelta(days=1), datetime.min.time(), LONDON)


def _says_bank_holidays(expression: str) -> bool:
    """Whether bank holidays are named, or every day is treated alike."""
    return "PH" in expression or "Mo-Su" in expression or re.search(_WEEKDAY, expression) is None


@lru_cache(maxsize=8192)
def _parsed(expression: str, year: int) -> OpeningHours:
    """The hours for that year and its neighbours, with bank holidays written out as dates.

    The library knows the holidays of the United Kingdom as a whole only, so without
    Easter Monday and the August bank holiday; hence the dates. Raises ValueError.
    """
    text = expression.strip()
    if text and len(text) <= _EXPRESSION_MAX and _WORDS.fullmatch(text) and validate(text):
        written_out = "; ".join(_rule(part.strip(), year) for part in text.split(";") if part.strip())
        if validate(written_out):
            return OpeningHours(written_out, timezone=LONDON)
    raise ValueError(f"Write hours like 'Mo-Fr 09:00-17:00; PH off' or '24/7', not {text[:60]!r}.")


def _rule(rule: str, year: int) -> str:
    """One rule, with PH replaced by the dates of the bank holidays from the year before to the year after."""
    if "PH" not in rule:
        return rule
    match = _DAYS.fullmatch(rule)
    if match is None:
        raise ValueError(f"Name bank holidays as a rule of their own: 'PH off', not {rule[:60]!r}.")
    weekdays = [day.strip() for day in match["days"].split(",") if day.strip() != "PH"]
    dates = ",".join(_bank_holidays_of(asked) for asked in (year - 1, year, year + 1))
    on_dates = f"{dates} {match['times']}"
    return f"{','.join(weekdays)} {match['times']}; {on_dates}" if weekdays else on_dates


@lru_cache(maxsize=64)
def _bank_holidays_of(year: int) -> str:
    """'2026 Jan 01,2026 Apr 03,…'."""
    days = sorted(holidays.country_holidays("GB", subdiv="ENG", years=year))
    return ",".join(f"{day.year} {_MONTHS[day.month - 1]} {day.day:02d}" for day in days)
