"""One listing as moderators keep it: its history, an earlier version put back, closed."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.changes.refused import ChangeRefused
from directory.actions.changes.restore import close_service as close_for_good
from directory.actions.changes.restore import restore as put_back
from directory.actions.geo_places import GeoPlaces
from directory.errors import NotFound, RuleBroken
from directory.queries.history import service_of_version, versions
from directory.queries.listing_events import listing_events
from directory.queries.merges import merged_here, merged_into
from directory.queries.moderation_holds import NamedListing, holds_of, listing_named
from directory.reference.hours import now_utc
from directory.security.me import actor
from directory.web.cell_words import cell_words, column_label

bp = Blueprint("moderated_listings", __name__)

Answer = BaseResponse | str | tuple[str, int]


@bp.get("/moderation/services/<int(max=2147483647):service_id>/history")
def history(service_id: int) -> str:
    """Every version that is kept, the newest first."""
    return _history(service_id, "")


@bp.post("/moderation/versions/<int(max=2147483647):version_id>/restore")
def restore(version_id: int) -> Answer:
    """Put a version back, or ask for a second person where something of it was taken down once."""
    with current_app.extensions["database"].reading() as session:
        service_id = service_of_version(session, version_id)
    if service_id is None:
        raise NotFound(f"There is no version {version_id}.")
    try:
        with current_app.extensions["database"].transaction() as session:
            found = put_back(session, version_id, _places(), by=actor(), now=now_utc())
    except ChangeRefused as refused:
        return _history(service_id, _problems(refused)), 400
    for one in found.left_out:
        field, what = column_label(one.column), one.what
        flash(_("%(field)s stays as it is now. Of the earlier text: %(what)s", field=field, what=what))
    if found.waiting_id is not None:
        return redirect(
            url_for("moderated_changes.change", change_id=found.waiting_id, done="waits"), code=303
        )
    done = "restored" if found.published_id else "same"
    return redirect(url_for("moderated_listings.history", service_id=service_id, done=done), code=303)


@bp.get("/moderation/services/<int(max=2147483647):service_id>/close")
def close(service_id: int) -> str:
    """Close a service for good."""
    return _form("moderation/close.html", service_id, "", "")


@bp.post("/moderation/services/<int(max=2147483647):service_id>/close")
def close_service(service_id: int) -> Answer:
    """Its page says that it has closed; nobody finds it any more."""
    reason = request.form.get("reason", "")
    try:
        with current_app.extensions["database"].transaction() as session:
            close_for_good(session, service_id, reason, _places(), by=actor(), now=now_utc())
    except ChangeRefused as refused:
        return _form("moderation/close.html", service_id, "reason", _problems(refused)), 400
    except RuleBroken as broken:
        return _form("moderation/close.html", service_id, broken.field, _(broken.message)), 400
    return redirect(url_for("moderated_listings.history", service_id=service_id, done="closed"), code=303)


def _history(service_id: int, problem: str) -> str:
    with current_app.extensions["database"].reading() as session:
        listing = _listing(listing_named(session, service_id))
        found = versions(session, service_id)
        events, held = listing_events(session, service_id), holds_of(session, service_id)
        merged, led_here = merged_into(session, service_id), merged_here(session, service_id)
    return render_template(
        "moderation/history.html",
        listing=listing,
        versions=found,
        events=events,
        held=held,
        merged=merged,
        led_here=led_here,
        problem=problem,
        cell_words=cell_words,
        column_label=column_label,
        done=request.args.get("done", ""),
    )


def _form(template: str, service_id: int, field: str, problem: str) -> str:
    with current_app.extensions["database"].reading() as session:
        listing = _listing(listing_named(session, service_id))
    return render_template(template, listing=listing, field=field, problem=problem, typed=request.form)


def _listing(found: NamedListing | None) -> NamedListing:
    if found is None:
        raise NotFound("No listing has that number.")
    return found


def _places() -> GeoPlaces:
    return GeoPlaces(current_app.config["SETTINGS"].postcodes_dir)


def _problems(refused: ChangeRefused) -> str:
    return " ".join(f"{column_label(one.column)}: {one.what} {one.remedy}" for one in refused.problems)
