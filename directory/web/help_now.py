"""Who can be called at this minute: help lines for the people a search is about, and the council."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import format_date

from directory.geo.areas import areas
from directory.geo.types import SearchArea
from directory.reference.front_doors import FrontDoor, front_door
from directory.reference.help_lines import HelpLine
from directory.reference.hours import LONDON, is_open, now_utc, opens_next
from directory.reference.routes import WITHOUT_SPEAKING, Route
from directory.reference.terms import terms
from directory.search.types import Facet
from directory.web.facts import clock_words, hours_words
from directory.web.held import shown_front_door, shown_help_lines
from directory.web.parts import HelpLineNow, HelpRoute
from directory.web.translations import gettext as _
from directory.web.words import telephone_address

# The lines made for each group, the most fitting first. A child's sexual behaviour is mostly asked about by adults.
# Who asks for a child and for parents at once is an adult: parents stand before children.
FOR_GROUP: Mapping[str, tuple[str, ...]] = {
    "parents": ("nspcc", "rape-crisis"),
    "children": ("childline", "nspcc"),
    "adult-survivors": ("rape-crisis", "napac"),
    "children-hsb": ("stop-it-now", "nspcc"),
    "at-risk": ("stop-it-now",),
    # After a visit from the police, thoughts of suicide are common: that line stands first.
    "families": ("samaritans", "stop-it-now"),
}
# Groups in which somebody may be thinking of ending their life, whatever they were looking for.
AT_RISK_OF_SUICIDE = frozenset({"families", "at-risk"})
# When nobody said whom it is about: one line for each who may be reading.
FOR_ANYONE = ("childline", "nspcc", "rape-crisis", "stop-it-now")
# For somebody who wants advice for their work.
FOR_PROFESSIONALS = ("nspcc", "stop-it-now")
# For anyone in a crisis, at any hour.
CRISIS = ("samaritans", "shout", "nhs-111-option-2", "papyrus")
# For somebody who asked for a way without a voice.
WITHOUT_A_VOICE = ("999-bsl", "shout")
# What somebody types who is thinking of ending their life; the whole word or its beginning.
CRISIS_WORDS = re.compile(
    r"\b(suicid|kill(ing)? my|end(ing)? (it|my life)|self.?harm|overdose|want to die)", re.IGNORECASE
)
# 999 has its own sentence above the lines.
IN_A_SENTENCE = frozenset({"999"})
# How many stand unfolded. Beside results fewer: a long strip pushes the services off a phone's screen.
FIRST = 3
FIRST_BESIDE_RESULTS = 2


@dataclass(frozen=True, slots=True)
class Strip:
    """The help lines of a page: a few at once, the others one tap away. `note`: a sentence before them, or ''."""

    first: tuple[HelpLineNow, ...]
    more: tuple[HelpLineNow, ...]
    note: str = ""


def help_now(
    chosen: Mapping[Facet, frozenset[str]] | None = None,
    words: str = "",
    *,
    lines: Sequence[str] = (),
    first: int = FIRST,
    at: datetime | None = None,
) -> Strip:
    """The lines that fit, and always one that is open; `at` is this minute unless said.

    Those made for the chosen groups stand first, or those of a door (`lines`: their codes).
    Words of somebody in a crisis put the crisis lines before all others. Who asked for a way
    without a voice is shown the lines that have one, by that way.
    """
    moment = at or now_utc().astimezone(LONDON)
    known = {line.code: line for line in shown_help_lines() if line.code not in IN_A_SENTENCE}
    groups = (chosen or {}).get(Facet.GROUP, frozenset())
    voiceless = asks_for_no_voice(chosen or {})
    fitting = list(lines) or [code for group, codes in FOR_GROUP.items() if group in groups for code in codes]
    if not fitting:
        fitting = list(FOR_PROFESSIONALS if Facet.ADVICE in (chosen or {}) else FOR_ANYONE)
    order = dict.fromkeys((*fitting, *CRISIS))
    if voiceless:
        order = dict.fromkeys(
            code for code in (*WITHOUT_A_VOICE, *order) if code in known and _is_quiet(known[code])
        )
    if is_crisis(words):
        order = dict.fromkeys((*CRISIS, *order))
    if voiceless and fitting != list(FOR_ANYONE):
        # The two for anybody without a voice stand before the one made for these people, which is not folded away.
        first = max(first, len(WITHOUT_A_VOICE) + 1)
    told = [_told(known[code], moment, voiceless) for code in order if code in known]
    rest = [_told(line, moment, voiceless) for code, line in known.items() if code not in order]
    shown = told[:first]
    if (
        shown
        and not any(line.is_open for line in shown)
        and (open_one := next((line for line in told if line.is_open), None))
    ):
        shown[-1] = open_one
    note = ""
    if groups & AT_RISK_OF_SUICIDE:
        note = _("If you, or someone close to you, may be thinking of suicide, talk to someone now.")
    return Strip(tuple(shown), (*(line for line in told if line not in shown), *rest), note)


def asks_for_no_voice(chosen: Mapping[Facet, frozenset[str]]) -> bool:
    """Whether somebody asked for a way without speaking, or in British Sign Language."""
    return bool({Facet.WITHOUT_SPEAKING, Facet.BSL} & chosen.keys())


def is_crisis(words: str) -> bool:
    """Whether the words typed are those of somebody who may be thinking of ending their life."""
    return CRISIS_WORDS.search(words) is not None


def _is_quiet(line: HelpLine) -> bool:
    return bool(line.routes_without_speaking)


def _told(line: HelpLine, at: datetime, voiceless: bool) -> HelpLineNow:
    """The line at that moment. For somebody without a voice its quiet ways stand first, and their hours count."""
    quiet = list(line.routes_without_speaking)
    spoken = [route for route in line.routes if route.kind == "telephone"]
    counted = (quiet or spoken if voiceless else spoken) or list(line.routes)
    routes = sorted(line.routes, key=lambda route: route not in quiet) if voiceless else list(line.routes)
    states = [is_open(route.hours, at) for route in counted]
    state = True if True in states else None if None in states or not states else False
    must_tell = _(line.when_they_must_tell) if line.when_they_must_tell else ""
    beside = next((route for route in quiet if routes[0].kind not in WITHOUT_SPEAKING), None)
    return HelpLineNow(
        name=line.name,
        who_for=line.about,
        routes=tuple(_route(route) for route in routes),
        opening=_opening(state, counted, at),
        is_open=state,
        hours="; ".join(dict.fromkeys(hours_words(route.hours) for route in counted if route.hours)),
        must_tell=must_tell,
        without_speaking=_(line.without_speaking) if line.without_speaking else "",
        must_tell_short=_(line.must_tell_short) if line.must_tell_short else must_tell,
        quiet=_route(beside) if beside else None,
    )


def _route(route: Route) -> HelpRoute:
    match route.kind:
        case "telephone":
            href = telephone_address(route.value)
        case "text":
            href = telephone_address(route.value).replace("tel:", "sms:")
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
    door = shown_front_door(door)
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
