"""Up to four services side by side: the same facts of each, and what is not known said as that."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from directory.errors import RuleBroken
from directory.queries.listings import get_listings
from directory.queries.views import ListingView
from directory.reference.terms import terms
from directory.search.my_list import ENTRIES_MAX, read_numbers, write_numbers
from directory.web.dates import when
from directory.web.facts import (
    age_words,
    cost_words,
    coverage_words,
    offers,
    place_words,
    waiting_words,
    who_words,
)
from directory.web.help_now import FIRST_BESIDE_RESULTS, help_now
from directory.web.lately import lately_words
from directory.web.words import term, term_list

bp = Blueprint("side_by_side", __name__)

COMPARED_MAX = 4


@bp.get("/compare")
def choose() -> BaseResponse:
    """Turns ticked boxes into an address of numbers."""
    ticked = list(dict.fromkeys(request.args.getlist("n")))
    if not ticked:
        raise RuleBroken("n", "Tick at least one service to compare.")
    if len(ticked) > COMPARED_MAX:
        raise RuleBroken("n", "You can compare up to 4 services. Go back and tick fewer.")
    return redirect(
        url_for("side_by_side.show", numbers=write_numbers(read_numbers("-".join(ticked), ENTRIES_MAX))),
        code=303,
    )


@bp.get("/compare/<numbers>")
def show(numbers: str) -> str:
    """The table; on a phone one service after the other."""
    ids = read_numbers(numbers, COMPARED_MAX)
    with current_app.extensions["database"].reading() as session:
        found = get_listings(session, ids)
    listings = [found[number] for number in ids if number in found]
    return render_template(
        "side_by_side/show.html",
        listings=listings,
        gone=[number for number in ids if number not in found],
        facts=[(str(label), [words(each) for each in listings]) for label, words in FACTS],
        help_now=help_now(first=FIRST_BESIDE_RESULTS),
    )


def _yes_no(value: bool | None) -> str:
    return "" if value is None else (_("Yes") if value else _("No"))


def _offered(listing: ListingView) -> str:
    return "; ".join(
        label if is_certain else _("%(kind)s (possible, not certain)", kind=label)
        for label, _definition, is_certain in offers(listing)
    )


def _waiting(listing: ListingView) -> str:
    label = _(terms("waiting")[listing.waiting_list].plain) if listing.waiting_list else ""
    return waiting_words(listing, label)


def _confirmed(listing: ListingView) -> str:
    if listing.last_confirmed:
        return ". ".join(filter(None, (when(listing.last_confirmed), lately_words(listing.last_confirmed))))
    return _(
        "Not yet. Details from %(source)s, %(month)s",
        source=listing.source_name,
        month=when(listing.source_date),
    )


def _terms(taxonomy: str, field: str) -> Callable[[ListingView], str]:
    return lambda listing: "; ".join(term_list(getattr(listing, field), taxonomy))


FACTS: tuple[tuple[LazyString, Callable[[ListingView], str]], ...] = (
    (_l("Run by"), lambda listing: listing.organisation),
    (_l("What it is"), lambda listing: listing.description),
    (_l("Who needs support"), lambda listing: "; ".join(who_words(listing))),
    (_l("Ages"), age_words),
    (_l("What it offers"), _offered),
    (_l("In person or from a distance"), _terms("mode", "modes")),
    (_l("Where"), place_words),
    (_l("Takes people who live in"), coverage_words),
    (_l("Who can get in touch"), _terms("referral", "referral_routes")),
    (_l("Taking new people now"), lambda listing: _yes_no(listing.accepting_referrals)),
    (_l("Waiting list"), _waiting),
    (_l("Cost"), cost_words),
    (_l("Can you stay anonymous?"), lambda listing: _yes_no(listing.can_stay_anonymous)),
    (_l("When they must tell someone"), lambda listing: listing.when_they_must_tell),
    (_l("Languages"), _terms("language", "languages")),
    (_l("Access"), _terms("access", "accessibility")),
    (_l("Who runs it"), lambda listing: term(listing.sector, "sector") if listing.sector else ""),
    (_l("Confirmed by the service"), _confirmed),
)
"""(label, its words for a listing); '' is not known."""
