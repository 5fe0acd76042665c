"""Keyed hashes: the same for the same text on this site, another on every other one, and no way back."""

from __future__ import annotations

from hashlib import sha256
from hmac import digest


def keyed(secret_key: str, text: str) -> bytes:
    """32 bytes of a text under the site's key. Begin the text with what it is for: no two uses share a hash."""
    return digest(secret_key.encode(), text.encode("utf-8", "replace"), sha256)
