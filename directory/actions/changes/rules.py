"""Which facts of a listing may be changed by whom, and how."""

from __future__ import annotations

from directory.actions.listing_row import COLUMN_NAMES

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
    "organisation_url locations confidential confidential_reason contact_routes url groups coverage".split()
)
# Small facts: right or wrong, they mislead nobody into danger. They may be published at once, by standing.
SMALL = frozenset(EDITABLE) - SECOND_PERSON


def may_be_published_at_once(column: str, cell: str) -> bool:
    """Whether this is a small fact. That a service runs no more takes it off every page: somebody looks first."""
    return column in SMALL and (column, cell) not in {("status", "defunct"), ("status", "inactive")}
