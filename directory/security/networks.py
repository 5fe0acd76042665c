"""Where a request came from, as it may be stored: enough to count by, and no way back to an address."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app

from directory.security.limits import client_network


def network_hash() -> str:
    """A keyed hash of the network of this request; '' where the settings switch limits off."""
    settings = current_app.config["SETTINGS"]
    if not settings.rate_limits:
        return ""
    key = hashlib.sha256(b"networks of requests" + settings.secret_key.encode()).digest()
    return hmac.new(key, client_network().encode(), hashlib.sha256).hexdigest()[:32]
