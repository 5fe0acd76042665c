"""One service, with all that is known of it and all that is not; one organisation with its services."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.errors import RuleBroken
from directory.queries.alike import who_else_might_help
from directory.queries.current_listings import CurrentListings
from directory.queries.departed import departed, held_listing, moved_to
from directory.queries.organisations import get_organisation
from directory.queries.views import ListingView
from directory.reference.hours import today_in_london
from directory.reference.routes import WITHOUT_SPEAKING
from directory.reference.terms import terms
from directory.search.types import Facet, Fit, Hit
from directory.security.me import me
from directory.security.who_holds import may_hold
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

Answer = BaseResponse | str | tuple[str, int]
NUMBER_LENGTH_MAX = 9

# A card is made for the answers of a search; here there was none, so it tells no distance.
NOT_A_SEARCH = Hit(listing_id=0, location_id=None, distance_km=None, fit=Fit.YES, accepts="yes")


@bp.get("/services/<int(max=2147483647):service_id>")
def service(service_id: int) -> Answer:
    """A service's page; it prints on one sheet. An old number leads on; a service that closed says so."""
    with current_app.extensions["database"].reading() as session:
        _version, index = current_app.extensions["index"].get(session)
        current: CurrentListings = current_app.extensions["listings"]
        moved = moved_to(session, service_id)
        if moved is not None:
            url = url_for("listing.service", service_id=moved.service_id, was=service_id)
            return redirect(url, code=301)
        held_for = held_listing(session, service_id)
        gone = departed(session, service_id)
        listing = current.one(session, service_id) if held_for is None and gone is None else None
        others = who_else_might_help(session, index, current, service_id)
        came_from = moved_to(session, _was(request.args.get("was", "")))
    if held_for is not None:
        return render_template(
            "listing/held_page.html",
            number=service_id,
            others=others,
            no_hit=NOT_A_SEARCH,
            help_now=help_now({Facet.GROUP: held_for}),
        )
    if listing is None:
        page = render_template(
            "listing/departed.html", departed=gone, others=others, no_hit=NOT_A_SEARCH, help_now=help_now()
        )
        return page, 410 if gone and gone.status == "defunct" else 200
    who = me()
    return render_template(
        "listing/service.html",
        listing=listing,
        came_from=came_from if came_from and came_from.service_id == service_id else None,
        others=others,
        no_hit=NOT_A_SEARCH,
        is_voice_only=_is_voice_only(listing),
        sure=sure_words(listing.confidence),
        today=today_in_london(),
        who=who_words(listing),
        ages=age_words(listing),
        coverage=coverage_words(listing),
        offers=offers(listing),
        place=place_words(listing),
        cost=cost_words(listing),
        waiting=waiting_words(
            listing, _(terms("waiting")[listing.waiting_list].plain) if listing.waiting_list else ""
        ),
        may_hold=may_hold(who, listing.organisation_id),
        is_ours=who is not None and listing.organisation_id in who.owner_of | who.editor_of,
        help_now=help_now({Facet.GROUP: listing.shown_groups}),
    )


@bp.get("/organisations/<int(max=2147483647):organisation_id>")
def organisation(organisation_id: int) -> str:
    """An organisation and the services of it that are listed."""
    with current_app.extensions["database"].reading() as session:
        found = get_organisation(session, organisation_id)
    return render_template(
        "listing/organisation.html", organisation=found, no_hit=NOT_A_SEARCH, help_now=help_now()
    )


def _was(number: str) -> int:
    """The old number that led here, from the address; 0 when it did not. Raises RuleBroken."""
    if not number:
        return 0
    if not (number.isascii() and number.isdecimal() and len(number) <= NUMBER_LENGTH_MAX):
        raise RuleBroken("was", "This address asks for a listing number that does not exist.")
    return int(number)


def _is_voice_only(listing: ListingView) -> bool:
    """Whether the only way to it that is known needs a voice."""
    kinds = {route.kind for route in listing.contact_routes if route.value}
    return "telephone" in kinds and not kinds & WITHOUT_SPEAKING
