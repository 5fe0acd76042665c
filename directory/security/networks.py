"""Where a request came from, as it may be stored: enough to count by, and no way back to an address."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from flask import current_app, request

from directory.security.keyed import keyed


def client_network() -> str:
    """Whom a request is counted for: an IPv4 address, or the /64 that one IPv6 household has to itself."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address)


def network_hash() -> str:
    """A keyed hash of the network of this request; '' where the settings switch limits off."""
    settings = current_app.config["SETTINGS"]
    if not settings.rate_limits:
        return ""
    return keyed(settings.secret_key, f"network of a request: {client_network()}").hex()[:32]
