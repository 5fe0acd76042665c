"""What the pages of a commissioner have in common: the area of an address, held against who asks."""

from __future__ import annotations

from flask import Blueprint, abort

from directory.matrix.areas import MatrixArea
from directory.queries.accounts import SignedIn
from directory.queries.current_matrix import MatrixWorld
from directory.security.me import me
from directory.security.who_sees import states_for
from directory.web.matrix_world import area_named, matrix_world

bp = Blueprint("statements", __name__, url_prefix="/statements")


def asked(area_code: str) -> tuple[MatrixWorld, MatrixArea]:
    """Today's world and the area of an address. 404 where there is none, 403 where it is not hers."""
    world = matrix_world()
    found = area_named(world, area_code)
    if not states_for(who_asks(), found, world.areas):
        abort(403)
    return world, found


def who_asks() -> SignedIn:
    """Whoever is signed in; these pages are for nobody else."""
    who = me()
    if who is None:
        abort(403)
    return who


def number_in(text: str) -> int:
    """A small number that a form carries along; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
