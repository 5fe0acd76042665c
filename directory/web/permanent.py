"""The address that will show a page's figures again, for whichever page of the matrix shows some."""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for

from directory.matrix.areas import MatrixArea
from directory.queries.current_matrix import MatrixWorld

PAGES = {
    "area": "snapshots.area",
    "gaps": "kept.gaps",
    "need": "kept.need",
    "access": "kept.access",
    "compare": "kept.compare",
}
"""Page → the endpoint that shows it as a snapshot has it."""


def permanent_address(world: MatrixWorld, area: MatrixArea, page: str = "area", **asked: str) -> str:
    """The path of the page that will show this area as it is now; '' where none could be made.

    world: today's. page: one of PAGES. asked: the query that the figures follow from.
    Takes a snapshot the first time a world is shown; afterwards it costs nothing.
    """
    number = current_app.extensions["snapshots"].number(world)
    return address_in(number, area, page, **asked) if number else ""


def address_in(number: int, area: MatrixArea, page: str = "area", **asked: Any) -> str:
    """The path of a page of a snapshot."""
    return url_for(PAGES[page], number=number, area_code=area.code, **asked)


def root_address() -> str:
    """'https://…' of this site as the visitor reached it, without a slash at its end."""
    return request.root_url.rstrip("/")


def in_full(path: str) -> str:
    """The whole address of a path, as the visitor reached the site; '' for ''."""
    return root_address() + path if path else ""
