"""Whether a confirmation still counts: said in words wherever its date stands, by the day that the matrix goes by."""

from __future__ import annotations

from datetime import date

from flask import current_app
from flask_babel import gettext as _

from directory.config import UpkeepTimes
from directory.reference.hours import today_in_london
from directory.reference.upkeep_rules import is_stale


def not_lately(confirmed_on: date | None, today: date | None = None) -> bool:
    """Whether it was confirmed, and too long ago. today: the date in London, unless said."""
    if confirmed_on is None:
        return False
    settings = current_app.config.get("SETTINGS")
    days = settings.stale_after_days if settings else UpkeepTimes().stale_after_days
    return is_stale(confirmed_on, today or today_in_london(), days)


def lately_words(confirmed_on: date | None) -> str:
    """What stands behind the date of a confirmation that counts no more; '' behind any other."""
    return str(_("Not confirmed lately: it may have changed.")) if not_lately(confirmed_on) else ""
