"""What is wrong with single ways to reach a service, and with single places, in words by the field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import current_app
from flask_babel import gettext as _
from wtforms import Field

from directory.actions.changes.draft import read_cell
from directory.actions.geo_places import GeoPlaces
from directory.actions.problem import Refused
from directory.actions.resolve import PlaceFinder
from directory.reference.case_data import ABOUT_ONE_PERSON, case_data_in
from directory.reference.hours_in_words import HoursUnclear, hours_from_words
from directory.reference.route_checks import is_abroad, is_dearest
from directory.reference.telephones import is_number
from directory.reference.terms import terms
from directory.web.my_listings.cells_of_forms import PLACE_PARTS, ROUTE_PARTS, data_of, rows_kept
from directory.web.my_listings.field_words import case_words, hours_error, website_error

_LINKED = frozenset({"web chat", "form", "BSL video"})
_RUNG = frozenset({"telephone", "text", "Relay UK"})


def places() -> PlaceFinder:
    """Where postcodes and towns are."""
    finder: PlaceFinder = GeoPlaces(current_app.config["SETTINGS"].postcodes_dir)
    return finder


def put_row_errors(field: Field, name: str, before: str) -> list[str]:
    """What is wrong with the rows of a question that has some, by the part of the row. Rows that stood there stay."""
    names, check_row = (ROUTE_PARTS, _route) if name == "contact_routes" else (PLACE_PARTS, _place)
    known = data_of(name, before)
    errors = []
    rows = field.data
    for place in rows_kept(rows, names):
        values = {part: " ".join(str(rows[place].get(part) or "").split()) for part in names}
        if values in known:
            continue
        for part, words in check_row(values):
            field.entries[place].form[part].errors = [words]
            errors.append(words)
    return errors


def _route(row: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    kind, value = row["kind"], row["value"]
    for part in ("value", "hours", "note"):
        if "|" in row[part]:
            yield part, _("Leave out the sign |")
            return
    if kind not in terms("route"):
        yield "kind", _("Choose what kind of way this is.")
        return
    if not value and kind != "walk-in":
        yield "value", _("Enter the number or address, or take this row out.")
        return
    if kind in {"telephone", "text"} and not is_number(value):
        yield "value", _("This is no telephone number of the United Kingdom. Check it, digit by digit.")
    elif kind in _RUNG and is_abroad(value):
        yield "value", _("This is a number of another country. Enter one of the United Kingdom.")
    elif kind in _RUNG and is_dearest(value):
        yield "value", _("Numbers that begin with 09 cost whoever rings a lot. Enter one at the usual price.")
    elif kind in _LINKED and (said := website_error(value)):
        yield "value", said
    else:
        try:
            read_cell("contact_routes", f"{kind} | {value}")
        except Refused:
            yield "value", _("This cannot be used in this way. Check it.")
    if row["hours"]:
        try:
            hours_from_words(row["hours"])
        except HoursUnclear as unclear:
            yield "hours", hours_error(unclear, row["hours"])
    yield from _of_one_person(row, ("note", "value") if kind == "walk-in" else ("note",))


def _of_one_person(row: Mapping[str, str], parts: Iterable[str]) -> Iterable[tuple[str, str]]:
    for part in parts:
        if (found := case_data_in(row[part])) in ABOUT_ONE_PERSON:
            yield part, case_words(found)


def _place(row: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for part in ("town", "postcode", "note"):
        if "|" in row[part]:
            yield part, _("Leave out the sign |")
            return
    if row["precision"] not in {"exact", "town", "confidential"}:
        yield "precision", _("Choose what anyone may know of this place.")
        return
    if not row["town"]:
        yield "town", _("Enter the town.")
        return
    if wrong := tuple(_of_one_person(row, ("town", "note"))):
        yield from wrong
        return
    if row["precision"] != "exact":
        if row["postcode"]:
            yield "postcode", _("Take the postcode out: only a place that anyone may know has one here.")
        elif row["precision"] == "town":
            yield from _town(row["town"])
        return
    try:
        read = read_cell("locations", f"exact | {row['town']} | {row['postcode']}")
    except Refused:
        yield "postcode", _("Enter a full postcode, such as PE1 1QL.")
        return
    for place in read if isinstance(read, tuple) else ():
        if places().find_point(place.postcode) is None:
            yield "postcode", _("We know no such postcode. Check it.")


def _town(town: str) -> Iterable[tuple[str, str]]:
    found = places().find_towns(town)
    if not found:
        yield "town", _("We know no town of this name. Check it, or name the nearest town.")
    elif len(found) > 1:
        names = _(" or ").join(name for name, _point in found[:4])
        yield "town", _("Several towns have this name. Write %(names)s.", names=names)
