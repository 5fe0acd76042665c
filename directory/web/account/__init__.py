"""Pages of an account: signing in and out, and what one signs in with."""

from __future__ import annotations

from directory.web.account import (
    authenticator,
    forgotten,
    home,
    link,
    passkeys,
    password,
    second_factor,
    security,
    sessions,
    sign_in,
    sign_in_passkey,
)
from directory.web.account.blueprint import bp

__all__ = [
    "authenticator",
    "bp",
    "forgotten",
    "home",
    "link",
    "passkeys",
    "password",
    "second_factor",
    "security",
    "sessions",
    "sign_in",
    "sign_in_passkey",
]
