"""A column's cell ↔ what a form holds of it. An answer that is left as it was gives the very same cell back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from directory.actions.lines import Place, write_place, write_route
from directory.actions.vocabulary import codes
from directory.reference.hours_in_words import HoursUnclear, hours_from_words
from directory.reference.routes import Route
from directory.web.facts import hours_words
from directory.web.my_listings.questions import QUESTIONS, Kind

Row = Mapping[str, Any]
_BAR = "|"
NOT_KNOWN = "not-known"
"""What a choice sends that says nothing; its cell is blank."""
ROUTE_PARTS = ("kind", "value", "hours", "note")
PLACE_PARTS = ("precision", "town", "postcode", "note")
DATE_PARTS = ("year", "month", "day")


def data_of(column: str, cell: str) -> Any:
    """What the form holds for a cell: text, a list of codes, a dict of a date, or a list of dicts of lines."""
    match QUESTIONS[column].kind:
        case Kind.NAMES:
            return "\n".join(_parts(cell))
        case Kind.SOME_OF:
            return _parts(cell)
        case Kind.TAGS:
            return [part for part in _parts(cell) if not part.endswith("?")]
        case Kind.DATE:
            return dict(zip(DATE_PARTS, [*cell.split("-"), "", "", ""][:3], strict=True))
        case Kind.ROUTES:
            return [{**row, "hours": hours_typed(row["hours"])} for row in _lines(cell, ROUTE_PARTS)]
        case Kind.PLACES:
            return _lines(cell, PLACE_PARTS)
        case Kind.YES_NO | Kind.ONE_OF:
            return cell or NOT_KNOWN
        case _:
            return cell


_UNIT = re.compile(r"(?<=\d) ?(weeks?|wks?|years?( old)?|people)\.?$", re.IGNORECASE)


def unsure_codes(cell: str) -> list[str]:
    """The codes of a cell of tags that its source does not say for certain: 'G3;G9?' → ['G9']."""
    return [part[:-1] for part in _parts(cell) if part.endswith("?")]


def cell_of(column: str, data: Any, before: str, unsure: Mapping[str, str] | None = None) -> str:
    """The cell that an answer makes. before: the cell that was shown, whose order is kept.

    unsure: code → 'yes', 'no' or '' (not said) for the codes that were shown as unsure.
    A line that holds a bar is written with the bar in it, which is then refused by its reader.
    """
    question = QUESTIONS[column]
    match question.kind:
        case Kind.NAMES:
            return ";".join(" ".join(line.split()) for line in re.split(r"[\n;]", data or "") if line.strip())
        case Kind.YES_NO | Kind.ONE_OF:
            return "" if data in {None, NOT_KNOWN} else " ".join(data.split())
        case Kind.NUMBER:
            # '12 weeks' is a number to whoever writes it.
            return _UNIT.sub("", " ".join((data or "").split()))
        case Kind.WORDS | Kind.LINE | Kind.ADDRESS:
            return " ".join((data or "").split())
        case Kind.SOME_OF:
            return ";".join(_in_order(data or (), _parts(before), question.vocabulary))
        case Kind.TAGS:
            return _tags(data or (), unsure or {}, before, question.vocabulary)
        case Kind.DATE:
            return _date(data or {})
        case Kind.ROUTES:
            held = {hours_typed(row["hours"]): row["hours"] for row in _lines(before, ROUTE_PARTS)}
            return _written(data or (), ROUTE_PARTS, lambda parts: _route(parts, held))
        case Kind.PLACES:
            return _written(data or (), PLACE_PARTS, lambda parts: write_place(Place(*parts)))


def hours_typed(stored: str) -> str:
    """Hours as a box shows them: in words, wherever the same words would be stored as the very same hours."""
    words = hours_words(stored)
    try:
        return words if hours_from_words(words) == stored else stored
    except HoursUnclear:
        return stored


def hours_stored(typed: str, held: Mapping[str, str]) -> str:
    """Hours as they are stored; what cannot be told stays as it was typed, to be refused.

    held: hours as they were shown → as they are stored, which stays to the letter.
    """
    try:
        return held.get(typed) or hours_from_words(typed)
    except HoursUnclear:
        return typed


def _route(parts: Sequence[str], held: Mapping[str, str]) -> str:
    kind, value, hours, note = parts
    return write_route(Route(kind, value, hours_stored(hours, held), note))


def _tags(chosen: Sequence[str], unsure: Mapping[str, str], before: str, vocabulary: str) -> str:
    kept = list(chosen)
    for code in unsure_codes(before):
        said = unsure.get(code, "")
        if said == "yes":
            kept.append(code)
        elif said != "no" and code not in kept:
            kept.append(f"{code}?")
    plain = [part.removesuffix("?") for part in _parts(before)]
    written = {part.removesuffix("?"): part for part in kept}
    return ";".join(written[code] for code in _in_order(written, plain, vocabulary))


def _in_order(chosen: Any, before: Sequence[str], vocabulary: str) -> list[str]:
    """Those that stood there in their order, then the others in the vocabulary's; unknown ones last, to be refused."""
    held = list(dict.fromkeys(chosen))
    known = codes(vocabulary)
    kept = [code for code in before if code in held]
    new = [code for code in known if code in held and code not in kept]
    return [*kept, *new, *(code for code in held if code not in known and code not in kept)]


def _date(data: Mapping[str, Any]) -> str:
    year, month, day = (str(data.get(part) or "").strip() for part in DATE_PARTS)
    if not (year or month or day):
        return ""
    return "-".join(
        [year or "?", *([month.zfill(2)] if month or day else []), *([day.zfill(2)] if day else [])]
    )


def _written(rows: Sequence[Row], parts: Sequence[str], write: Callable[[list[str]], str]) -> str:
    lines = []
    for row in rows:
        held = [" ".join(str(row.get(part) or "").split()) for part in parts]
        if row.get("remove") or not any(held):
            continue
        lines.append(write(held))
    return "\n".join(lines)


def rows_kept(rows: Sequence[Row], parts: Sequence[str]) -> list[int]:
    """The places of the rows that make a line, in order: the first line of the cell is rows[found[0]] …"""
    return [
        place
        for place, row in enumerate(rows)
        if not row.get("remove") and any(str(row.get(part) or "").strip() for part in parts)
    ]


def _lines(cell: str, names: Sequence[str]) -> list[dict[str, str]]:
    found = []
    for line in cell.splitlines():
        parts = [part.strip() for part in line.split(_BAR)]
        found.append(dict(zip(names, [*parts, "", "", "", ""][: len(names)], strict=True)))
    return found


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
