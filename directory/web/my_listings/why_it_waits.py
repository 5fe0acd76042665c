"""Why an answer is not published at once, and what becomes of a change of the same field that waits already."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from directory.actions.changes.rules import CHECKED_THROUGH_HELD_CHANNEL, SMALL, at_once
from directory.queries.waiting import WaitingCell
from directory.web.dates import day


@dataclass(frozen=True, slots=True)
class Changed:
    """All that is to be sent of a listing. soon: the columns that are published at once.

    standing: whether small facts of the organisation are. is_own: whether its own people write, and not staff.
    """

    cells: Mapping[str, str]
    listed: Mapping[str, str]
    soon: Collection[str]
    standing: bool
    is_own: bool


def why_it_waits(name: str, changed: Changed) -> str:
    """The reason that is true of this column; '' for what does not wait."""
    if name in changed.soon:
        return ""
    if name in CHECKED_THROUGH_HELD_CHANNEL:
        return _(
            "A wrong one could lead somebody to the wrong door. A moderator asks you in a way we knew before."
        )
    if name not in SMALL:
        return _("A second person looks at it before anybody else sees it.")
    if name not in at_once(changed.cells, changed.listed, standing=True):
        if name == "status":
            return _("Whether a service runs is looked at by a second person first.")
        return _("It holds a number or an address, so a second person looks at it first.")
    if changed.standing:
        return _(
            "It fits the listing only together with the rest of what you send, so it waits with the rest."
        )
    if changed.is_own:
        return _("Your first changes are looked at before they are published.")
    return _(
        "No change that this organisation sent has been approved yet, so a second person looks at it first."
    )


def beside_what_waits(waiting: tuple[WaitingCell, ...], cell: str) -> str:
    """What becomes of a change of the same column that waits already."""
    if not waiting:
        return ""
    since = day(waiting[-1].since)
    if not waiting[-1].is_ours:
        return _("Another change of it waits since %(day)s: a moderator decides between the two.", day=since)
    if waiting[-1].cell == cell:
        return _("You asked for this on %(day)s already, and it waits.", day=since)
    return _("It takes the place of your change that waits since %(day)s.", day=since)
