"""Cells that hold one thing per line, its parts divided by | : places, contact routes, evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from directory.actions.cells import loose_date, text, url
from directory.actions.problem import Refused, shown
from directory.actions.vocabulary import code_of
from directory.reference.routes import Route, read_routes

LINES_MAX = 50

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})", re.IGNORECASE)

# Kinds whose value a page links to, and values that would be an address where none belongs.
_LINKED_KINDS = frozenset({"web chat", "form", "BSL video"})
_ADDRESS = re.compile(r"[a-z][a-z0-9+.\-]*:(?=\S)", re.IGNORECASE)

_ROUTE_EXAMPLE = "telephone | 01632 960001 | Mo-Fr 09:00-17:00 | note"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a file gives it; precision: 'exact', 'town' or 'confidential'."""

    precision: str
    town: str
    postcode: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A criterion of the inclusion decision, its answer, the evidence and the evidence's date."""

    criterion: str
    answer: str
    evidence: str = ""
    evidence_date: str = ""


def places(cell: str) -> tuple[Place, ...]:
    """One per line: `exact | town | postcode | note`, `town | town name`, `confidential | town | | note`."""
    return tuple(_place(*parts) for parts in _lines(cell, "exact | Leeds | LS1 4AP | note, or town | Leeds"))


def _place(kind: str, town: str, postcode: str, note: str) -> Place:
    precision = code_of("precision", kind)
    if not town:
        raise Refused("A place needs its town.", "Write it after the first |, like town | Leeds.")
    if precision == "exact":
        match = POSTCODE.fullmatch(postcode)
        if match is None:
            raise Refused(
                f"{shown(postcode)} is not a full postcode, and an exact place needs one.",
                "Write exact | Leeds | LS1 4AP, or town | Leeds if the postcode is not public.",
            )
        return Place(precision, town, f"{match[1]} {match[2]}".upper(), note)
    if postcode:
        raise Refused(
            f"A place marked {precision} must not carry a postcode.",
            "Take the postcode out, or write exact if the service itself shows it in public.",
        )
    return Place(precision, town, "", note)


def routes(cell: str) -> tuple[Route, ...]:
    """`kind | value | hours | note`, one per line."""
    return tuple(_route(*parts) for parts in _lines(cell, _ROUTE_EXAMPLE))


@lru_cache(maxsize=100_000)
def _route(kind: str, value: str, hours: str, note: str) -> Route:
    code = code_of("route", kind)
    if not value and code != "walk-in":
        raise Refused(f"The route {code} does not say how to use it.", "Write it after the first |.")
    if value and code in _LINKED_KINDS:
        url(value)
    if code == "walk-in" and _ADDRESS.match(value):
        raise Refused(
            "A walk-in route is a place, and this is an address to follow.",
            "Write the place in words; a web address goes into url, or into a route of its own.",
        )
    try:
        return read_routes(" | ".join((code, value, hours, note)))[0]
    except ValueError as error:
        raise Refused("A contact route cannot be read:", str(error)) from None


def evidence(cell: str) -> tuple[Evidence, ...]:
    """`criterion | yes, no or not known | evidence | date`, one per line."""
    return tuple(
        Evidence(
            code_of("criterion", criterion),
            code_of("yes_no", answer),
            words,
            loose_date(when) if when else "",
        )
        for criterion, answer, words, when in _lines(cell, "free | yes | their page says so | 2025-11")
    )


def write_place(place: Place) -> str:
    """The line of a place."""
    return _joined(place.precision, place.town, place.postcode, place.note)


def write_route(route: Route) -> str:
    """The line of a route, without empty parts at its end."""
    return _joined(route.kind, route.value, route.hours, route.note)


def write_evidence(line: Evidence) -> str:
    """The line of a criterion."""
    return _joined(line.criterion, line.answer, line.evidence, line.evidence_date)


def _lines(cell: str, example: str) -> list[tuple[str, str, str, str]]:
    lines = [line for line in cell.splitlines() if line.strip()]
    if len(lines) > LINES_MAX:
        raise Refused(f"The cell holds {len(lines)} lines.", f"Keep it to {LINES_MAX}.")
    found = []
    for line in lines:
        parts = [text(part) for part in line.split("|")]
        if len(parts) > 4:
            raise Refused(
                f"{shown(line)} has more than four parts.", f"Write it like {example}, one per line."
            )
        first, second, third, fourth = parts + [""] * (4 - len(parts))
        found.append((first, second, third, fourth))
    return found


def _joined(*parts: str) -> str:
    return " | ".join(parts).rstrip(" |")
