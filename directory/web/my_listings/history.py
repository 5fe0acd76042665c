"""What a listing was, for its owner: what changed each time, in words; and what became part of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import Blueprint, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.changes.rules import EDITABLE
from directory.queries.departed import moved_to
from directory.queries.history import Version, versions
from directory.queries.listing_events import confirmations
from directory.queries.merges import merged_histories
from directory.reference.hours import LONDON
from directory.web.cell_words import cell_words, column_label
from directory.web.database import database
from directory.web.my_listings.edit import LISTING
from directory.web.my_listings.mine import target_of

bp = Blueprint("listing_history", __name__)

Shown = tuple[Version, date, list[tuple[str, list[str], list[str]]]]


@bp.get(f"{LISTING}/history")
def history(service_id: int) -> BaseResponse | str:
    """Every change that is kept, the newest first. To restore one whole is a moderator's. An old number leads on."""
    with database().reading() as session:
        moved = moved_to(session, service_id)
        if moved is not None:
            return redirect(url_for("listing_history.history", service_id=moved.service_id))
        target = target_of(session, service_id, None)
        past, merged = versions(session, service_id), merged_histories(session, service_id, EDITABLE)
        confirmed = confirmations(session, service_id)
    return render_template(
        "my_listings/history.html",
        target=target,
        past=_shown(past),
        merged=[(one, _shown(theirs)) for one, theirs in merged],
        confirmed=confirmed,
        contact_email=current_app.config["SETTINGS"].contact_email,
    )


def _shown(past: Iterable[Version]) -> list[Shown]:
    return [
        (
            one,
            one.at.astimezone(LONDON).date(),
            [
                (column_label(name), cell_words(name, old), cell_words(name, new))
                for name, (old, new) in one.changed.items()
            ],
        )
        for one in past
    ]
