"""National lines to turn to now, shown on every page of results. From data/help_lines.csv."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

from directory.reference.dates import read_day, read_rough_date
from directory.reference.files import DATA, Row, read_rows, split
from directory.reference.hours import is_open, opens_next
from directory.reference.routes import WITHOUT_SPEAKING, Route, read_routes
from directory.reference.terms import terms


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One national line.

    who_for: codes of the taxonomy `help_for`, the most fitting first.
    can_stay_anonymous: True, False, or None where we do not know.
    when_they_must_tell, without_speaking: words; blank = not known.
    must_tell_short: the same in a sentence or two, to stand before the number; blank where it is short anyway.
    source_date: 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD' of the source itself; blank = it bears no date.
    doubts: what nobody has checked yet, in words; blank = nothing known to be in doubt.
    """

    code: str
    name: str
    about: str
    who_for: tuple[str, ...]
    routes: tuple[Route, ...]
    can_stay_anonymous: bool | None
    when_they_must_tell: str
    without_speaking: str
    source_name: str
    source_urls: tuple[str, ...]
    source_date: str
    seen_on: date
    confidence: str
    doubts: str
    must_tell_short: str = ""

    @property
    def telephone(self) -> Route | None:
        """The number to ring, where there is one."""
        return next((route for route in self.routes if route.kind == "telephone"), None)

    @property
    def routes_without_speaking(self) -> tuple[Route, ...]:
        """The ways that need no voice."""
        return tuple(route for route in self.routes if route.kind in WITHOUT_SPEAKING)

    @property
    def _live_routes(self) -> tuple[Route, ...]:
        """The ways on which someone answers at once; all of them where there is none such."""
        return tuple(route for route in self.routes if route.kind not in ("email", "form")) or self.routes

    def is_open(self, at: datetime) -> bool | None:
        """Whether any of its ways is open at that moment; None where none is known to be and one may be."""
        answers = {is_open(route.hours, at) for route in self._live_routes}
        if True in answers:
            return True
        return None if None in answers else False

    def opens_next(self, at: datetime) -> datetime | None:
        """When the first of its ways opens next, if hours are known and none is open now."""
        if self.is_open(at):
            return None
        return min(filter(None, (opens_next(route.hours, at) for route in self._live_routes)), default=None)


def read_help_lines(path: Path, who_codes: Collection[str]) -> tuple[HelpLine, ...]:
    """The lines in the order in which to show them. Raises BadDataFile."""
    columns = (
        "code",
        "name",
        "about",
        "who_for",
        "routes",
        "can_stay_anonymous",
        "when_they_must_tell",
        "without_speaking",
        "source_name",
        "source_url",
        "source_date",
        "seen_on",
        "confidence",
        "doubts",
        "must_tell_short",
    )
    found: dict[str, HelpLine] = {}
    for row in read_rows(path, columns):
        line = _read_line(row, who_codes)
        if line.code in found:
            raise row.wrong("code", "This line is there already.")
        found[line.code] = line
    return tuple(found.values())


def _read_line(row: Row, who_codes: Collection[str]) -> HelpLine:
    who_for = row.parts("who_for")
    if not who_for or any(code not in who_codes for code in who_for):
        raise row.wrong("who_for", f"Use codes of: {', '.join(who_codes)}.")
    try:
        routes = read_routes(row.needed("routes"))
    except ValueError as error:
        raise row.wrong("routes", str(error)) from error
    if row["must_tell_short"] and not row["when_they_must_tell"]:
        raise row.wrong("must_tell_short", "Say it in full under when_they_must_tell first.")
    return HelpLine(
        code=row.needed("code"),
        name=row.needed("name"),
        about=row.needed("about"),
        who_for=who_for,
        routes=routes,
        can_stay_anonymous=_YES_NO[row.one_of("can_stay_anonymous", tuple(_YES_NO))],
        when_they_must_tell=row["when_they_must_tell"],
        without_speaking=row["without_speaking"],
        source_name=row.needed("source_name"),
        source_urls=split(row.needed("source_url"), " ; "),
        source_date=read_rough_date(row, "source_date"),
        seen_on=read_day(row, "seen_on"),
        confidence=row.one_of("confidence", ("high", "medium")),
        doubts=row["doubts"],
        must_tell_short=row["must_tell_short"],
    )


_YES_NO: Mapping[str, bool | None] = MappingProxyType({"yes": True, "no": False, "": None})


@cache
def help_lines() -> tuple[HelpLine, ...]:
    """Every national line of data/help_lines.csv, emergencies first."""
    return read_help_lines(DATA / "help_lines.csv", terms("help_for"))
