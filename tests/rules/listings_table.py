"""data/services.csv as the rules read it: straight from the file, one dict per row."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
Row = dict[str, str]

COLUMNS = (
    "id organisation organisation_url name alternate_name description status listing listing_reason groups "
    "support_types source_groups source_types forms_of_abuse only_for adapted_for minimum_age maximum_age "
    "age_note modes coverage coverage_note locations confidential confidential_reason contact_routes url "
    "referral_routes referral_note free_to_person cost_note languages interpreters accessibility "
    "accepting_referrals waiting_list waiting_weeks waiting_as_at waiting_note capacity_per_year sector "
    "advice_to_professionals can_stay_anonymous when_they_must_tell safe_contact before_you_call "
    "before_you_refer inclusion inclusion_evidence source_name source_url source_note source_date seen_on "
    "confidence last_confirmed confirmed_by"
).split()


@cache
def table() -> tuple[Row, ...]:
    with (DATA / "services.csv").open(newline="", encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def lines(cell: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in cell.splitlines()]


def bare(codes: str) -> set[str]:
    return {code.rstrip("?") for code in parts(codes)}


def named(row: Row) -> str:
    return f"{row['id']} {row['name']}, {row['organisation']}"


def wrong(holds: Callable[[Row], bool]) -> list[str]:
    """The rows of which it does not hold."""
    return [named(row) for row in table() if not holds(row)]
