"""Who is asking: read from the database at each request, so that what is taken away is gone at once."""

from __future__ import annotations

from flask import current_app, g, session

from directory.actions.accounts.tokens import hash_of as token_hash
from directory.actions.actor import Actor
from directory.queries.accounts import SignedIn, signed_in
from directory.queries.sign_ins import STAFF
from directory.reference.hours import now_utc

TOKEN = "sign_in"  # noqa: S105  # the name of a field, no secret
"""What the session cookie holds of a sign-in: a random token, whose hash is in the database."""

__all__ = ["STAFF", "TOKEN", "actor", "forget_me", "is_staff", "me", "role_words", "shown_me", "token_hash"]


def me() -> SignedIn | None:
    """Whoever is signed in; None for a visitor. Costs a visitor without a session nothing."""
    if "me" not in g:
        token = session.get(TOKEN)
        g.me = _read(token) if isinstance(token, str) and token else None
    found: SignedIn | None = g.me
    return found


def shown_me() -> SignedIn | None:
    """As me(), for what stands on every page: also on the one that says that the database cannot be read."""
    try:
        return me()
    except Exception:  # Whatever broke was logged where it mattered.
        g.me = None
        return None


def forget_me() -> None:
    """Read anew when next asked: after signing in or out within one request."""
    g.pop("me", None)


def actor() -> Actor:
    """Whoever is signed in, as what is written knows them. For a visitor: somebody without an account."""
    found = me()
    if found is None:
        return Actor(None, "a visitor")
    return Actor(found.account_id, role_words(found), is_moderator=is_staff(found))


def is_staff(who: SignedIn) -> bool:
    """A moderator or an administrator, signed in with a second factor."""
    return bool(who.roles & STAFF) and who.gave_second_factor


def role_words(who: SignedIn) -> str:
    """What the person is: as they say themselves, else what they may do here."""
    if who.title:
        return who.title
    for name in ("moderator", "administrator", "commissioner"):
        if name in who.roles:
            return name
    return "owner of the listing" if who.owner_of else "editor of the listing"


def _read(token: str) -> SignedIn | None:
    with current_app.extensions["database"].reading() as reading:
        return signed_in(reading, token_hash(token), now_utc())
