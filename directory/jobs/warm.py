"""What a worker makes ready by itself once it has started, so that no visitor is the first to wait for it."""

from __future__ import annotations

import logging
import threading

from flask import Flask

from directory.matrix.areas import ENGLAND_AND_WALES
from directory.queries.area_states import states_of, statutory_of
from directory.queries.current_gaps import usual_limits
from directory.reference.hours import today_in_london

logger = logging.getLogger(__name__)


def start_warming(app: Flask) -> threading.Thread:
    """Begin in a thread of its own, after the fork; whoever comes before it is done waits no longer than without it."""
    thread = threading.Thread(target=_run, args=(app,), name="warming", daemon=True)
    thread.start()
    return thread


def _run(app: Flask) -> None:
    try:
        warm(app)
    except Exception:
        # A database that is not there yet, for example: the first visitor makes it ready instead, or is told.
        logger.exception("Could not make everything ready. It is made when it is first asked for.")


def warm(app: Flask) -> None:
    """Each thing that is made once and kept: the search first, because somebody may need help now."""
    held = app.extensions
    with held["database"].reading() as session:
        held["index"].get(session)
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    with held["database"].reading() as session:
        world = held["matrix"].get(session, today_in_london())
        registers = held["gaps"].get(session, world, usual_limits())
    # The widest area: what is known of it is known of every authority.
    widest = world.areas.get(ENGLAND_AND_WALES)
    states_of(world, widest)
    statutory_of(world, widest)
    registers.of(widest)
    held["access"].get(world)
