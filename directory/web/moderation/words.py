"""The columns of a listing and what stands in them, in the words of a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from directory.reference.groups import groups
from directory.reference.hours import LONDON
from directory.reference.support_types import support_types
from directory.reference.terms import terms
from directory.reference.working_days import AIM_DAYS, working_days_between
from directory.web.my_listings.cell_words import cell_words
from directory.web.words import term, translated

COLUMN_LABELS: Mapping[str, object] = {
    "organisation": _l("Organisation"),
    "organisation_url": _l("Website of the organisation"),
    "name": _l("Name"),
    "alternate_name": _l("Other names"),
    "description": _l("Description"),
    "status": _l("Is it running"),
    "groups": _l("Who needs support"),
    "support_types": _l("What it offers"),
    "forms_of_abuse": _l("Kinds of abuse it names"),
    "only_for": _l("Only for"),
    "adapted_for": _l("Adapted for"),
    "minimum_age": _l("Minimum age"),
    "maximum_age": _l("Maximum age"),
    "age_note": _l("About ages"),
    "modes": _l("In person or from a distance"),
    "coverage": _l("Takes people who live in"),
    "coverage_note": _l("About where people live"),
    "locations": _l("Places"),
    "confidential": _l("Is its place kept private"),
    "confidential_reason": _l("Why its place is kept private"),
    "contact_routes": _l("Telephone numbers and other ways to reach it"),
    "url": _l("Website"),
    "referral_routes": _l("Who can get in touch"),
    "referral_note": _l("About referring"),
    "free_to_person": _l("Free to the person"),
    "cost_note": _l("About the cost"),
    "languages": _l("Languages"),
    "interpreters": _l("Interpreters"),
    "accessibility": _l("Access"),
    "accepting_referrals": _l("Taking new people now"),
    "waiting_list": _l("Waiting list"),
    "waiting_weeks": _l("Weeks of waiting"),
    "waiting_as_at": _l("Date of the waiting time"),
    "waiting_note": _l("About waiting"),
    "capacity_per_year": _l("Places in a year"),
    "sector": _l("Who runs it"),
    "advice_to_professionals": _l("Advice to professionals"),
    "can_stay_anonymous": _l("Can you stay anonymous?"),
    "when_they_must_tell": _l("When they must tell someone"),
    "safe_contact": _l("Voicemail, letters and caller display"),
    "before_you_call": _l("Good to know before a call"),
    "before_you_refer": _l("What must be in place to refer"),
    "inclusion": _l("Whether it is listed"),
    "listing": _l("State of the listing"),
    "change": _l("This change"),
    "words": _l("Reasons"),
    "profile": _l("Which rules"),
}
_TAXONOMIES = {
    "status": "status",
    "forms_of_abuse": "form",
    "only_for": "specialism",
    "adapted_for": "specialism",
    "modes": "mode",
    "referral_routes": "referral",
    "languages": "language",
    "accessibility": "access",
    "waiting_list": "waiting",
    "sector": "sector",
}
_YES_NO = frozenset(
    "confidential free_to_person interpreters accepting_referrals advice_to_professionals can_stay_anonymous".split()
)
_BY_SEMICOLON = frozenset({"alternate_name", "coverage"})
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


def column_label(column: str) -> str:
    """The words for a column, or for a criterion; the column itself where there are none."""
    if column in COLUMN_LABELS:
        return str(COLUMN_LABELS[column])
    return term(column, "criterion") if column in terms("criterion") else column


def cell_lines(column: str, cell: str) -> tuple[str, ...]:
    """A cell as lines to read; none for an empty one. Codes that nobody knows stand as they are."""
    if not cell:
        return ()
    if column in {"contact_routes", "locations"}:
        return tuple(cell_words(column, cell))
    if column in _YES_NO:
        return (str(_("Yes") if cell == "yes" else _("No") if cell == "no" else cell),)
    if column in {"groups", "support_types"}:
        return tuple(_tag(code.strip()) for code in cell.split(";"))
    if column in _TAXONOMIES:
        known = terms(_TAXONOMIES[column])
        return tuple(
            str(term(code, _TAXONOMIES[column])) if code in known else code
            for code in (part.strip() for part in cell.split(";"))
        )
    return tuple(
        part.strip() for part in cell.split(";" if column in _BY_SEMICOLON else "\n") if part.strip()
    )


def _tag(code: str) -> str:
    sure = code.removesuffix("?")
    found = groups().get(sure) or support_types().get(sure)
    label = translated(found.label) if found else sure
    return str(_("%(label)s (possible)", label=label)) if code.endswith("?") else label


def waited(since: datetime, today: date) -> str:
    """How long something has waited, against the aim: 'for 1 working day', '4 working days: past the aim of 2'."""
    days = working_days_between(since.astimezone(LONDON).date(), today)
    if days <= 0:
        return str(_("since today"))
    words = str(ngettext("%(num)s working day", "%(num)s working days", days))
    return str(_("%(days)s: past the aim of %(aim)s", days=words, aim=AIM_DAYS)) if days > AIM_DAYS else words
