"""Whether a draft is still what somebody had before them when they pressed Send: others write in it too."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from directory.errors import Clash

WORDS = "words"
"""What stands for the words beside a draft; no column has this name."""


class WrittenSince(Clash):
    """Somebody else has written in the draft since, and nothing was sent.

    new: columns that are new or say something else. gone: those that are no more in it.
    """

    def __init__(self, new: frozenset[str], gone: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(new | gone)))
        self.new = new
        self.gone = gone


def marks_of(cells: Mapping[str, str], words: str) -> dict[str, str]:
    """Column → a mark of what it says, short enough to travel with a page."""
    said = {**cells, WORDS: words} if words else cells
    return {name: sha256(cell.encode()).hexdigest()[:16] for name, cell in said.items()}


def still_as_seen(cells: Mapping[str, str], words: str, seen: Mapping[str, str]) -> None:
    """Raises WrittenSince where the draft says anything else than the marks that were seen."""
    now = marks_of(cells, words)
    new = frozenset(name for name, mark in now.items() if seen.get(name) != mark)
    gone = frozenset(seen.keys() - now.keys())
    if new or gone:
        raise WrittenSince(new, gone)
