"""What a listing was, for its owner: what changed each time, in words."""

from __future__ import annotations

from flask import Blueprint, render_template

from directory.queries.history import versions
from directory.reference.hours import LONDON
from directory.web.cell_words import cell_words, column_label
from directory.web.database import database
from directory.web.my_listings.edit import LISTING
from directory.web.my_listings.mine import target_of

bp = Blueprint("listing_history", __name__)


@bp.get(f"{LISTING}/history")
def history(service_id: int) -> str:
    """Every change that is kept, the newest first. To restore one is a moderator's."""
    with database().reading() as session:
        target = target_of(session, service_id, None)
        past = versions(session, service_id)
    return render_template(
        "my_listings/history.html",
        target=target,
        past=[
            (
                one,
                one.at.astimezone(LONDON).date(),
                [
                    (column_label(name), cell_words(name, old), cell_words(name, new))
                    for name, (old, new) in one.changed.items()
                ],
            )
            for one in past
        ],
    )
