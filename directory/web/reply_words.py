"""What services replied to what was said, as one cell of a file."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from directory.queries.said_of_services import ReplyView


def reply_words(reply: ReplyView) -> str:
    """'Reply of Example Service A (Example Organisation), on 2026-11-22: We run two evenings.'"""
    who = reply.service
    if reply.organisation != reply.service:
        who = f"{who} ({reply.organisation})"
    return str(
        _(
            "Reply of %(who)s, on %(day)s: %(words)s",
            who=who,
            day=reply.made_on.isoformat(),
            words=reply.words,
        )
    )


def replies_words(replies: Iterable[ReplyView]) -> str:
    """One after the other; '' for none."""
    return " / ".join(reply_words(one) for one in replies)
