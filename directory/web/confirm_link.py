"""/confirm/<token>: the link of a reminder. Opening it changes nothing; one tap confirms what is ticked."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused
from directory.actions.geo_places import GeoPlaces
from directory.actions.upkeep.link import Post, link_hash
from directory.actions.upkeep.remind import send_fresh_link
from directory.actions.upkeep.use_link import AnswersRefused, Said, use_link
from directory.errors import NotFound, RuleBroken
from directory.queries.confirm_link import LONG, OpenLink, open_link
from directory.queries.listings import get_listings
from directory.reference.hours import now_utc, today_in_london
from directory.web.confirm_form import ListingBoxes, boxes, read_said, waiting_choices, yes_no_choices
from directory.web.confirm_pages import AskedOfLink, asked_of
from directory.web.page_of import page_of
from directory.web.parts import Pages

bp = Blueprint("confirm_link", __name__)

Answer = BaseResponse | str | tuple[str, int]
TOKEN_LENGTH_MAX = 100
GONE = 410


@bp.get("/confirm/<token>")
def show(token: str) -> Answer:
    """The listings of the link, each ticked. Whatever opens it, a person or a scanner of mail, nothing is changed."""
    link = _open(token)
    if link is None:
        return _gone(token)
    asked = asked_of(link, request.args)
    numbers, pages = page_of(
        asked.to_answer,
        LONG if link.is_long else max(1, len(asked.to_answer)),
        lambda number: url_for("confirm_link.show", token=token, page=number, left=asked.left_written),
    )
    return _page(token, asked, tuple(numbers), pages=pages)


@bp.post("/confirm/<token>")
def use(token: str) -> Answer:
    """One tap: what is ticked is confirmed, or all that is left of a long list; then the link is used."""
    link = _open(token)
    if link is None:
        return _gone(token)
    asked = asked_of(link, request.form)
    numbers = asked.sent_in(request.form)
    said = asked.all_right() if asked.says_all(request.form) else read_said(request.form, numbers)
    if link.is_long and not said:  # A page that was answered already, in another window.
        return redirect(url_for("confirm_link.show", token=token, left=asked.left_written), code=303)
    settings = current_app.config["SETTINGS"]
    try:
        with current_app.extensions["database"].transaction() as session:
            places = GeoPlaces(settings.postcodes_dir)
            is_used_up = use_link(
                session, token, said, places, today=today_in_london(), now=now_utc(), left=asked.left
            )
    except NotFound:
        return _gone(token)  # Used by the first of two taps.
    except AnswersRefused as problem:
        return _page(token, asked, numbers, said, problem.refused)
    except RuleBroken:
        if not link.is_long:
            words = _(
                "Tick at least one listing, change something, or say that a service is not run any more."
            )
            return _page(token, asked, numbers, said, nothing_said=words)
        is_used_up = False  # Of one page of many, none may be right.
    if is_used_up:
        return redirect(url_for("confirm_link.done"), code=303)
    left = asked.and_left_out(said)
    return redirect(url_for("confirm_link.show", token=token, left=left, saved="yes"), code=303)


@bp.get("/confirm/done")
def done() -> str:
    """Thanks, without a word of which listings they were."""
    return render_template("confirm/done.html")


@bp.post("/confirm/<token>/again")
def again(token: str) -> Answer:
    """Another link to the address that this one went to. The answer is the same whether there was one or not."""
    settings = current_app.config["SETTINGS"]
    if settings.site_url and len(token) <= TOKEN_LENGTH_MAX:
        with current_app.extensions["database"].transaction() as session:
            send_fresh_link(session, token, Post(settings.upkeep, settings.site_url, now_utc()))
    return redirect(url_for("confirm_link.sent"), code=303)


@bp.get("/confirm/sent")
def sent() -> str:
    """What happens next, for everybody alike."""
    return render_template("confirm/sent.html")


def _open(token: str) -> OpenLink | None:
    """A link that works; None for every other one."""
    if len(token) > TOKEN_LENGTH_MAX:
        return None
    with current_app.extensions["database"].reading() as session:
        return open_link(session, link_hash(token), now_utc())


def _gone(token: str) -> tuple[str, int]:
    return render_template("confirm/gone.html", token=token[:TOKEN_LENGTH_MAX]), GONE


def _page(
    token: str,
    asked: AskedOfLink,
    numbers: tuple[int, ...],
    said: Mapping[int, Said] | None = None,
    refused: Mapping[int, ChangeRefused | ChangedMeanwhile] | None = None,
    *,
    nothing_said: str = "",
    pages: Pages | None = None,
) -> tuple[str, int]:
    with current_app.extensions["database"].reading() as session:
        found = get_listings(session, numbers)
    listings = [
        boxes(found[number], (said or {}).get(number), (refused or {}).get(number))
        for number in numbers
        if number in found
    ]
    errors = _errors(listings, nothing_said)
    page = render_template(
        "confirm/show.html",
        token=token,
        listings=listings,
        errors=errors,
        asked=asked,
        pages=pages,
        page_size=LONG,
        saved=request.method == "GET" and request.args.get("saved") == "yes",
        waiting_choices=waiting_choices(),
        yes_no_choices=yes_no_choices(),
    )
    return page, 400 if errors else 200


def _errors(listings: list[ListingBoxes], nothing_said: str) -> list[dict[str, str]]:
    """The lines of the summary, each leading to its box."""
    found = [
        {"text": f"{one.listing.name}: {words}", "href": f"#{name}_{one.listing.id}"}
        for one in listings
        for name, words in one.problems.items()
    ]
    if nothing_said and listings:
        found.insert(0, {"text": nothing_said, "href": f"#right_{listings[0].listing.id}"})
    return found
