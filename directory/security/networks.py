"""Where a request came from, as it may be stored: enough to count by, and no way back to an address."""

from __future__ import annotations

from flask import current_app

from directory.security.keyed import keyed
from directory.security.limits import client_network


def network_hash() -> str:
    """A keyed hash of the network of this request; '' where the settings switch limits off."""
    settings = current_app.config["SETTINGS"]
    if not settings.rate_limits:
        return ""
    return keyed(settings.secret_key, f"network of a request: {client_network()}").hex()[:32]
