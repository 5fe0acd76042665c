"""What a link or a cookie holds. Only its hash is stored, so that a copy of the database opens nothing."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """A random one, safe in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """What is stored of it. 32 random bytes need no salt.

    Whatever a visitor sends in its place has a hash of its own, also half a letter that no UTF-8 can say.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
