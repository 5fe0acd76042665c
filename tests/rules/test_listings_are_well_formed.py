"""The form of data/services.csv: columns, codes, and what must agree within a row."""

from __future__ import annotations

import csv
import re
from functools import cache

import pytest

from directory.reference.coverage import read_coverage
from directory.reference.groups import groups
from directory.reference.mapping import support_types_for
from directory.reference.support_types import support_types
from directory.reference.terms import terms
from tests.rules.listings_table import COLUMNS, DATA, Row, bare, lines, parts, table, wrong

CODES = {
    "forms_of_abuse": "form",
    "only_for": "specialism",
    "adapted_for": "specialism",
    "modes": "mode",
    "referral_routes": "referral",
    "languages": "language",
    "accessibility": "access",
    "waiting_list": "waiting",
    "sector": "sector",
}

FIXED = {
    "status": {"active", "inactive", "defunct", "temporarily closed"},
    "listing": {"listed", "needs checking"},
    "confidence": {"high", "medium", "low"},
    "confidential": {"", "yes", "no"},
    "free_to_person": {"", "yes", "no"},
    "interpreters": {"", "yes", "no"},
    "accepting_referrals": {"", "yes", "no"},
    "advice_to_professionals": {"", "yes", "no"},
    "can_stay_anonymous": {"", "yes", "no"},
}


@cache
def reviewed_support_types() -> dict[tuple[str, str], str]:
    """(id, support type) → certainty: what a person read in that service's own source, beyond the mapping."""
    with (DATA / "support_types_reviewed.csv").open(newline="", encoding="utf-8") as file:
        return {(row["id"], row["support_type"]): row["certainty"] for row in csv.DictReader(file)}


def test_the_columns_are_those_agreed() -> None:
    with (DATA / "services.csv").open(newline="", encoding="utf-8") as file:
        assert next(csv.reader(file)) == COLUMNS


def test_ids_are_positive_and_given_once() -> None:
    ids = [row["id"] for row in table()]
    assert all(re.fullmatch(r"[1-9]\d*", one) for one in ids)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("column", CODES)
def test_codes_are_known(column: str) -> None:
    assert wrong(lambda row: set(parts(row[column])) <= set(terms(CODES[column]))) == []


@pytest.mark.parametrize("column", FIXED)
def test_fixed_words_are_known(column: str) -> None:
    assert wrong(lambda row: row[column] in FIXED[column]) == []


def test_groups_and_support_types_are_known_and_belong_together() -> None:
    assert wrong(lambda row: bare(row["groups"]) <= set(groups())) == []
    assert wrong(lambda row: bare(row["support_types"]) <= set(support_types())) == []
    assert (
        wrong(
            lambda row: {code.partition(".")[0] for code in bare(row["support_types"])} <= bare(row["groups"])
        )
        == []
    )


def test_a_support_type_is_certain_only_where_its_group_is() -> None:
    def holds(row: Row) -> bool:
        sure = {code for code in parts(row["groups"]) if not code.endswith("?")}
        return all(
            code.endswith("?") or code.partition(".")[0] in sure for code in parts(row["support_types"])
        )

    assert wrong(holds) == []


def test_support_types_come_from_the_mapping_or_from_a_review_of_that_row() -> None:
    def holds(row: Row) -> bool:
        mapped = support_types_for(parts(row["source_types"]), parts(row["source_groups"]))
        for code in parts(row["support_types"]):
            held = "possible" if code.endswith("?") else "certain"
            allowed = {
                mapped.get(code.rstrip("?")),
                reviewed_support_types().get((row["id"], code.rstrip("?"))),
            }
            if not ({held, "certain"} & allowed if held == "possible" else "certain" in allowed):
                return False
        return True

    assert wrong(holds) == []


def test_every_review_belongs_to_a_row() -> None:
    held = {(row["id"], code) for row in table() for code in bare(row["support_types"])}
    assert set(reviewed_support_types()) - held == set()


def test_nobody_is_both_only_for_and_adapted_for() -> None:
    assert wrong(lambda row: not set(parts(row["only_for"])) & set(parts(row["adapted_for"]))) == []


def test_coverage_names_are_known() -> None:
    assert wrong(lambda row: not read_coverage(row["coverage"]).unknown_names) == []


def test_ages_are_whole_and_in_order() -> None:
    def holds(row: Row) -> bool:
        ages = [row[column] for column in ("minimum_age", "maximum_age") if row[column]]
        return all(age.isdigit() for age in ages) and ages == sorted(ages, key=int)

    assert wrong(holds) == []


def test_inclusion_is_a_decision_with_evidence() -> None:
    def holds(row: Row) -> bool:
        decision, _, profile = row["inclusion"].partition(": ")
        evidence = lines(row["inclusion_evidence"])
        answers = {line[1] for line in evidence}
        return (
            decision in {"included", "pending", "excluded"}
            and profile in terms("inclusion_profile")
            and all(line[0] in terms("criterion") and len(line) == 4 for line in evidence)
            and answers <= {"yes", "no", "not known"}
            and (decision != "included" or answers == {"yes"})
        )

    assert wrong(holds) == []
