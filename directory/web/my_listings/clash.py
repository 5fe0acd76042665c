"""Two answers to one question: both are shown, field by field, and the second person chooses."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from directory.actions.changes.refused import TwoAnswers
from directory.errors import RuleBroken
from directory.web.cell_words import cell_words, column_label
from directory.web.my_listings.mine import Target
from directory.web.my_listings.page_form import held_cells

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Choices:
    """What came back from the page. mine: all answers of this person; theirs: those that somebody else gave.

    was: what this person had before them at first. keep: the columns for which they keep their own.
    unanswered: the columns for which they chose nothing.
    """

    mine: Mapping[str, str]
    theirs: Mapping[str, str]
    was: Mapping[str, str]
    keep: frozenset[str]
    unanswered: tuple[str, ...]

    @property
    def both(self) -> dict[str, TwoAnswers]:
        """As they were shown."""
        return {
            name: TwoAnswers(self.was.get(name, ""), cell, self.mine.get(name, ""))
            for name, cell in self.theirs.items()
        }


def clash_page(
    both: Mapping[str, TwoAnswers],
    mine: Mapping[str, str],
    was: Mapping[str, str],
    target: Target,
    action: str,
    *,
    errors: Sequence[str] = (),
) -> str:
    """The page with both answers. It carries all that this person wrote, so that nothing is lost."""
    return render_template(
        "my_listings/clash.html",
        target=target,
        action=action,
        rows=[
            (name, column_label(name), cell_words(name, two.is_now), cell_words(name, two.yours))
            for name, two in both.items()
        ],
        errors=errors,
        error_list=[{"text": _("Choose which answer stands."), "href": f"#choose-{name}"} for name in errors],
        kept={
            "mine": json.dumps(dict(mine)),
            "theirs": json.dumps({name: two.is_now for name, two in both.items()}),
            "was": json.dumps({name: was.get(name, "") for name in mine}),
        },
    )


def read_choices(typed: MultiDict[str, str], columns: Sequence[str]) -> Choices:
    """What was chosen. Raises RuleBroken for a page that does not hold what it was sent with."""
    mine, theirs, was = (_cells(typed.get(name, ""), columns) for name in ("mine", "theirs", "was"))
    said = {name: typed.get(f"choose-{name}", "") for name in theirs}
    return Choices(
        mine,
        theirs,
        was,
        frozenset(name for name, choice in said.items() if choice == MINE),
        tuple(name for name, choice in said.items() if choice not in {MINE, THEIRS}),
    )


def _cells(text: str, columns: Sequence[str]) -> dict[str, str]:
    held = held_cells(text)
    if held is None:
        raise RuleBroken("mine", "This page is not whole. Go back to the listing and start again.")
    return {name: cell for name, cell in held.items() if name in columns}
