"""The matrix as a request sees it: today's world, and the area an address names."""

from __future__ import annotations

from flask import current_app

from directory.errors import NotFound
from directory.matrix.areas import MatrixArea
from directory.queries.current_matrix import MatrixWorld
from directory.reference.hours import today_in_london


def matrix_world() -> MatrixWorld:
    """Today's, read in one short transaction."""
    with current_app.extensions["database"].reading() as session:
        world: MatrixWorld = current_app.extensions["matrix"].get(session, today_in_london())
    return world


def area_named(world: MatrixWorld, code: str) -> MatrixArea:
    """The area of a code in an address. Raises NotFound."""
    area = world.areas.get(code)
    if area is None:
        raise NotFound(f"No area has the code {code[:40]}.")
    return area
