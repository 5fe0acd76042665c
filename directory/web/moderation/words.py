"""Ways to check with, kinds of work, and how long something has waited, in the words of a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from directory.reference.hours import LONDON
from directory.reference.working_days import AIM_DAYS, working_days_between

CHANNEL_LABELS: Mapping[str, object] = {
    "telephone": _l("by telephone"),
    "email": _l("by e-mail"),
    "website": _l("on the website"),
    "letter": _l("by letter, to an address from a public register"),
    "in person": _l("in person, at an address from a public register"),
}
KIND_LABELS: Mapping[str, object] = {
    "": _l("Everything"),
    "edit": _l("Changes"),
    "new": _l("New services"),
    "restore": _l("Earlier versions"),
    "correction": _l("Corrections from visitors"),
}


def waited(since: datetime, today: date) -> str:
    """How long something has waited, against the aim: 'for 1 working day', '4 working days: past the aim of 2'."""
    days = working_days_between(since.astimezone(LONDON).date(), today)
    if days <= 0:
        return str(_("since today"))
    words = str(ngettext("%(num)s working day", "%(num)s working days", days))
    return str(_("%(days)s: past the aim of %(aim)s", days=words, aim=AIM_DAYS)) if days > AIM_DAYS else words
