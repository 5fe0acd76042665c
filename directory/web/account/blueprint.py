"""What all pages of an account share."""

from __future__ import annotations

from flask import Blueprint, abort, current_app
from werkzeug.wrappers import Response as BaseResponse

from directory.db import Database
from directory.queries.accounts import SignedIn
from directory.security.me import me

bp = Blueprint("account", __name__, url_prefix="/account")

Answer = BaseResponse | str | tuple[str, int]


def database() -> Database:
    """The way into the database."""
    found: Database = current_app.extensions["database"]
    return found


def whose() -> SignedIn:
    """Whoever is signed in: every page that asks has 'signed-in' in WHO_MAY."""
    who = me()
    if who is None:
        abort(401)
    return who
