"""What must hold of data/services.csv as it ships, row by row, straight from the file.

Wrong data harms people: a closed service, an old number or a place that should be secret.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from directory.reference.confidential import is_confidential
from directory.reference.coverage import read_coverage
from directory.reference.groups import groups
from directory.reference.hours import check
from directory.reference.mapping import support_types_for
from directory.reference.support_types import support_types
from directory.reference.telephones import is_for_drama, is_number
from directory.reference.terms import terms

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

# Services that have closed or given up this work; their names stand nowhere in the file.
CLOSED = (
    "Savana",
    "PARCS",
    "BLAST Project",
    "Glebe House",
    "Aurora Project",
    "Suffolk Rape Crisis",
    "Rivergate",
    "Truth Project",
)
# Still on file as things to check, never shown.
NEVER_LISTED = ("Safer Living Foundation", "National Male Survivor Helpline", "Migdal Emunah")

# Numbers that sources show but that are old, misprinted or another service's.
NOT_TO_USE = (
    "08450896262 08088029999 08088082003 01925581200 08006099960 01442270679 01277240620 01612362182 "
    "08081782058 08081743080 01603276381 03302230181 01514306300 03332030990 0203991599"
).split()

POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b")
NUMBER = re.compile(r"(?<![\d/-])0\d(?:[ ]?\d){8,9}(?!\d)")
SOURCE_DATE = re.compile(r"(?:20\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?")


@cache
def table() -> tuple[Row, ...]:
    with (DATA / "services.csv").open(newline="", encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def reviewed_support_types() -> dict[tuple[str, str], str]:
    """(id, support type) → certainty: what a person read in that service's own source, beyond the mapping."""
    with (DATA / "support_types_reviewed.csv").open(newline="", encoding="utf-8") as file:
        return {(row["id"], row["support_type"]): row["certainty"] for row in csv.DictReader(file)}


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


def hides_its_place(row: Row) -> bool:
    return is_confidential(
        said={"yes": True, "no": False, "": None}[row["confidential"]],
        groups=parts(row["groups"]),
        support_type_codes=parts(row["support_types"]),
        words=" ; ".join((row["organisation"], row["name"], row["alternate_name"])),
    )


def test_the_columns_are_those_agreed() -> None:
    with (DATA / "services.csv").open(newline="", encoding="utf-8") as file:
        assert next(csv.reader(file)) == COLUMNS


def test_ids_are_positive_and_given_once() -> None:
    ids = [row["id"] for row in table()]
    assert all(re.fullmatch(r"[1-9]\d*", one) for one in ids)
    assert len(set(ids)) == len(ids)


def test_every_row_says_what_it_is_and_when_it_was_read() -> None:
    needed = ("organisation", "name", "description", "coverage", "groups", "source_name", "inclusion")
    assert wrong(lambda row: all(row[column] for column in needed)) == []
    assert wrong(lambda row: date.fromisoformat(row["seen_on"]).year == 2026) == []


def test_a_listed_row_has_a_source_that_can_be_found_again() -> None:
    assert wrong(lambda row: row["listing"] != "listed" or bool(row["source_url"] or row["source_note"])) == []


def test_low_confidence_is_never_listed_and_says_why() -> None:
    assert wrong(lambda row: (row["confidence"] == "low") == (row["listing"] == "needs checking")) == []
    assert wrong(lambda row: (row["listing"] == "needs checking") == bool(row["listing_reason"])) == []


@pytest.mark.parametrize("name", CLOSED)
def test_no_closed_service_is_in_the_file(name: str) -> None:
    word = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
    assert wrong(lambda row: not any(word.search(cell) for cell in row.values())) == []


@pytest.mark.parametrize("name", NEVER_LISTED)
def test_a_service_that_may_have_closed_is_never_listed(name: str) -> None:
    assert wrong(lambda row: name not in row["name"] + row["organisation"] or row["listing"] != "listed") == []


def test_devon_rape_crisis_offers_no_helpline_because_it_closed() -> None:
    found = [row for row in table() if row["organisation"].startswith("Devon Rape Crisis")]
    assert found
    assert all("G4.2" not in bare(row["support_types"]) and not row["contact_routes"] for row in found)


def test_nothing_has_been_confirmed_by_a_person_yet() -> None:
    assert wrong(lambda row: not row["last_confirmed"] and not row["confirmed_by"]) == []


def test_source_dates_are_as_exact_as_known_and_never_after_the_reading() -> None:
    assert wrong(lambda row: SOURCE_DATE.fullmatch(row["source_date"]) is not None) == []
    assert wrong(lambda row: row["source_date"] <= row["seen_on"]) == []


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
        wrong(lambda row: {code.partition(".")[0] for code in bare(row["support_types"])} <= bare(row["groups"]))
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


def test_contact_routes_can_be_used() -> None:
    def holds(route: list[str]) -> bool:
        kind, value, hours, _note = (route + ["", "", ""])[:4]
        if hours:
            check(hours)
        if kind == "text" and re.fullmatch(r"\d{5}", value):
            return True  # a short number for text messages
        if kind in {"telephone", "text"}:
            return is_number(value) and not is_for_drama(value)
        if kind == "email":
            return re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) is not None
        return kind in terms("route") and is_web_address(value)

    assert wrong(lambda row: all(holds(route) for route in lines(row["contact_routes"]))) == []


def is_web_address(address: str) -> bool:
    found = urlsplit(address)
    return found.scheme in {"http", "https"} and "." in (found.hostname or "") and " " not in address


def test_web_addresses_are_well_formed_and_links_are_secure() -> None:
    assert wrong(lambda row: not row["url"] or is_web_address(row["url"])) == []
    assert wrong(lambda row: not row["url"] or row["url"].startswith("https://")) == []
    assert wrong(lambda row: all(map(is_web_address, parts(row["source_url"])))) == []


def test_no_old_or_invented_number_is_anywhere() -> None:
    def holds(row: Row) -> bool:
        text = re.sub(r"\s", "", " ".join(cell for column, cell in row.items() if not column.endswith("url")))
        return not any(number in text for number in NOT_TO_USE)

    assert wrong(holds) == []


def test_a_number_in_words_is_a_route_or_set_against_one() -> None:
    def holds(row: Row) -> bool:
        words = " ".join(row[column] for column in COLUMNS if not column.endswith(("url", "routes")))
        return all(
            re.sub(r"\D", "", found[0]) in re.sub(r"\s", "", row["contact_routes"])
            for found in NUMBER.finditer(words)
        )

    assert wrong(holds) == []


def test_a_confidential_service_tells_no_place() -> None:
    def holds(row: Row) -> bool:
        if not hides_its_place(row):
            return True
        return not row["locations"] and not any(POSTCODE.search(cell.upper()) for cell in row.values())

    assert wrong(holds) == []


def test_what_a_source_says_of_secrecy_has_its_reason() -> None:
    assert wrong(lambda row: bool(row["confidential"]) == bool(row["confidential_reason"])) == []


def test_only_a_place_that_the_service_itself_shows_is_exact() -> None:
    shown = {row["id"]: row["locations"] for row in table() if "exact" in row["locations"]}
    assert {line[2] for cell in shown.values() for line in lines(cell)} == {"NW1 0AP"}


def test_a_service_that_charges_says_how_much() -> None:
    assert wrong(lambda row: row["free_to_person"] != "no" or bool(row["cost_note"])) == []


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


def test_acts_fast_can_be_reached_from_anywhere() -> None:
    (row,) = [row for row in table() if row["organisation"] == "ACTS FAST"]
    assert row["listing"] == "listed"
    assert ["telephone", "01202 797217"] in lines(row["contact_routes"])
    assert row["url"] == "https://www.actsfast.org.uk"
    assert row["modes"] == "remote"
    assert read_coverage(row["coverage"]).nations == {"E92000001", "W92000004"}
    assert {"G3", "G9"} <= set(parts(row["groups"]))
