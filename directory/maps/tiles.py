"""A background of tiles from another host: only when the site's operator asks for one."""

from __future__ import annotations

from urllib.parse import urlsplit


def tiles_host(tiles_url: str) -> str:
    """What the map page's img-src must allow besides 'self': 'https://tiles.example.org', or ''.

    tiles_url: an https address with {z}, {x}, {y} and perhaps {s}, or '' for no tiles.
    '{s}.tiles.example.org' becomes 'https://*.tiles.example.org'.
    Raises ValueError for an address whose host could not stand in a policy.
    """
    if not tiles_url:
        return ""
    parts = urlsplit(tiles_url)
    host = parts.netloc.replace("{s}", "*")
    if parts.scheme != "https" or "@" in host or not _fits_in_a_policy(host):
        raise ValueError(f"no host for a policy in {tiles_url!r}")
    return f"https://{host}"


def tiles_credit(tiles_url: str) -> str:
    """Whose tiles they are, in words to show under the map; '' without tiles."""
    host = tiles_host(tiles_url).removeprefix("https://").removeprefix("*.")
    if not host:
        return ""
    if host == "openstreetmap.org" or host.endswith(".openstreetmap.org"):
        return "© OpenStreetMap contributors"
    return host


def _fits_in_a_policy(host: str) -> bool:
    # Anything else (a space, ';', a quote) would end the source and begin another.
    name, _, port = host.removeprefix("*.").partition(":")
    labels_are_plain = all(label and label.replace("-", "").isalnum() for label in name.split("."))
    return name.isascii() and labels_are_plain and (not port or port.isdecimal())
