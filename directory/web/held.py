"""Help lines and councils' numbers without what is held everywhere: a wrong number is wrong here too."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import current_app, g, has_app_context

from directory.queries.holds import NOTHING_HELD, HeldValues, held_everywhere
from directory.reference.elsewhere import ElsewhereLine, elsewhere
from directory.reference.front_doors import FrontDoor
from directory.reference.help_lines import HelpLine, help_lines
from directory.web.out_of_reach import may_wait_long

LAST_KNOWN = "held everywhere"


def shown_help_lines() -> tuple[HelpLine, ...]:
    """The lines as they may be shown at this moment; one of which every way is held is not among them."""
    held = _held()
    if not held:
        return tuple(help_lines())
    left = (
        replace(line, routes=tuple(route for route in line.routes if not held.hides_way(route.value)))
        for line in help_lines()
    )
    return tuple(
        replace(line, about=held.cleaned(line.about), without_speaking=held.cleaned(line.without_speaking))
        for line in left
        if line.routes
    )


def shown_way(code: str, kind: str = "telephone") -> str:
    """The number or address of that kind by which a help line may be reached now; '' while it is held.

    For sentences that name one line. ValueError where there is no such line or way.
    """
    line = next((line for line in help_lines() if line.code == code), None)
    value = next((route.value for route in line.routes if route.kind == kind), None) if line else None
    if value is None:
        raise ValueError(f"data/help_lines.csv has no {kind} of {code}.")
    return "" if _held().hides_way(value) else value


def shown_front_door(door: FrontDoor) -> FrontDoor:
    """A council's way in without what is held, as where we hold no number."""
    held = _held()
    if not held:
        return door
    return replace(
        door,
        telephone="" if held.hides_way(door.telephone) else door.telephone,
        telephone_note=held.cleaned(door.telephone_note),
        out_of_hours="" if held.hides_way(door.out_of_hours) else door.out_of_hours,
        out_of_hours_note=held.cleaned(door.out_of_hours_note),
        hours_in_words=held.cleaned(door.hours_in_words),
        page_url="" if held.hides_page(door.page_url) else door.page_url,
    )


@dataclass(frozen=True, slots=True)
class ShownElsewhere:
    """A line of a nation that we do not cover. is_being_checked: something of it is held and left out."""

    line: ElsewhereLine
    is_being_checked: bool


def shown_elsewhere(nation: str) -> tuple[ShownElsewhere, ...]:
    """The lines of that nation without what is held, which may be a number, and another in a sentence."""
    held, found = _held(), []
    for line in elsewhere(nation):
        shown = replace(
            line,
            telephone="" if held.hides_way(line.telephone) else line.telephone,
            who_for=held.cleaned(line.who_for),
            note=held.cleaned(line.note),
        )
        found.append(ShownElsewhere(shown, shown != line))
    return tuple(found)


def take_last_known(error: Exception) -> None:
    """For the page that says that the database is out of reach: nobody waits for it a second time."""
    if may_wait_long(error, current_app.extensions["database"].dialect_name):
        g.setdefault("held_everywhere", current_app.extensions.get(LAST_KNOWN, NOTHING_HELD))


def _held() -> HeldValues:
    """Asked of the database once for each request.

    While it cannot be read, what was held when it last could be: whoever comes then needs somebody to call most.
    """
    if not has_app_context() or "database" not in current_app.extensions:
        return NOTHING_HELD
    if "held_everywhere" not in g:
        try:
            with current_app.extensions["database"].reading() as session:
                g.held_everywhere = held_everywhere(session)
        except Exception:
            current_app.logger.exception("Could not read what is held")
            g.held_everywhere = current_app.extensions.get(LAST_KNOWN, NOTHING_HELD)
        current_app.extensions[LAST_KNOWN] = g.held_everywhere
    found: HeldValues = g.held_everywhere
    return found
