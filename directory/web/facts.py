"""What a service's page says of it, in words: who, where, when, at what cost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from directory.reference.groups import groups
from directory.reference.support_types import support_types
from directory.web.dates import when
from directory.web.translations import gettext as _
from directory.web.translations import ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from directory.queries.views import ListingView

_TIME = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_RANGE = re.compile(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)-(Mo|Tu|We|Th|Fr|Sa|Su)\b")


def who_words(listing: ListingView) -> list[str]:
    """The groups as stored, nine of them; a possible one says so."""
    return [
        _(groups()[tag.code].label)
        if tag.is_certain
        else _("%(who)s (possibly)", who=_(groups()[tag.code].label))
        for tag in listing.groups
    ]


def age_words(listing: ListingView) -> str:
    """'13 and over', 'up to 17', '4 to 17', with the source's own words where ages differ; '' is not known."""
    low, high = listing.minimum_age, listing.maximum_age
    if low is not None and high is not None:
        words = _("%(low)s to %(high)s", low=low, high=high)
    elif low is not None:
        words = _("%(low)s and over", low=low)
    elif high is not None:
        words = _("up to %(high)s", high=high)
    else:
        return listing.age_note
    return f"{words} ({listing.age_note})" if listing.age_note else words


def coverage_words(listing: ListingView) -> str:
    """The places whose residents it accepts, in the source's names; '' is not known."""
    parts = ["; ".join(listing.coverage_names), listing.coverage_note]
    if listing.coverage_is_partial:
        parts.append(_("only some people there: ask"))
    return ". ".join(part.rstrip(".") for part in parts if part)


def offers(listing: ListingView) -> list[tuple[str, str, bool]]:
    """(support type, what that is, whether it is certain), in the order of the list of types."""
    given: Mapping[str, bool] = {tag.code: tag.is_certain for tag in listing.support_types}
    return [
        (_(each.label), _(each.definition), given[code])
        for code, each in support_types().items()
        if code in given
    ]


def place_words(listing: ListingView) -> str:
    """Where it is, as exactly as may be told."""
    if listing.is_confidential:
        return _("Its place is kept private. Ask when you get in touch.")
    words = []
    for place in listing.places:
        if place.precision == "exact":
            words.append(", ".join(part for part in (place.town, place.postcode, place.note) if part))
        else:
            words.append(_("In %(town)s; ask for the address when you get in touch", town=place.town))
    if words:
        return "; ".join(words)
    return (
        _("By phone or online")
        if listing.modes == ("remote",)
        else _("Not known. Ask when you get in touch.")
    )


def cost_words(listing: ListingView) -> str:
    """Whether the person pays."""
    if listing.free_to_person is None:
        words = _("Not known")
    elif listing.free_to_person:
        words = _("Free to the person")
    else:
        words = _("There is a charge")
    return f"{words}. {listing.cost_note}" if listing.cost_note else words


def waiting_words(listing: ListingView, label: str) -> str:
    """The waiting list and how long, each with the date of the figure. `label`: the list's state in words."""
    parts = [label]
    if listing.waiting_weeks is not None:
        parts.append(ngettext("about %(num)s week", "about %(num)s weeks", listing.waiting_weeks))
    parts.append(listing.waiting_note)
    words = ". ".join(part for part in parts if part)
    if not words:
        return _("Not known")
    return f"{words} ({when(listing.waiting_as_at)})" if listing.waiting_as_at else words


def sure_words(confidence: str) -> str:
    """How far the facts can be trusted, as /about/data counts them; '' is not known."""
    words = {
        "high": _("Sure: the service’s own page, an official page, or a recent one that agrees with others"),
        "medium": _("Fairly sure: a source without a date, in part only, or second-hand"),
    }
    return words.get(confidence, "")


def hours_words(expression: str) -> str:
    """'Mo-Fr 09:00-17:00; PH off' → 'Monday to Friday 9am to 5pm; bank holidays closed'.

    Says what the notation of OpenStreetMap says, piece by piece, so that nothing is left out.
    """
    if expression.strip() == "24/7":
        return _("Any time, every day")
    days = {
        "Mo": _("Monday"), "Tu": _("Tuesday"), "We": _("Wednesday"), "Th": _("Thursday"),
        "Fr": _("Friday"), "Sa": _("Saturday"), "Su": _("Sunday"),
    }  # fmt: skip
    words = _TIME.sub(_span, expression)
    words = _RANGE.sub(lambda hit: _("%(start)s to %(end)s", start=days[hit[1]], end=days[hit[2]]), words)
    words = re.sub(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)\b", lambda hit: days[hit[1]], words)
    words = re.sub(r"\bPH\b", _("bank holidays"), words)
    words = re.sub(r"\boff\b", _("closed"), words)
    return re.sub(r",(?=\S)", ", ", words)


def clock_words(hour: int, minute: int) -> str:
    """9, 0 → '9am'; 17, 30 → '5:30pm'; 24, 0 → 'midnight'; 12, 0 → 'midday'."""
    if not minute and hour in {0, 24}:
        return _("midnight")
    if not minute and hour == 12:
        return _("midday")
    minutes = f":{minute:02d}" if minute else ""
    twelve = (hour - 1) % 12 + 1
    return f"{twelve}{minutes}{'am' if hour % 24 < 12 else 'pm'}"


def _span(hit: re.Match[str]) -> str:
    start, end = clock_words(int(hit[1]), int(hit[2])), clock_words(int(hit[3]), int(hit[4]))
    return _("%(start)s to %(end)s", start=start, end=end)
