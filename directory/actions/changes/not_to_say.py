"""What a cell may not say, though it can be read: what the pages of a listing refuse by their fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from directory.actions import cells
from directory.actions.changes.apply import problem_of
from directory.actions.changes.refused import ChangeRefused
from directory.actions.lines import Place, places, routes
from directory.actions.listing_row import COLUMNS
from directory.actions.problem import Problem, Refused
from directory.reference.case_data import ABOUT_ONE_PERSON, case_data_in
from directory.reference.route_checks import is_abroad, is_dearest
from directory.reference.routes import Route
from directory.reference.telephones import is_number
from directory.reference.websites import foreign_letters, host_of, is_public_host

_WORDS = frozenset(column.name for column in COLUMNS if column.read in (cells.text, cells.name, cells.names))
_ADDRESSES = frozenset(column.name for column in COLUMNS if column.read is cells.url)
_LINKED = frozenset({"web chat", "form", "BSL video"})
_RUNG = frozenset({"telephone", "text", "Relay UK"})


def refused_words(column: str, cell: str, told: str) -> Refused | None:
    """Why this cell is not taken; None where nothing speaks against it.

    told: the cell as it is listed; the lines of it that stay are not held to these rules anew.
    """
    if not cell:
        return None
    if column in _ADDRESSES:
        return _address(cell)
    for route in _new_routes(column, cell, told):
        if wrong := _route(route):
            return wrong
    return about_a_person(column, cell, told)


def about_a_person(column: str, cell: str, told: str) -> Refused | None:
    """Why this cell is not taken, if it seems to tell of one person; else None. told: as in `refused_words`."""
    if column in _WORDS:
        return _words(case_data_in(cell))
    return _about_one_person(_new_words(column, cell, told))


def refuse_one_person(wanted: Mapping[str, str], here: Mapping[str, str]) -> None:
    """Nothing of one person's case is kept, not even while it waits, whichever way it came. Raises ChangeRefused.

    here: the listing as it is. A postcode or an e-mail address may be the service's own, and is left to the forms.
    """
    if problems := of_one_person(wanted, here):
        raise ChangeRefused(problems)


def of_one_person(wanted: Mapping[str, str], here: Mapping[str, str]) -> list[Problem]:
    """The cells that seem to hold something of one person's case, and what. here: as in `refuse_one_person`."""
    problems = []
    for name, cell in wanted.items():
        words = [cell] if name in _WORDS else _new_words(name, cell, here.get(name, ""))
        if wrong := _about_one_person(words):
            problems.append(problem_of(name, "", wrong.what, wrong.remedy))
    return problems


def _about_one_person(words: Iterable[str]) -> Refused | None:
    return next((_words(found) for text in words if (found := case_data_in(text)) in ABOUT_ONE_PERSON), None)


def _new_words(column: str, cell: str, told: str) -> list[str]:
    """What is written freely in the lines of a cell that are new."""
    written = [word for route in _new_routes(column, cell, told) for word in (_place_in(route), route.note)]
    return written + [word for place in _new_places(column, cell, told) for word in (place.town, place.note)]


def _place_in(route: Route) -> str:
    """Where to walk in is told in words, and other ways by a number or an address that has a form of its own."""
    return route.value if route.kind == "walk-in" else ""


def _new_places(column: str, cell: str, told: str) -> list[Place]:
    """As `_new_routes`."""
    if column != "locations":
        return []
    try:
        known = set(places(told))
        return [one for one in places(cell) if one not in known]
    except Refused:
        return []


def _new_routes(column: str, cell: str, told: str) -> list[Route]:
    """Empty also for what cannot be read, which is told by the column's own rule."""
    if column != "contact_routes":
        return []
    try:
        known = set(routes(told))
        return [one for one in routes(cell) if one not in known]
    except Refused:
        return []


def _route(route: Route) -> Refused | None:
    if route.kind in {"telephone", "text"} and not is_number(route.value):
        return Refused(
            "This is no telephone number of the United Kingdom.", "Check it, digit by digit: " + route.value
        )
    if route.kind in _RUNG and is_abroad(route.value):
        return Refused("This is a number of another country.", "Enter one of the United Kingdom.")
    if route.kind in _RUNG and is_dearest(route.value):
        return Refused(
            "Numbers that begin with 09 cost whoever rings a lot.", "Enter one at the usual price."
        )
    return _address(route.value) if route.kind in _LINKED else None


def _address(url: str) -> Refused | None:
    host = host_of(url)
    if not url.startswith("https://"):
        return Refused(
            "A website starts with https:// today.", "If there is no such address, tell us in an e-mail."
        )
    if not is_public_host(host):
        return Refused("This is not the address of a website that others can reach.", "Check it.")
    if letters := foreign_letters(host):
        return Refused(
            f"This address holds letters of another alphabet ({letters[:20]}), which can look like ours.",
            "Type it anew.",
        )
    return None


def _words(found: str) -> Refused | None:
    """found: what of a person's case stands there, as `case_data_in` says it."""
    if not found:
        return None
    if found in ABOUT_ONE_PERSON:
        return Refused(f"This looks as if it held {found}.", "Nothing about one person may stand here.")
    column = "contact_routes" if found == "an e-mail address" else "locations"
    return Refused(f"This looks as if it held {found}.", f"Write it in the column {column}, not here.")
