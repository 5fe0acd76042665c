"""Which facts of a listing may be changed by whom, and how."""

from __future__ import annotations

from collections.abc import Mapping

from directory.actions.changes.closing import without_closing
from directory.actions.listing_row import COLUMN_NAMES
from directory.reference.ways_in_words import ways_in

# What a moderator decides, or what follows from an import: no organisation writes it.
NOT_THEIRS = frozenset(
    """id listing listing_reason source_groups source_types inclusion inclusion_evidence source_name source_url
    source_note source_date seen_on confidence last_confirmed confirmed_by""".split()
)
EDITABLE: tuple[str, ...] = tuple(name for name in COLUMN_NAMES if name not in NOT_THEIRS)

# A wrong one sends somebody to the wrong door: a second person looks, whoever asks.
SECOND_PERSON = frozenset(
    """organisation organisation_url name alternate_name groups support_types forms_of_abuse only_for coverage
    locations confidential confidential_reason contact_routes url minimum_age maximum_age""".split()
)
# Of those, the ones that are verified through a way to reach the organisation that was held before.
CHECKED_THROUGH_HELD_CHANNEL = frozenset(
    """organisation organisation_url locations confidential confidential_reason contact_routes url groups
    coverage""".split()
)
# Small facts: right or wrong, they mislead nobody into danger. They may be published at once, by standing.
SMALL = frozenset(EDITABLE) - SECOND_PERSON
WAITING = ("waiting_list", "waiting_weeks", "accepting_referrals")
"""The small facts that change most, which are worth little without the day on which they were said."""

# Words that a page shows: a number or an address in them leads people just as one among the ways to reach a service.
_TOLD = frozenset(
    """description age_note coverage_note referral_note cost_note waiting_note when_they_must_tell safe_contact
    before_you_call before_you_refer""".split()
)
# Where a number or an address stands as such, and is checked there.
_WAYS = ("contact_routes", "url", "organisation_url", "locations")
_CLOSING = frozenset({"status", "waiting_note", "waiting_as_at"})


def at_once(wanted: Mapping[str, str], here: Mapping[str, str], *, standing: bool) -> frozenset[str]:
    """Which of the wanted columns are put in place with nobody's second look. here: the listing as it is.

    standing: whether this organisation's small facts are published at once. Closing for now is taken down at once
    whatever the standing, with the day in its note; that a service runs no more, or runs again after that, waits.
    """
    closes = (here.get("status"), wanted.get("status")) == ("active", "temporarily closed")
    closing = closes and without_closing(wanted.get("waiting_note", "")) == here.get("waiting_note", "")
    return frozenset(
        name
        for name, cell in wanted.items()
        if (closing and name in _CLOSING) or (standing and _is_small(name, cell, here.get(name, ""), closes))
    )


def brings_a_way(column: str, cell: str, *known: str) -> bool:
    """Whether words that a page shows hold a number or an address that stands in none of the known texts."""
    if column not in _TOLD:
        return False
    found = ways_in(cell)
    return bool(found) and not found <= frozenset[str]().union(*map(ways_in, known))


def needs_another(
    edits: Mapping[str, str], asked: Mapping[str, str], here: Mapping[str, str]
) -> frozenset[str]:
    """Which of a moderator's edits of a change another moderator looks at: what nobody but she has written.

    asked: the change as its proposer wrote it. here: the listing as it is; empty for a new one.
    """
    found = {
        name
        for name, cell in edits.items()
        if name in SECOND_PERSON or brings_a_way(name, cell, here.get(name, ""), asked.get(name, ""))
    }
    if "status" in edits and here:
        found |= {"status"} - at_once({**asked, **edits}, here, standing=True)
    return frozenset(found)


def to_check(wanted: Mapping[str, str], here: Mapping[str, str]) -> frozenset[str]:
    """Which of the wanted columns are verified through a way that was held before. here: empty for a new listing.

    Words are, where they bring a number or an address that the listing itself does not have in its place.
    """
    needed = set(wanted) & CHECKED_THROUGH_HELD_CHANNEL
    if not here:
        needed.discard("organisation")  # It moves from nowhere: a new listing is checked as a whole.
    parts = [
        part
        for name in _WAYS
        for line in wanted.get(name, here.get(name, "")).splitlines()
        for part in line.split("|")
    ]
    return frozenset(
        needed
        | {name for name, cell in wanted.items() if brings_a_way(name, cell, here.get(name, ""), *parts)}
    )


def _is_small(column: str, cell: str, was: str, closes: bool) -> bool:
    if column == "status":
        return closes or (was, cell) == ("temporarily closed", "active")
    # What stood there before leads nobody elsewhere than it did.
    return column in SMALL and not brings_a_way(column, cell, was)
