"""Forms that anybody can send: what reads as if somebody were in danger is kept, whatever was wrong with the form."""

from __future__ import annotations

from dataclasses import dataclass

from directory.actions.urgent_words import keep_urgent, part_to_keep
from directory.reference.hours import now_utc
from directory.security.limits import may_send
from directory.web.database import database

URGENT_PER_HOUR = "30 per hour"
"""Far more than one person writes. What comes beyond is still heard, but takes no room that others may need."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of the words. reads_like_danger: whom to call stands first. is_kept: the moderators have them."""

    reads_like_danger: bool = False
    is_kept: bool = False


NOTHING_HEARD = Heard()


def has_sent_many() -> bool:
    """Whether so many messages of danger have come from this network in an hour. Asking counts one."""
    return not may_send("words of danger", URGENT_PER_HOUR)


def hear(service_id: int, words: str) -> Heard:
    """Keep them where they read like danger. Words of every day open no transaction. Raises NotFound."""
    if not part_to_keep(words):
        return NOTHING_HEARD
    has_many = has_sent_many()
    with database().transaction() as session:
        return Heard(True, keep_urgent(session, service_id, words, now=now_utc(), is_one_of_many=has_many))
