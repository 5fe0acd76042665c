"""Where to go on to after signing in: a page of ours, and no other site whatever an address says."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException

LENGTH_MAX = 1000
NOT_GONE_ON_TO = frozenset({"static", "door.leave", "account.sign_in", "account.sign_out"})


def own_path(asked: str | None) -> str:
    """The path and query, if they are those of a page of ours that can be read; else ''."""
    if not asked or len(asked) > LENGTH_MAX or not asked.startswith("/"):
        return ""
    # Browsers read a backslash as a slash, and drop line breaks and tabs before they read.
    if asked.startswith("//") or any(mark == "\\" or ord(mark) < 33 or ord(mark) == 127 for mark in asked):
        return ""
    try:
        parts = urlsplit(asked)
        if parts.scheme or parts.netloc:
            return ""
        endpoint, _values = current_app.url_map.bind("").match(parts.path, method="GET")
    except (HTTPException, ValueError):
        return ""
    return "" if endpoint in NOT_GONE_ON_TO else asked
