"""The smallest page that saves something for somebody who is signed in: what the site's own pages do, and no more."""

from __future__ import annotations

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from directory.actions.changes.apply import apply_cells
from directory.reference.hours import now_utc
from directory.security.me import actor
from directory.security.who_may import WHO_MAY
from tests.builders import TablePlaces

PATH = "/example-edit"
ENDPOINT = "example_edit"


def add_edit_page(app: Flask) -> None:
    """POST /example-edit writes `waiting_note` of service 1. The caller takes ENDPOINT out of WHO_MAY again."""
    WHO_MAY[ENDPOINT] = "signed-in"

    def edit() -> Response:
        cells = {"waiting_note": request.form["waiting_note"]}
        with app.extensions["database"].transaction() as session:
            apply_cells(session, 1, cells, TablePlaces(), act="noted", role=actor().role, now=now_utc())
        return redirect("/services/1", code=303)

    app.add_url_rule(PATH, ENDPOINT, edit, methods=["POST"])
