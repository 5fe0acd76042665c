"""What must hold of data/services.csv as it ships, row by row, straight from the file.

Wrong data harms people: a closed service, an old number or a place that should be secret.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

import pytest

from directory.reference.confidential import is_confidential
from directory.reference.coverage import read_coverage
from directory.reference.hours import check
from directory.reference.telephones import is_for_drama, is_number
from directory.reference.terms import terms
from tests.rules.listings_table import COLUMNS, Row, bare, lines, parts, table, wrong

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


def hides_its_place(row: Row) -> bool:
    return is_confidential(
        said={"yes": True, "no": False, "": None}[row["confidential"]],
        groups=parts(row["groups"]),
        support_type_codes=parts(row["support_types"]),
        words=" ; ".join((row["organisation"], row["name"], row["alternate_name"])),
        description=row["description"],
    )


def test_every_row_says_what_it_is_and_when_it_was_read() -> None:
    needed = ("organisation", "name", "description", "coverage", "groups", "source_name", "inclusion")
    assert wrong(lambda row: all(row[column] for column in needed)) == []
    assert wrong(lambda row: date.fromisoformat(row["seen_on"]).year == 2026) == []


def test_a_listed_row_has_a_source_that_can_be_found_again() -> None:
    assert (
        wrong(lambda row: row["listing"] != "listed" or bool(row["source_url"] or row["source_note"])) == []
    )


def test_low_confidence_is_never_listed_and_says_why() -> None:
    assert wrong(lambda row: (row["confidence"] == "low") == (row["listing"] == "needs checking")) == []
    assert wrong(lambda row: (row["listing"] == "needs checking") == bool(row["listing_reason"])) == []


@pytest.mark.parametrize("name", CLOSED)
def test_no_closed_service_is_in_the_file(name: str) -> None:
    word = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
    assert wrong(lambda row: not any(word.search(cell) for cell in row.values())) == []


@pytest.mark.parametrize("name", NEVER_LISTED)
def test_a_service_that_may_have_closed_is_never_listed(name: str) -> None:
    assert (
        wrong(lambda row: name not in row["name"] + row["organisation"] or row["listing"] != "listed") == []
    )


def test_devon_rape_crisis_offers_no_helpline_because_it_closed() -> None:
    found = [row for row in table() if row["organisation"].startswith("Devon Rape Crisis")]
    assert found
    assert all("G4.2" not in bare(row["support_types"]) and not row["contact_routes"] for row in found)


def test_nothing_has_been_confirmed_by_a_person_yet() -> None:
    assert wrong(lambda row: not row["last_confirmed"] and not row["confirmed_by"]) == []


def test_source_dates_are_as_exact_as_known_and_never_after_the_reading() -> None:
    assert wrong(lambda row: SOURCE_DATE.fullmatch(row["source_date"]) is not None) == []
    assert wrong(lambda row: row["source_date"] <= row["seen_on"]) == []


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


def test_acts_fast_can_be_reached_from_anywhere() -> None:
    (row,) = [row for row in table() if row["organisation"] == "ACTS FAST"]
    assert row["listing"] == "listed"
    assert ["telephone", "01202 797217"] in lines(row["contact_routes"])
    assert row["url"] == "https://www.actsfast.org.uk"
    assert row["modes"] == "remote"
    assert read_coverage(row["coverage"]).nations == {"E92000001", "W92000004"}
    assert {"G3", "G9"} <= set(parts(row["groups"]))
