"""Places that must stay hidden, told by a cell that a page would show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from directory.actions.lines import POSTCODE, Place
from directory.actions.listing_row import ListingRow, write_row
from directory.actions.problem import Problem
from directory.reference.confidential import folded

# Every column that a page, an export or a source shows as words or as an address. The columns of
# codes, numbers and dates can hold nothing else, and `coverage` only names of areas, which say whom
# a service accepts.
_SHOWN = (
    "organisation",
    "organisation_url",
    "name",
    "alternate_name",
    "description",
    "listing_reason",
    "age_note",
    "coverage_note",
    "confidential_reason",
    "contact_routes",
    "url",
    "referral_note",
    "cost_note",
    "waiting_note",
    "when_they_must_tell",
    "safe_contact",
    "before_you_call",
    "before_you_refer",
    "inclusion_evidence",
    "source_name",
    "source_url",
    "source_note",
    "confirmed_by",
)
# Between the halves stands nothing, or a few of the marks that people and addresses put there.
_BETWEEN = r"[\s._+\-\u2010-\u2015\u2212]{0,4}"
_POSTCODE_IN_WORDS = re.compile(
    rf"(?<![A-Z0-9])([A-Z]{{1,2}}[0-9][A-Z0-9]?){_BETWEEN}([0-9][A-Z]{{2}})(?![A-Z0-9])", re.IGNORECASE
)
_NOTE_LENGTH_MIN = 6
"""Shorter pieces of a place's note ('ask') stand in any text."""


def told_places(row: ListingRow, line: int, *, is_confidential: bool) -> Iterator[Problem]:
    """One problem for each cell that tells where a confidential service, or a confidential place of it, is.

    No problem repeats what it has found: it is read on screens and in logs.
    Addresses are not understood: a street without its town or postcode is not found.
    """
    hidden = [place for place in row.locations if is_confidential or place.precision == "confidential"]
    if not hidden and not is_confidential:
        return
    shown = [place for place in row.locations if place not in hidden]
    names = _names(hidden) - _names(shown)
    own_words = re.compile(
        "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names)) if names else r"(?!)"
    )
    public = {_halves(place.postcode) for place in shown if place.postcode}
    cells = write_row(row)
    for column in _SHOWN:
        if not cells[column]:
            continue
        words = _readable(cells[column])
        if any(
            (found[1].upper(), found[2].upper()) not in public for found in _POSTCODE_IN_WORDS.finditer(words)
        ):
            yield _problem(line, column, "the cell holds a postcode, which everybody would see.")
        elif own_words.search(_key(words)):
            yield _problem(line, column, "the cell holds the town or the note of a place that is hidden.")
    if any(route.kind == "walk-in" for route in row.contact_routes):
        yield _problem(line, "contact_routes", "a walk-in route would tell where it is.")


def _problem(line: int, column: str, what: str) -> Problem:
    return Problem(
        line,
        column,
        "",
        f"This service, or a place of it, is confidential, and {what}",
        "Take it out. If the organisation itself shows the place, write no under confidential, "
        "and exact or town before the place.",
    )


def _readable(cell: str) -> str:
    """The cell as a person would read it; addresses with their %20 undone."""
    return folded(unquote(cell))


def _key(words: str) -> str:
    # An address writes 'st-ives' or 'st_ives' for 'St Ives'.
    return re.sub(r"[\s_+\-\u2010-\u2015]+", " ", folded(words)).casefold()


def _names(places: list[Place]) -> set[str]:
    """What gives the places away: the towns, and the pieces of their notes."""
    towns = {_key(place.town.partition(",")[0]).strip() for place in places}
    pieces = {_key(piece).strip(" .") for place in places for piece in re.split(r"[,;()]", place.note)}
    return {town for town in towns if town} | {piece for piece in pieces if len(piece) >= _NOTE_LENGTH_MIN}


def _halves(postcode: str) -> tuple[str, str]:
    match = POSTCODE.fullmatch(postcode)
    return (match[1].upper(), match[2].upper()) if match else ("", "")
