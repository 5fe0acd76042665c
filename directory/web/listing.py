"""One service, with all that is known of it and all that is not; one organisation with its services."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from flask import Blueprint, current_app, render_template, url_for
from flask_babel import gettext as _

from directory.queries.listings import get_listing
from directory.queries.organisations import get_organisation
from directory.reference.hours import LONDON
from directory.reference.terms import terms
from directory.search.types import Fit, Hit
from directory.web.facts import (
    age_words,
    cost_words,
    coverage_words,
    offers,
    place_words,
    sure_words,
    waiting_words,
    who_words,
)
from directory.web.help_now import help_now

bp = Blueprint("listing", __name__)

# A card is made for the answers of a search; here there was none, so it tells no distance.
NOT_A_SEARCH = Hit(listing_id=0, location_id=None, distance_km=None, fit=Fit.YES, accepts="yes")


@bp.get("/services/<int(max=2147483647):service_id>")
def service(service_id: int) -> str:
    """A service's page; it prints on one sheet."""
    with current_app.extensions["database"].reading() as session:
        listing = get_listing(session, service_id)
    return render_template(
        "listing/service.html",
        listing=listing,
        sure=sure_words(listing.confidence),
        today=datetime.now(LONDON).date(),
        who=who_words(listing),
        ages=age_words(listing),
        coverage=coverage_words(listing),
        offers=offers(listing),
        place=place_words(listing),
        cost=cost_words(listing),
        waiting=waiting_words(
            listing, _(terms("waiting")[listing.waiting_list].plain) if listing.waiting_list else ""
        ),
        correction=_correction_mail(service_id),
        help_now=help_now(),
    )


@bp.get("/organisations/<int(max=2147483647):organisation_id>")
def organisation(organisation_id: int) -> str:
    """An organisation and the services of it that are listed."""
    with current_app.extensions["database"].reading() as session:
        found = get_organisation(session, organisation_id)
    return render_template(
        "listing/organisation.html", organisation=found, no_hit=NOT_A_SEARCH, help_now=help_now()
    )


def _correction_mail(service_id: int) -> str:
    """A mail address with a neutral subject: it may be read over a shoulder, or found in a sent folder."""
    address = current_app.config["SETTINGS"].contact_email
    if not address:
        return ""
    subject = quote(_("Correction to listing %(number)s", number=service_id))
    body = quote(url_for("listing.service", service_id=service_id))
    return f"mailto:{address}?subject={subject}&body={body}"
