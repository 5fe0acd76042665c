"""Who acts: known to what is written, without a name."""

from __future__ import annotations

from dataclasses import dataclass

SITE_ROLE = "the site itself"
COMMAND_ROLE = "command line"


@dataclass(frozen=True, slots=True)
class Actor:
    """account_id: None for the site itself, for commands and for visitors.

    role: what the person is, in words that are kept for good.
    is_moderator: may decide about what others propose.
    """

    account_id: int | None
    role: str
    is_moderator: bool = False


THE_SITE = Actor(None, SITE_ROLE)
THE_COMMAND_LINE = Actor(None, COMMAND_ROLE)
"""Somebody at the server itself, whom the site does not know."""
