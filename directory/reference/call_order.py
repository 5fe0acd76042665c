"""In which order moderators ring: first where a wrong listing would do the most harm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ToCall:
    """A listing that somebody has to ring about.

    was_wrong: a number of it was found to be somebody else's. has_number: families see a number to ring.
    alone_in: for how many groups, each in an area, it is the only service known.
    confirmed_on: None where nobody ever said that it is right.
    """

    service_id: int
    was_wrong: bool = False
    has_number: bool = False
    alone_in: int = 0
    confirmed_on: date | None = None


def by_harm(listings: Iterable[ToCall]) -> list[ToCall]:
    """Those with a number that was wrong first: it may be rung by a child tonight.

    Then those whose number families see, since a wrong number reaches a stranger and a wrong word does not; then
    those without which a group of people is left with nobody, the most such first; then the longest unconfirmed,
    those never confirmed before all others. Of equals the one listed first.
    """
    return sorted(
        listings,
        key=lambda one: (
            not one.was_wrong,
            not one.has_number,
            -one.alone_in,
            one.confirmed_on or date.min,
            one.service_id,
        ),
    )
