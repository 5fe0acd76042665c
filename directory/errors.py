"""What can go wrong by the rules of the field, in words for the person who did it."""

from __future__ import annotations


class RuleBroken(Exception):
    """A value that cannot be accepted: which field it was, and how to mend it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


class NotFound(Exception):
    """Nothing is held under that identifier."""


class Clash(Exception):
    """Somebody else changed the same thing in the meantime."""
