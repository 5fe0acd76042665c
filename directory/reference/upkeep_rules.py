"""When a listing has to be asked about: from the days of its confirmations and of the mails before, and nothing else.

A listing's time runs from its last confirmation; one that was never confirmed, from the day on which
its organisation's first owner joined. Each step of the settings asks for one mail that names the listing;
a mail names all of an organisation's listings, so one mail answers for all that are due.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from directory.config import UpkeepTimes


@dataclass(frozen=True, slots=True)
class Standing:
    """A listing. confirmed_on: the last day somebody said that it is right. owned_since: None where nobody owns it."""

    service_id: int
    confirmed_on: date | None
    owned_since: date | None

    @property
    def counts_from(self) -> date | None:
        """The day from which its time runs; None for one that nobody has confirmed and nobody owns."""
        return self.confirmed_on or self.owned_since


@dataclass(frozen=True, slots=True)
class Asked:
    """A reminder that went out on a day, London's, and the listings it named."""

    on: date
    service_ids: frozenset[int]


def is_stale(confirmed_on: date, today: date, stale_after_days: int) -> bool:
    """Whether a confirmation counts no more: from the day on which it is that old, as reminders and calls go."""
    return confirmed_on + timedelta(days=stale_after_days) <= today


def step_of(listing: Standing, asked: Iterable[Asked], today: date, times: UpkeepTimes) -> int | None:
    """The step (90, 120, 150 …) for which this listing has to be asked about today; None where it need not be.

    It has been asked about at a step where a mail since that day named it.
    """
    begins = listing.counts_from
    if begins is None:
        return None
    passed = [days for days in times.remind_after_days if begins + timedelta(days=days) <= today]
    if not passed:
        return None
    reached_on = begins + timedelta(days=passed[-1])
    if any(listing.service_id in one.service_ids and one.on >= reached_on for one in asked):
        return None
    return passed[-1]


def step_due(
    listings: Iterable[Standing], asked: Sequence[Asked], today: date, times: UpkeepTimes
) -> int | None:
    """The highest step for which an organisation is written to today; None where it is not.

    Whatever is due waits until the mail before is reminder_every_days old, and of another month: of the 1st and the
    31st, the second waits for a day.
    """
    month = today.replace(day=1)
    if any(one.on > today - timedelta(days=times.reminder_every_days) or one.on >= month for one in asked):
        return None
    steps = [step for one in listings if (step := step_of(one, asked, today, times)) is not None]
    return max(steps, default=None)


def is_to_be_called(listing: Standing, today: date, times: UpkeepTimes) -> bool:
    """Whether a moderator rings.

    With an owner: once the settings' days have passed in which mails brought nothing. Without one nobody is
    written to: from the first day, and after a confirmation when an owner would get the last mail.
    """
    if listing.owned_since is None:
        if listing.confirmed_on is None:
            return True
        return listing.confirmed_on + timedelta(days=times.remind_after_days[-1]) <= today
    begins = listing.counts_from
    return begins is not None and begins + timedelta(days=times.call_after_days) <= today
