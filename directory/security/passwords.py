"""What is stored of a password that somebody chooses for the first time."""

from __future__ import annotations

from argon2 import PasswordHasher

from directory.errors import RuleBroken

LENGTH_MIN = 12


def hash_new_password(password: str, email: str) -> str:
    """Its hash. Raises RuleBroken('password') for one that others would guess."""
    if len(password) < LENGTH_MIN or email.partition("@")[0] in password.lower():
        raise RuleBroken(
            "password", f"Choose a password of at least {LENGTH_MIN} letters, without your address."
        )
    return PasswordHasher().hash(password)
