"""What must hold between the cells of one row."""

from __future__ import annotations

from collections.abc import Iterator

from directory.actions.listing_row import ListingRow
from directory.actions.problem import Problem
from directory.actions.told_places import told_places


def check_row(row: ListingRow, line: int, *, is_confidential: bool) -> list[Problem]:
    """Everything about the row that its cells say against each other."""
    problems = list(_ages(row, line)) + list(_codes(row, line)) + list(_confirmation(row, line))
    return problems + list(told_places(row, line, is_confidential=is_confidential))


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
