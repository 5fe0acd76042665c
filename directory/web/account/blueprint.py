"""What all pages of an account share."""

from __future__ import annotations

from flask import Blueprint, abort
from werkzeug.wrappers import Response as BaseResponse

from directory.queries.accounts import SignedIn
from directory.security.me import me

bp = Blueprint("account", __name__, url_prefix="/account")

Answer = BaseResponse | str | tuple[str, int]


def whose() -> SignedIn:
    """Whoever is signed in: every page that asks has 'signed-in' in WHO_MAY."""
    who = me()
    if who is None:
        abort(401)
    return who
