"""The fields of the page that a reminder's link opens: read from what was sent, and filled from what is listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused
from directory.actions.changes.rules import WAITING
from directory.actions.upkeep.use_link import Said
from directory.queries.views import ListingView
from directory.reference.terms import terms
from directory.web.facts import waiting_words
from directory.web.words import term

VALUE_LENGTH_MAX = 40


@dataclass(frozen=True, slots=True)
class ListingBoxes:
    """One listing with its boxes. values: column → what stands in its box; problems: column → what is wrong with it.

    waiting: how long people wait, in words.
    shown: the small facts as the listing holds them while the page is made, to be sent back with it.
    """

    listing: ListingView
    is_right: bool
    is_closed: bool
    values: Mapping[str, str]
    problems: Mapping[str, str]
    shown: str
    waiting: str


def boxes(
    listing: ListingView, said: Said | None, refused: ChangeRefused | ChangedMeanwhile | None
) -> ListingBoxes:
    """The boxes of a listing: ticked at first, and afterwards as they were sent."""
    held = cells_of(listing)
    return ListingBoxes(
        listing,
        is_right=said is None or said.is_right,
        is_closed=said is not None and said.is_closed,
        values=held if said is None else {**held, **said.cells},
        problems=_problems(refused),
        shown=shown_of(listing),
        waiting=waiting_words(listing, term(listing.waiting_list, "waiting") if listing.waiting_list else ""),
    )


def cells_of(listing: ListingView) -> dict[str, str]:
    """The small facts as they are written in a listings file."""
    accepting = listing.accepting_referrals
    return {
        "waiting_list": listing.waiting_list,
        "waiting_weeks": "" if listing.waiting_weeks is None else str(listing.waiting_weeks),
        "accepting_referrals": "" if accepting is None else "yes" if accepting else "no",
    }


def shown_of(listing: ListingView) -> str:
    """The small facts as a page shows them, in one hidden field."""
    held = cells_of(listing)
    return "|".join(held[name] for name in WAITING)


def base_of(shown: str) -> dict[str, str]:
    """What `shown_of` wrote; nothing where it does not say."""
    cells = shown.split("|")
    return dict(zip(WAITING, cells, strict=True)) if len(cells) == len(WAITING) else {}


def read_said(fields: MultiDict[str, str], numbers: tuple[int, ...]) -> dict[int, Said]:
    """What was sent of each of these listings; nothing else in the form is read."""
    right, closed = set(fields.getlist("right")), set(fields.getlist("closed"))
    said = {}
    for number in numbers:
        base = base_of(fields.get(f"shown_{number}", ""))
        cells = {
            name: fields[f"{name}_{number}"].strip()[:VALUE_LENGTH_MAX]
            for name in WAITING
            if f"{name}_{number}" in fields
        }
        said[number] = Said(str(number) in right, str(number) in closed, cells, base)
    return said


def waiting_choices() -> list[tuple[str, str]]:
    """(code, label) of the states of a waiting list, 'not known' first."""
    return [("", str(_("Not known"))), *((code, term(code, "waiting")) for code in terms("waiting"))]


def yes_no_choices() -> list[tuple[str, str]]:
    """(code, label), 'not known' first."""
    return [("", str(_("Not known"))), ("yes", str(_("Yes"))), ("no", str(_("No")))]


def _problems(refused: ChangeRefused | ChangedMeanwhile | None) -> dict[str, str]:
    if refused is None:
        return {}
    if isinstance(refused, ChangeRefused):
        # What stands outside these boxes is told beside the first of them: nowhere else would it be seen.
        return {
            one.column if one.column in WAITING else WAITING[0]: _field_words(one.column, one.what)
            for one in refused.problems
        }
    return {
        name if name in WAITING else WAITING[0]: str(
            _("Somebody else changed this meanwhile. Check it, and send the page again.")
        )
        for name in refused.columns
    }


def _field_words(column: str, what: str) -> str:
    if column == "waiting_weeks":
        return str(_("Enter the weeks as a whole number from 0 to 520, or leave it blank."))
    if column in WAITING:
        return str(_("Choose one of the answers."))
    return str(_("This listing cannot be changed here. Sign in to see why: %(what)s", what=what))
