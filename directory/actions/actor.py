"""Who acts: known to what is written, without a name."""

from __future__ import annotations

from dataclasses import dataclass

SITE_ROLE = "the site itself"


@dataclass(frozen=True, slots=True)
class Actor:
    """account_id: None for the site itself and for visitors. role: what the person is, in words that are kept for good.

    is_moderator: may decide about what others propose.
    """

    account_id: int | None
    role: str
    is_moderator: bool = False


THE_SITE = Actor(None, SITE_ROLE)
