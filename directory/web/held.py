"""Help lines without what is held everywhere: a wrong number is wrong on this strip too."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app, g, has_app_context

from directory.queries.holds import NOTHING_HELD, HeldValues, held_everywhere
from directory.reference.help_lines import HelpLine, help_lines

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
