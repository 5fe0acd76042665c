"""Ways to reach a service, as they are written in a cell: one per line, `kind | value | hours | note`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from directory.reference.hours import check
from directory.reference.telephones import is_number, is_relay_number
from directory.reference.terms import terms

WITHOUT_SPEAKING = frozenset({"text", "web chat", "email", "BSL video", "Relay UK", "form"})
"""Kinds that a person can use without speaking."""

_EMAIL = re.compile(r"[^@\s|<>\"]+@[^@\s|<>\"]+\.[^@\s|<>\"]+")
_ADDRESS = re.compile(r"https?://[^\s|<>\"]+")


@dataclass(frozen=True, slots=True)
class Route:
    """One way to reach a service.

    kind: a code of the taxonomy `route`.
    value: the number, address or place.
    hours: OpenStreetMap notation; blank = not known.
    note: anything else, in words.
    """

    kind: str
    value: str
    hours: str = ""
    note: str = ""


def read_routes(text: str) -> tuple[Route, ...]:
    """The routes written in a cell. Raises ValueError that says which line is wrong and how to mend it."""
    return tuple(_read_route(line) for line in text.splitlines() if line.strip())


def write_routes(routes: tuple[Route, ...]) -> str:
    """The cell that `read_routes` reads back."""
    return "\n".join(" | ".join((route.kind, route.value, route.hours, route.note)) for route in routes)


def _read_route(line: str) -> Route:
    cells = [cell.strip() for cell in line.split("|")]
    if not 2 <= len(cells) <= 4:
        raise ValueError(f"{line!r}: write 'kind | value | hours | note'.")
    route = Route(*cells)  # missing cells are blank
    if route.kind not in terms("route"):
        raise ValueError(f"{line!r}: the kind must be one of {', '.join(terms('route'))}.")
    problem = _problem_with(route)
    if problem:
        raise ValueError(f"{line!r}: {problem}")
    if route.hours:
        check(route.hours)
    return route


def _problem_with(route: Route) -> str:
    match route.kind:
        case "telephone" | "text":
            fits = is_number(route.value)
            return "" if fits else "this is no telephone number of the United Kingdom."
        case "Relay UK":
            fits = is_relay_number(route.value) or is_number(route.value)
            return "" if fits else "write 18001 and the number."
        case "email":
            return "" if _EMAIL.fullmatch(route.value) else "this is no email address."
        case "web chat" | "form" | "BSL video":
            return "" if _ADDRESS.fullmatch(route.value) else "write the whole address, with https://."
        case _:
            return ""
