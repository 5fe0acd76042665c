"""A row with a confidential place may not tell it in any other cell, however it is written there."""

from __future__ import annotations

import pytest

from directory.actions.listing_row import ListingRow, read_row
from directory.actions.problem import Problem
from directory.actions.resolve import Resolved, Resolver
from tests.builders import TablePlaces, make_row

HIDDEN_PLACE = {"locations": "confidential | Huntingdon | | Riverside House, by the old mill"}
HIDDEN_SERVICE = {"confidential": "yes"}


def told_in(**what: object) -> list[str]:
    """The columns of a row that are refused. No problem repeats what it must not tell."""
    row = read_row(make_row(**what), 2)
    assert isinstance(row, ListingRow), [str(problem) for problem in row]
    found = Resolver(TablePlaces()).resolve(row, 2)
    if isinstance(found, Resolved):
        return []
    for problem in found:
        assert isinstance(problem, Problem) and problem.value == "" and "confidential" in str(problem)
        assert not any(
            word in str(problem).casefold() for word in ("huntingdon", "pe28", "riverside", "mill")
        )
    return [problem.column for problem in found]


SPELLINGS = [
    "PE28 9AA",
    "pe289aa",
    "PE28  9AA",
    "PE28-9AA",
    "PE28 - 9AA",
    "PE28.9AA",
    "PE28_9AA",
    "at_PE28_9AA_",
    "PE28+9AA",
    "PE28%209AA",
    "PE28%2B9AA",
    "PE28%C2%A09AA",
    "PE28\u00a09AA",
    "PE28\u20119AA",
    "PE28\u20139AA",
    "PE28\u200b9AA",
    "P\u00adE28 9A\u200dA",
    "ＰＥ２８ ９ＡＡ",
    "(PE28 9AA)",
]


@pytest.mark.parametrize("hidden", [HIDDEN_SERVICE, HIDDEN_PLACE])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_postcode_is_seen_however_it_is_spelled(spelling: str, hidden: dict[str, str]) -> None:
    assert told_in(description=f"Counselling at {spelling}.", **hidden) == ["description"]


@pytest.mark.parametrize(
    "words", ["Ring 01632 960001.", "For ages 11-18.", "G2.13 of 2025-11-21", "Room B12"]
)
def test_what_only_looks_like_a_postcode_is_let_pass(words: str) -> None:
    assert told_in(description=words, **HIDDEN_SERVICE, **HIDDEN_PLACE) == []


CELLS = [
    ("organisation", "Example PE28 9AA"),
    ("name", "Example PE28 9AA"),
    ("alternate_name", "Example PE28 9AA"),
    ("organisation_url", "https://www.example.org/PE28-9AA"),
    ("url", "https://www.example.org/find-us/pe28%209aa"),
    ("url", "https://maps.example.org/?q=PE28+9AA"),
    ("source_url", "https://www.example.org/pe289aa.pdf"),
    ("source_name", "their leaflet, PE28 9AA"),
    ("source_note", "Their page gives PE28 9AA."),
    ("contact_routes", "email | pe289aa@example.org"),
    ("contact_routes", "form | https://www.example.org/pe28-9aa"),
    ("contact_routes", "email | a@example.org | | write to PE28 9AA"),
    ("waiting_note", "Ask at PE28 9AA."),
    ("safe_contact", "Letters say PE28 9AA."),
    ("inclusion_evidence", "free | yes | seen at PE28 9AA"),
]


@pytest.mark.parametrize("hidden", [HIDDEN_SERVICE, HIDDEN_PLACE])
@pytest.mark.parametrize(("column", "cell"), CELLS)
def test_every_cell_that_is_shown_is_looked_at(column: str, cell: str, hidden: dict[str, str]) -> None:
    assert told_in(**{column: cell}, **hidden) == [column]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("description", "12 High Street, Huntingdon"),
        ("description", "In HUNTINGDON, near the station."),
        ("description", "In Hunt\u00adingdon."),
        ("description", "Ask at riverside house."),
        ("referral_note", "Come to the door by  the old mill."),
        ("name", "Huntingdon Example Service"),
        ("url", "https://www.example.org/huntingdon"),
        ("contact_routes", "email | a@example.org | | ask for Huntingdon"),
    ],
)
def test_its_own_town_and_note_are_not_told_in_words(column: str, cell: str) -> None:
    assert told_in(**{column: cell}, **HIDDEN_PLACE) == [column]
    assert told_in(**{column: cell}, locations="") == []


@pytest.mark.parametrize("place", ["exact | Huntingdon | PE28 9AA", "town | Huntingdon"])
def test_each_place_of_a_confidential_service_counts_as_one(place: str) -> None:
    where = {"locations": place, "description": "Rooms in Huntingdon."}
    assert told_in(**where, **HIDDEN_SERVICE) == ["description"]
    assert told_in(**where) == []


def test_a_name_with_a_county_is_found_without_it() -> None:
    where = "confidential | Newport, Isle of Wight"
    assert told_in(locations=where, description="Rooms in Newport.") == ["description"]


def test_a_longer_name_that_holds_the_town_is_another_place() -> None:
    assert told_in(description="For people in Huntingdonshire.", **HIDDEN_PLACE) == []


def test_the_place_that_is_shown_may_be_told_beside_the_one_that_is_not() -> None:
    where = "exact | Peterborough | PE1 1QL | by the bridge\nconfidential | Huntingdon\nconfidential | Peterborough"
    assert told_in(locations=where, description="Rooms by the bridge in Peterborough, PE1 1QL.") == []
    assert told_in(locations=where, description="Rooms in Huntingdon.") == ["description"]
    assert told_in(locations=where, description="Rooms at PE28 9AA.") == ["description"]


def test_a_short_note_hides_nothing() -> None:
    assert told_in(locations="confidential | Huntingdon | | ask", description="Ask for help.") == []


@pytest.mark.parametrize("hidden", [HIDDEN_SERVICE, HIDDEN_PLACE])
def test_nobody_is_asked_to_walk_in(hidden: dict[str, str]) -> None:
    assert told_in(contact_routes="walk-in | Mondays", **hidden) == ["contact_routes"]
