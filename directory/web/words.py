"""How numbers and dates are said on a page: 'about 3 miles', 'March 2024'."""

from __future__ import annotations

from datetime import date

from flask import Flask
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

KM_PER_MILE = 1.609344


def miles_words(distance_km: float) -> str:
    """A distance from the middle of a square, so never more exact than 'about a mile'."""
    miles = round(distance_km / KM_PER_MILE)
    if miles < 1:
        return _("less than a mile away")
    return ngettext("about %(num)s mile away", "about %(num)s miles away", miles)


def date_words(written: str) -> str:
    """'2024', '2024-03' or '2024-03-05' → '2024', 'March 2024', '5 March 2024'; '' → 'date not known'."""
    if not written:
        return _("date not known")
    parts = [int(part) for part in written.split("-")]
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 2:
        return str(format_date(date(parts[0], parts[1], 1), "MMMM y"))
    return str(format_date(date(*parts), "d MMMM y"))


def month_words(day: date) -> str:
    """'November 2026'."""
    return str(format_date(day, "MMMM y"))


def init_words(app: Flask) -> None:
    """Gives the templates these words."""
    app.jinja_env.filters["miles_words"] = miles_words
    app.jinja_env.filters["date_words"] = date_words
    app.jinja_env.filters["month_words"] = month_words
