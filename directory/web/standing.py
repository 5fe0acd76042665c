"""What whoever asks may do about people; refused pages for those who may not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import abort

from directory.actions.accounts.standing import NotAllowed, Standing
from directory.security.me import STAFF, actor, is_staff, me


def standing() -> Standing:
    """Read for this request. The roles of staff count only with a second factor."""
    who = me()
    if who is None:
        return Standing(actor())
    roles = who.roles if is_staff(who) else who.roles - STAFF
    return Standing(actor(), roles, who.owner_of)


@contextmanager
def or_forbidden() -> Iterator[None]:
    """403 for what the person may not do."""
    try:
        yield
    except NotAllowed:
        abort(403)
