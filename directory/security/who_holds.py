"""Who may take something down at once."""

from __future__ import annotations

from directory.queries.accounts import SignedIn
from directory.security.me import is_staff


def may_hold(who: SignedIn | None, organisation_id: int) -> bool:
    """Members of the organisation for its own listings, moderators for all."""
    if who is None:
        return False
    return is_staff(who) or organisation_id in who.owner_of | who.editor_of
