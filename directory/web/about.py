"""Pages about the site itself: staying safe, privacy, accessibility, where the details come from."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from flask import Blueprint, current_app, render_template

from directory.queries.counts import listing_counts
from directory.web.help_now import help_now
from directory.web.sources import SOURCES

bp = Blueprint("about", __name__)

# The day on which somebody last checked the accessibility statement against the site.
ACCESSIBILITY_WRITTEN_ON = date(2026, 11, 22)


@bp.get("/safety")
def safety() -> str:
    """How to leave fast, what that does, and what it cannot do."""
    return render_template("about/safety.html", help_now=help_now())


@bp.get("/privacy")
def privacy() -> str:
    """What is not recorded, and the little that is."""
    settings = current_app.config["SETTINGS"]
    map_host = urlsplit(settings.map_tiles_url).hostname or ""
    return render_template(
        "about/privacy.html",
        sign_in=settings.sign_in,
        people=settings.people,
        contact_email=settings.contact_email,
        has_outside_map=bool(map_host),
        map_host=map_host,
    )


@bp.get("/accessibility")
def accessibility() -> str:
    """What was tested, and what does not work well."""
    return render_template(
        "about/accessibility.html",
        contact_email=current_app.config["SETTINGS"].contact_email,
        written_on=ACCESSIBILITY_WRITTEN_ON,
    )


@bp.get("/about/data")
def data() -> str:
    """Every source with licence and date; how sure we are of the listings, and how old they are."""
    with current_app.extensions["database"].reading() as session:
        counts = listing_counts(session)
    return render_template("about/data.html", sources=SOURCES, counts=counts)
