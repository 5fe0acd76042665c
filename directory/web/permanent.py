"""The address that will show a page's figures again, for whichever page of the matrix shows some."""

from __future__ import annotations

from flask import current_app, url_for

from directory.matrix.areas import MatrixArea
from directory.queries.current_matrix import MatrixWorld


def permanent_address(world: MatrixWorld, area: MatrixArea) -> str:
    """The path of the page that will show this area as it is now; '' where none could be made.

    Takes a snapshot the first time a world is shown; afterwards it costs nothing.
    """
    number = current_app.extensions["snapshots"].number(world)
    return url_for("snapshots.area", number=number, area_code=area.code) if number else ""
