"""How often one address may ask. Kept generous: a busy office shares one address.

Counts are per worker in memory, or shared in Redis when REDIS_URL is set. When
Redis is down the counts fall back to memory: public reading stays open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

if TYPE_CHECKING:
    from flask import Flask

    from directory.config import Settings

PAGES_PER_MINUTE = 240
# Leaving must always work, files cost nothing, and a health check asks often.
EXEMPT = frozenset({"static", "door.leave", "door.healthz"})


def init_limits(app: Flask, settings: Settings) -> None:
    """Limit every endpoint that is not exempt."""
    limiter = Limiter(
        get_remote_address,
        default_limits=[f"{PAGES_PER_MINUTE} per minute"],
        storage_uri=settings.redis_url or "memory://",
        in_memory_fallback_enabled=bool(settings.redis_url),
        swallow_errors=True,
        enabled=settings.rate_limits,
        # A key of the client's address only: never of what it asked for.
        strategy="fixed-window",
    )
    limiter.init_app(app)

    @limiter.request_filter
    def never_limited() -> bool:
        from flask import request

        return request.endpoint in EXEMPT
