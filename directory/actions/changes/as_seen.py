"""Whether a change, and the listing below it, are still what a moderator had before them."""

from __future__ import annotations

from collections.abc import Mapping

from directory.actions.changes.refused import ChangedMeanwhile, TwoAnswers
from directory.models.proposed_change import ProposedChange


def still_asked(change: ProposedChange, asked: Mapping[str, str], edits: Mapping[str, str]) -> None:
    """Raises ChangedMeanwhile for columns of which the change asks something else than they saw.

    asked: column → what they saw it ask. edits: what they wrote instead.
    """
    both = {
        name: TwoAnswers(cell, change.cells.get(name, ""), edits.get(name, cell))
        for name, cell in asked.items()
        if cell != change.cells.get(name, "")
    }
    if both:
        raise ChangedMeanwhile(both)


def still_listed(change: ProposedChange, here: Mapping[str, str], seen: Mapping[str, str]) -> None:
    """Raises ChangedMeanwhile for columns that are not what they saw, or else what the proposer began from."""
    known = {**change.base, **{name: cell for name, cell in seen.items() if name in change.cells}}
    both = {
        name: TwoAnswers(known.get(name, ""), here.get(name, ""), cell)
        for name, cell in change.cells.items()
        if here.get(name, "") not in {known.get(name, ""), cell}
    }
    if both:
        raise ChangedMeanwhile(both)
