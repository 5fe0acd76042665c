"""Where to go back to after a change: the page of ours that the visitor pressed a button on."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException


def where_from(otherwise: str) -> str:
    """The path and query of the page the request came from; `otherwise` when that is none of our pages.

    Our own header (Referrer-Policy: same-origin) lets browsers tell us, so no form has to repeat an address.
    """
    try:
        came = urlsplit(request.referrer or "")
        if came.netloc != request.host:
            return otherwise
        # Also true only for pages that can be read again: never for one that a form was sent to.
        current_app.url_map.bind("").match(came.path, method="GET")
    except (HTTPException, ValueError):
        return otherwise
    return f"{came.path}?{came.query}" if came.query else came.path
