"""What must hold between the cells of one row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from directory.actions.lines import POSTCODE
from directory.actions.listing_row import ListingRow, write_row
from directory.actions.problem import Problem

_POSTCODE_IN_WORDS = re.compile(rf"\b{POSTCODE.pattern}\b", re.IGNORECASE)
# Where a confidential place could slip out: every column that a page shows as words.
_SHOWN_WORDS = (
    "organisation",
    "name",
    "alternate_name",
    "description",
    "listing_reason",
    "age_note",
    "coverage_note",
    "confidential_reason",
    "contact_routes",
    "referral_note",
    "cost_note",
    "waiting_note",
    "when_they_must_tell",
    "safe_contact",
    "before_you_call",
    "before_you_refer",
    "inclusion_evidence",
    "source_name",
    "source_note",
)


def check_row(row: ListingRow, line: int, *, is_confidential: bool) -> list[Problem]:
    """Everything about the row that its cells say against each other."""
    problems = list(_ages(row, line)) + list(_codes(row, line)) + list(_confirmation(row, line))
    if is_confidential:
        problems += _told_places(row, line)
    return problems


def _ages(row: ListingRow, line: int) -> Iterator[Problem]:
    if row.minimum_age is not None and row.maximum_age is not None and row.minimum_age > row.maximum_age:
        yield Problem(
            line,
            "minimum_age",
            str(row.minimum_age),
            f"The minimum age is above the maximum age ({row.maximum_age}).",
            "Change one of the two.",
        )


def _codes(row: ListingRow, line: int) -> Iterator[Problem]:
    held = {tag.code for tag in row.groups}
    missing = sorted({tag.code.partition(".")[0] for tag in row.support_types} - held)
    if missing:
        yield Problem(
            line,
            "groups",
            ";".join(sorted(held)),
            f"The support types are for {', '.join(missing)} too, which this cell does not hold.",
            "Add the group here (with ? if it is only possible), or take those support types out.",
        )
    both = sorted(set(row.only_for) & set(row.adapted_for))
    if both:
        yield Problem(
            line,
            "adapted_for",
            ";".join(row.adapted_for),
            f"{', '.join(both)} stands in only_for as well.",
            "Keep it in one: only_for if nobody else may use the service, else adapted_for.",
        )


def _confirmation(row: ListingRow, line: int) -> Iterator[Problem]:
    if (row.last_confirmed is None) != (row.confirmed_by == ""):
        yield Problem(
            line,
            "last_confirmed",
            str(row.last_confirmed or ""),
            "A confirmation needs both the day and who gave it.",
            "Fill in last_confirmed and confirmed_by, or leave both blank.",
        )


def _told_places(row: ListingRow, line: int) -> Iterator[Problem]:
    """Places of a confidential service that stand where a page would show them."""
    cells = write_row(row)
    for column in _SHOWN_WORDS:
        if _POSTCODE_IN_WORDS.search(cells[column]):
            yield Problem(
                line,
                column,
                "",
                "This service is confidential, and the cell holds a postcode, which everybody would see.",
                "Take the postcode out. If the organisation itself shows it, write no under confidential.",
            )
    if any(route.kind == "walk-in" for route in row.contact_routes):
        yield Problem(
            line,
            "contact_routes",
            "",
            "This service is confidential, and a walk-in route would tell where it is.",
            "Take that line out. If the organisation itself shows the place, write no under confidential.",
        )
