"""Dates of sources, which may be a year, a month or a day, in the page's language."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import format_date, format_datetime

from directory.web.translations import gettext as _


def when(value: str | date | None) -> str:
    """'2024' → '2024'; '2024-05' or a day in it → 'May 2024'; nothing → 'date not known'.

    A page tells months, never days: no source here is surer than that. Anything
    that is not a date in this form is shown as it is.
    """
    if not value:
        return str(_("date not known"))
    text = value.isoformat()[:10] if isinstance(value, date | datetime) else value.strip()
    parts = text.split("-")
    if not (len(parts) <= 3 and all(part.isdecimal() for part in parts) and len(parts[0]) == 4):
        return text
    if len(parts) == 1:
        return text
    try:
        return str(format_date(date(int(parts[0]), int(parts[1]), 1), "MMMM y"))
    except ValueError:
        return text


def day(value: date) -> str:
    """A date in full, in the page's language: '22 November 2026'."""
    return str(format_date(value, "d MMMM y"))


def when_exactly(value: datetime) -> str:
    """A moment to the minute, by the clock in London: '22 November 2026, 14:05'."""
    return str(format_datetime(value, "d MMMM y, HH:mm"))
