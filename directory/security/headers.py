"""The headers of every answer: what a page may load, who may frame it, what stays on the device."""

from __future__ import annotations

import re
import secrets

from flask import Response, current_app, g, request

from directory.maps.tiles import tiles_host
from directory.security.own_site import BY_SECRET_LINK

# The map is a page of its own in a frame; every other page refuses to be framed.
FRAMED_BY_US = frozenset({"map.frame", "compare.drawn"})
# Built files carry a hash of their content in their names and may be kept for good.
HASHED = re.compile(r"^/static/built/[\w-]+(\.[\w-]+)*\.[0-9a-f]{12}\.\w+$")
KEPT_FOREVER = "public, max-age=31536000, immutable"


def csp_nonce() -> str:
    """The nonce of this answer, the same for all its scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    return str(g.csp_nonce)


def content_security_policy(nonce: str, framed_by: str, tiles: str) -> str:
    """What a page may load: its own site's files, scripts that carry the nonce, and the map its tiles if set."""
    images = f"'self' data: {tiles}".strip()
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            f"style-src 'self' 'nonce-{nonce}'",
            f"img-src {images}",
            "font-src 'self'",
            "connect-src 'self'",
            "frame-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            f"frame-ancestors {framed_by}",
            "base-uri 'none'",
        )
    )


def add_headers(response: Response) -> Response:
    """After every request."""
    in_our_frame = request.endpoint in FRAMED_BY_US
    tiles_url = current_app.config["SETTINGS"].map_tiles_url if in_our_frame else ""
    headers = response.headers
    headers["Content-Security-Policy"] = content_security_policy(
        csp_nonce(), "'self'" if in_our_frame else "'none'", tiles_host(tiles_url)
    )
    headers["X-Frame-Options"] = "SAMEORIGIN" if in_our_frame else "DENY"
    # With no-referrer Chromium sends 'Origin: null', and forms over HTTPS are refused.
    # Except for pages whose address is a secret: not even a page of ours is told it. `own_site` knows of this.
    secret = request.endpoint in BY_SECRET_LINK
    headers["Referrer-Policy"] = "no-referrer" if secret else "same-origin"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.method == "GET" and response.status_code in {200, 304} and HASHED.search(request.path):
        headers["Cache-Control"] = KEPT_FOREVER
    else:
        # Nothing of a visit stays on a shared phone.
        headers["Cache-Control"] = "no-store"
    return response
