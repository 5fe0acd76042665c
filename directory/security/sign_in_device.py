"""The browser somebody signs in with: what it is in plain words, and whether it has signed in before.

A browser that has signed in carries a signed cookie, set at no other time. Failures in it are counted by
themselves, so that nobody else's can keep its owner out. It opens nothing: without the password it is worth nothing.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

from flask import Response, current_app, g, request
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer

from directory.actions.sign_in.attempts import Attempt
from directory.security.keyed import keyed
from directory.security.networks import client_network

COOKIE = "known"
DAYS = 180
SALT = "a browser that has signed in before"
ADDRESSES_MAX = 5
_LENGTH_MAX = 2000
# The first that fits: each of these says that it is those after it, too.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "a Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)


def device_words() -> str:
    """The browser of this request, such as ‘Firefox on Windows’: for its owner to know it again, and no more exact."""
    said = request.headers.get("User-Agent", "")[:500]
    browser = next((name for mark, name in _BROWSERS if mark in said), "")
    system = next((name for mark, name in _SYSTEMS if mark in said), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or (f"a browser on {system}" if system else str(_("a browser")))


def attempt(kind: str, email: str) -> Attempt:
    """An attempt at this address from where this request comes from. Nothing in it can be read back."""
    address = hidden("address", email)
    if is_own_browser(email):
        return Attempt(kind, address, hidden("browser", str(_known()["b"])), is_own_browser=True)
    return Attempt(kind, address, hidden("network", client_network()), is_own_browser=False)


def is_own_browser(email: str) -> bool:
    """Whether somebody has signed in to this account in this browser before."""
    return hidden("address", email) in _known().get("a", ())


def hidden(what: str, value: str) -> str:
    """A keyed hash: the same for the same value, and no way back."""
    return keyed(str(current_app.config["SECRET_KEY"]), f"{what}: {value}").hex()[:40]


def know_browser(email: str) -> None:
    """From now on this browser has signed in to this account; written with the answer."""
    known = _known()
    address = hidden("address", email)
    others = [each for each in known.get("a", ()) if each != address]
    g.known_to_write = {
        "b": known.get("b") or secrets.token_urlsafe(16),
        "a": [address, *others][:ADDRESSES_MAX],
    }


def write_known(response: Response) -> Response:
    """After a request: the cookie, if somebody has signed in."""
    to_write = g.get("known_to_write")
    if to_write:
        response.set_cookie(
            COOKIE,
            _signer().dumps(to_write),
            max_age=DAYS * 24 * 3600,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SETTINGS"].public or request.is_secure,
        )
    return response


def _known() -> dict[str, Any]:
    sent = request.cookies.get(COOKIE, "")
    if not sent or len(sent) > _LENGTH_MAX or not re.fullmatch(r"[\w.-]+", sent):
        return {}
    try:
        found = _signer().loads(sent, max_age=DAYS * 24 * 3600)
    except (BadData, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=SALT)
