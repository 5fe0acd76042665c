"""Close a listing for a time, and open it again: which cells say so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from directory.errors import RuleBroken

CLOSED_DAYS_MAX = 730
_UNTIL = re.compile(r"^Closed until (\d{1,2} [A-Z][a-z]+ \d{4})\.\s*")


def closed_until(cells: Mapping[str, str], until: date, today: date) -> dict[str, str]:
    """The cells of a listing that is closed up to a day. The day stands before what is said of waiting.

    Raises RuleBroken('until') for a day that is not ahead, or too far ahead to be 'for now'.
    """
    if until <= today:
        raise RuleBroken("until", "Enter a day in the future.")
    if until > today + timedelta(days=CLOSED_DAYS_MAX):
        raise RuleBroken(
            "until", "This is more than two years ahead. If it closed for good, say so under ‘What it is’."
        )
    words = f"Closed until {until.day} {until:%B} {until.year}."
    return {
        "status": "temporarily closed",
        "waiting_note": f"{words} {without_closing(cells.get('waiting_note', ''))}".strip(),
        "waiting_as_at": today.isoformat(),
    }


def open_again(cells: Mapping[str, str], today: date) -> dict[str, str]:
    """The cells of a listing that runs again."""
    return {
        "status": "active",
        "waiting_note": without_closing(cells.get("waiting_note", "")),
        "waiting_as_at": today.isoformat(),
    }


def without_closing(note: str) -> str:
    """What is said of waiting, without the day until which it is closed."""
    return _UNTIL.sub("", note)


def day_in(note: str) -> date | None:
    """The day up to which it is closed, as it stands in what is said of waiting; None where none stands there."""
    found = _UNTIL.match(note)
    try:
        return datetime.strptime(found[1], "%d %B %Y").date() if found else None  # noqa: DTZ007  # a day, no moment
    except ValueError:
        return None


def compared_with(
    was: Mapping[str, str], here: Mapping[str, str], listed: Mapping[str, str]
) -> dict[str, str]:
    """What somebody who closes or opens it began from: the state and the day.

    was, here: the listing with what waits as they saw it, and as it is; listed: as it is without what waits.
    Words that are listed behind the day are kept whoever changed them, so they are not compared. Those that wait
    would give way, so whoever has not seen them is shown them first.
    """
    seen, now = was.get("waiting_note", ""), here.get("waiting_note", "")
    is_kept = now == listed.get("waiting_note", "") and day_in(seen) == day_in(now)
    return {"status": was.get("status", ""), "waiting_note": now if is_kept else seen}
