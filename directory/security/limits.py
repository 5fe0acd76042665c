"""How often one address may ask. Kept generous: a busy office shares one address.

Counts are per worker in memory, or shared in Redis when REDIS_URL is set, under a keyed hash of the network. When
Redis is down or slow the counts fall back to memory: public reading stays open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, current_app, request
from flask_limiter import Limiter
from limits import parse

from directory.security.networks import network_hash

if TYPE_CHECKING:
    from flask import Flask

    from directory.config import Settings

PAGES_PER_MINUTE = 240
MISSING_PAGES = parse(f"{PAGES_PER_MINUTE} per minute")
REDIS_WAIT_S = 0.5
# Leaving must always work, files cost nothing, and a health check asks often.
EXEMPT = frozenset({"static", "door.leave", "door.healthz"})


def init_limits(app: Flask, settings: Settings) -> None:
    """One count for all pages together, also for those that do not exist."""
    shared = bool(settings.redis_url)
    waits: dict[str, Any] = {"socket_timeout": REDIS_WAIT_S, "socket_connect_timeout": REDIS_WAIT_S}
    limiter = Limiter(
        network_hash,
        application_limits=[f"{PAGES_PER_MINUTE} per minute"],
        storage_uri=settings.redis_url or "memory://",
        storage_options=waits if shared else {},
        in_memory_fallback_enabled=shared,
        swallow_errors=True,
        enabled=settings.rate_limits,
        strategy="fixed-window",
    )
    limiter.init_app(app)
    app.extensions["counted"] = limiter if settings.rate_limits else None

    @limiter.request_filter
    def never_limited() -> bool:
        return request.endpoint in EXEMPT

    if settings.rate_limits:

        @app.before_request
        def count_what_is_not_there() -> None:
            # The library counts endpoints only: somebody who tries addresses would never be slowed.
            if request.endpoint is None and not _may_ask(limiter):
                abort(429)


def may_send(what: str, how_often: str) -> bool:
    """Whether this network may send one more of these: 'correction', '12 per hour'. A store that is down lets it."""
    limiter = current_app.extensions["counted"]
    if limiter is None:
        return True
    try:
        return bool(limiter.limiter.hit(parse(how_often), what, network_hash()))
    except Exception:  # Nothing that somebody has written may be lost to a store that is down.
        return True


def _may_ask(limiter: Limiter) -> bool:
    try:
        return limiter.limiter.hit(MISSING_PAGES, "missing", network_hash())
    except Exception:  # A store that is down must not close the site.
        return True
