"""Who can be called at this minute: help lines for the people a search is about, and the council."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import format_date
from flask_babel import gettext as _

from directory.geo.areas import areas
from directory.geo.types import SearchArea
from directory.reference.front_doors import FrontDoor, front_door
from directory.reference.help_lines import HelpLine, help_lines
from directory.reference.hours import LONDON, is_open, opens_next
from directory.reference.routes import Route
from directory.reference.terms import terms
from directory.search.types import Facet
from directory.web.facts import clock_words, hours_words
from directory.web.parts import HelpLineNow, HelpRoute
from directory.web.words import telephone_address

# Shown when nobody said whom the search is about: one line for each who may be reading.
FOR_ANYONE = ("childline", "nspcc", "rape-crisis", "napac", "stop-it-now", "samaritans", "shout")
# How many stand unfolded. Beside results fewer: a long strip pushes the services off a phone's screen.
FIRST = 3
FIRST_BESIDE_RESULTS = 2
# For anyone at any hour, and always among the lines.
ALWAYS = ("samaritans", "shout")
# 999 has its own sentence above the lines.
IN_A_SENTENCE = frozenset({"999"})
# For everybody, so made for nobody in particular: never before the lines that are.
FOR_EVERYBODY = frozenset({"101", "999-bsl", "nhs-111-option-2", "victim-support"})


@dataclass(frozen=True, slots=True)
class Strip:
    """The help lines of a page: a few at once, the others one tap away."""

    first: tuple[HelpLineNow, ...]
    more: tuple[HelpLineNow, ...]


def help_now(
    chosen: Mapping[Facet, frozenset[str]] | None = None, first: int = FIRST, at: datetime | None = None
) -> Strip:
    """The lines for the groups that were chosen, those open now first; `at` is this minute unless said."""
    moment = at or datetime.now(LONDON)
    groups = (chosen or {}).get(Facet.GROUP, frozenset())
    lines = {line.code: line for line in help_lines() if line.code not in IN_A_SENTENCE}
    wanted = [
        line for line in lines.values() if groups & set(line.who_for) and line.code not in FOR_EVERYBODY
    ]
    wanted.extend(lines[code] for code in (ALWAYS if groups else FOR_ANYONE) if code in lines)
    # The line made for these people first: its `who_for` names them first.
    wanted.sort(
        key=lambda line: min((line.who_for.index(group) for group in groups & set(line.who_for)), default=99)
    )
    told = [_told(line, moment) for line in dict.fromkeys(wanted)]
    others = [_told(line, moment) for line in lines.values() if line not in wanted]
    # The best fitting line stays first; after it those open now, then unknown hours, then those that open later.
    rank = {True: 0, None: 1, False: 2}
    told[1:] = sorted(told[1:], key=lambda line: rank[line.is_open])
    return Strip(tuple(told[:first]), (*told[first:], *others))


def _told(line: HelpLine, at: datetime) -> HelpLineNow:
    spoken = [route for route in line.routes if route.kind == "telephone"] or list(line.routes)
    states = [is_open(route.hours, at) for route in spoken]
    state = True if True in states else None if None in states or not states else False
    return HelpLineNow(
        name=line.name,
        who_for=line.about,
        routes=tuple(_route(route) for route in line.routes),
        opening=_opening(state, spoken, at),
        is_open=state,
        hours="; ".join(dict.fromkeys(hours_words(route.hours) for route in spoken if route.hours)),
        must_tell=line.when_they_must_tell,
    )


def _route(route: Route) -> HelpRoute:
    match route.kind:
        case "telephone":
            href = telephone_address(route.value)
        case "email":
            href = f"mailto:{route.value}"
        case "web chat" | "form" | "BSL video":
            href = route.value
        case _:
            href = ""
    return HelpRoute(_(terms("route")[route.kind].label), route.value, href, route.note)


def _opening(state: bool | None, routes: Iterable[Route], at: datetime) -> str:
    if state:
        return _("Open now")
    if state is None:
        return _("Opening hours not known")
    coming = [moment for route in routes if (moment := opens_next(route.hours, at)) is not None]
    if not coming:
        return _("Closed now")
    first = min(coming).astimezone(LONDON)
    time = clock_words(first.hour, first.minute)
    if first.date() == at.date():
        return _("Closed now. Opens at %(time)s today", time=time)
    if first.date() == at.date() + timedelta(days=1):
        return _("Closed now. Opens at %(time)s tomorrow", time=time)
    return _("Closed now. Opens at %(time)s on %(day)s", time=time, day=format_date(first.date(), "EEEE"))


@dataclass(frozen=True, slots=True)
class DoorShown:
    """Where to report a concern about a child in one council area; numbers '' where we hold none."""

    council: str
    telephone: str
    telephone_note: str
    hours: str
    out_of_hours: str
    out_of_hours_note: str
    page_url: str
    seen_on: str


def front_doors(area: SearchArea | None) -> tuple[DoorShown, ...]:
    """The front doors of a search's children's services authorities, each once."""
    if area is None:
        return ()
    upper = dict.fromkeys((areas()[code].utla_code, areas()[code].utla_name) for code in area.authorities)
    return tuple(_door(name, front_door(code)) for code, name in upper)


def _door(name: str, door: FrontDoor | None) -> DoorShown:
    if door is None:
        return DoorShown(name, "", "", "", "", "", "", "")
    hours = door.hours_in_words or (hours_words(door.hours) if door.hours else "")
    return DoorShown(
        name,
        door.telephone,
        door.telephone_note,
        hours,
        door.out_of_hours,
        door.out_of_hours_note,
        door.page_url,
        str(door.seen_on),
    )
