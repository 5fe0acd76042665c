"""Take down at once: one tap for each number, website and place of a listing, or for the whole of it."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.changes.holds import HoldAsked, holdable, lift_hold, place_hold
from directory.errors import NotFound, RuleBroken
from directory.queries.moderation_holds import HoldView, every_open_hold, holds_of, listing_named
from directory.reference.hours import now_utc
from directory.security.me import actor, is_staff, me
from directory.security.who_holds import may_hold
from directory.web.my_listings.edit_pages import PAGE_OF

bp = Blueprint("holds", __name__)

Answer = BaseResponse | str | tuple[str, int]

REASONS = ("it may be wrong", "somebody told us it is wrong", "it puts somebody at risk", "another reason")


@bp.get("/moderation/hold/<int(max=2147483647):service_id>")
def choose(service_id: int) -> Answer:
    """Everything of a listing that can be taken down, and what is down already."""
    return _page(service_id, None)


@bp.post("/moderation/hold/<int(max=2147483647):service_id>")
def place(service_id: int) -> Answer:
    """Take one thing down: it is gone from every page when this answers. The whole listing is asked about once more."""
    name = _check(service_id)
    what, _bar, value = request.form.get("take_down", "").partition("|")
    chosen = request.form.get("reason", "")
    reason = " ".join((chosen, request.form.get("more", ""))).strip()
    who = me()
    everywhere = request.form.get("everywhere") == "yes" and who is not None and is_staff(who)
    try:
        if chosen not in REASONS:
            raise RuleBroken("reason", "Choose why it is taken down.")
        if (what, value) == ("listing", "") and request.form.get("sure") != "yes":
            return render_template(
                "moderation/hold_check.html",
                service_id=service_id,
                name=name,
                chosen=chosen,
                more=request.form.get("more", ""),
            )
        with current_app.extensions["database"].transaction() as session:
            asked = HoldAsked(what, value, reason, is_everywhere=everywhere)
            number = place_hold(session, service_id, asked, by=actor(), now=now_utc())
    except RuleBroken as broken:
        return _page(service_id, broken), 400
    return redirect(url_for("holds.choose", service_id=service_id, done="down", hold=number), code=303)


@bp.get("/moderation/holds")
def every() -> Answer:
    """Everything that is down, the oldest first: for moderators."""
    with current_app.extensions["database"].reading() as session:
        held = every_open_hold(session)
    return render_template(
        "moderation/holds.html", **_about(held), done=request.args.get("done", "") == "shown"
    )


@bp.post("/moderation/holds/<int(max=2147483647):hold_id>/lift")
def lift(hold_id: int) -> Answer:
    """Show it again: a moderator who did not take it down."""
    try:
        with current_app.extensions["database"].transaction() as session:
            lift_hold(session, hold_id, request.form.get("words", ""), by=actor(), now=now_utc())
    except RuleBroken as broken:
        with current_app.extensions["database"].reading() as session:
            held = every_open_hold(session)
        page = render_template(
            "moderation/holds.html",
            **_about(held),
            problem=(hold_id, _(broken.message)),
            words=request.form.get("words", ""),
        )
        return page, 400
    return redirect(url_for("holds.every", done="shown"), code=303)


def _page(service_id: int, broken: RuleBroken | None) -> str:
    name = _check(service_id)
    who = me()
    with current_app.extensions["database"].reading() as session:
        things = holdable(session, service_id)
        held = holds_of(session, service_id)
    down_now = [one for one in held if str(one.id) == request.args.get("hold", "")]
    return render_template(
        "moderation/hold.html",
        service_id=service_id,
        name=name,
        things=things,
        held=held,
        reasons=REASONS,
        chosen=request.form.get("reason", ""),
        more=request.form.get("more", ""),
        is_staff=who is not None and is_staff(who),
        problem=_(broken.message) if broken else "",
        at="reason-1" if broken and broken.field == "reason" else "main-content",
        down_now=down_now[0] if down_now and request.args.get("done") == "down" else None,
        edit_slug=edit_slug,
    )


def edit_slug(held: HoldView) -> str:
    """On which page of the listing what is held is edited."""
    column = {"listing": "name", "route": "contact_routes", "website": "url", "place": "locations"}[held.what]
    return PAGE_OF[column].slug


def _about(held: tuple[HoldView, ...]) -> dict[str, object]:
    """What the page of everything that is down shows of each."""
    return {"held": held, "mine": _my_number(), "edit_slug": edit_slug}


def _check(service_id: int) -> str:
    """The listing's name. Raises NotFound for a listing that is not theirs, as for one that is not there."""
    with current_app.extensions["database"].reading() as session:
        found = listing_named(session, service_id)
    if found is None or not may_hold(me(), found.organisation_id):
        raise NotFound(f"No listing {service_id} that this account may take down.")
    return found.name


def _my_number() -> int:
    who = me()
    return who.account_id if who else 0
