"""Days as spreadsheets write them: which are certain, which only say again what is listed, which two days they may be.

A day of the listings is YYYY, YYYY-MM or YYYY-MM-DD, as exactly as it is known.
"""

from __future__ import annotations

import re
from datetime import date

from directory.actions.problem import Refused

_MONTHS = "january february march april may june july august september october november december".split()
_NAMES = "|".join(f"{name[:3]}(?:{name[3:]})?" if name != "may" else name for name in _MONTHS)
_CLOCK = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?")
_MONTH_YEAR = re.compile(rf"({_NAMES})(?:-(\d\d|\d{{4}})|\.? (\d{{4}}))", re.IGNORECASE)
_DAY_MONTH_YEAR = re.compile(rf"(\d{{1,2}})[- ]({_NAMES})[- ](\d\d|\d{{4}})", re.IGNORECASE)
_SLASHES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d\d)")
_ISO_SLASHES = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
_MONTH_SLASH = re.compile(r"(\d{1,2})/(\d{4})")
LOOKS_LIKE_A_DAY = re.compile(
    rf"\d{{1,2}}-(?:{_NAMES})(?:-\d{{2,4}})?|(?:{_NAMES})-\d\d|\d{{4}}-\d\d-\d\d[T ]00:00(?::00)?",
    re.IGNORECASE,
)
"""What a spreadsheet makes of '5-11' or '2025-11', and nobody types: '05-Nov', 'Nov-25'."""


def same_day(text: str, told: str) -> bool:
    """Whether it only says again what is listed: the same day, or the first day of the month or year that is listed.

    A day whose parts may stand in either order is read as in Britain: where that is what is listed, nothing is new.
    """
    found = text.strip()
    if found == told:
        return True
    days = {_certain(found), *(day for day in _either_way(found))} - {""}
    return bool(told) and any(day in {told, f"{told}-01-01"[:10]} for day in days)


def understood_day(text: str) -> str:
    """The day as the listings write it; text that is no spreadsheet's day stays, for the column's own rule to refuse.

    Raises Refused for one that may be either of two days.
    """
    if not text:
        return ""
    if certain := _certain(text):
        return certain
    ways = sorted(set(_either_way(text)))
    if len(ways) == 2:
        raise Refused(
            f"This may be the day {ways[0]} or the day {ways[1]}.",
            f"Write it with the year first: {ways[0]} or {ways[1]}.",
        )
    return ways[0] if ways else text


def _certain(text: str) -> str:
    """A day written in a way that can be read as one alone; else ''."""
    if found := _CLOCK.fullmatch(text):
        return found[1]
    if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        return text
    if found := _MONTH_YEAR.fullmatch(text):
        return f"{_year(found[2] or found[3])}-{_month(found[1]):02}"
    if found := _DAY_MONTH_YEAR.fullmatch(text):
        return _day(_year(found[3]), _month(found[2]), int(found[1]))
    if found := _ISO_SLASHES.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if (found := _MONTH_SLASH.fullmatch(text)) and 1 <= int(found[1]) <= 12:
        return f"{found[2]}-{int(found[1]):02}"
    return ""


def _either_way(text: str) -> list[str]:
    """'21/11/2025' → its one day; '1/2/2026' → the day read as in Britain, then as in America."""
    found = _SLASHES.fullmatch(text)
    if found is None:
        return []
    first, second, year = int(found[1]), int(found[2]), _year(found[3])
    return [day for day in (_day(year, second, first), _day(year, first, second)) if day]


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _month(name: str) -> int:
    return next(place for place, month in enumerate(_MONTHS, 1) if month.startswith(name.casefold()[:3]))


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
