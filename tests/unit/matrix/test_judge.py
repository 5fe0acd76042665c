"""One service held against half a cell: each test alone, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from directory.matrix.judge import judge, service_tests
from directory.matrix.types import Level, Mode, Rules, Test
from tests.builders import make_matrix_service

PETERBOROUGH, CARDIFF = "E06000031", "W06000015"
ENGLAND, WALES = "E92000001", "W92000004"
RULES = Rules(date(2026, 11, 26))


def failed(mode: Mode = Mode.IN_PERSON, authority: str = PETERBOROUGH, **what: object) -> list[Test] | None:
    """The tests that a service fails for G4.6; None where it does not count."""
    nation = WALES if authority.startswith("W") else ENGLAND
    judged = judge(make_matrix_service(**what), "G4.6", authority, nation, mode, RULES)
    if judged is None:
        return None
    assert judged.level is (Level.PARTLY if judged.failed else Level.AVAILABLE)
    return list(judged.failed)


def test_a_service_that_passes_every_test_makes_the_cell_available() -> None:
    assert failed() == []


ONE_TEST_EACH: list[tuple[Test, dict[str, object]]] = [
    (Test.SOURCE_UNCLEAR, {"types": {"G4.6": False}}),
    (Test.SOME_RESIDENTS, {"partly": frozenset({PETERBOROUGH})}),
    (Test.MODE_NOT_KNOWN, {"in_person": None}),
    (Test.CHARGES, {"free": False}),
    (Test.COST_NOT_KNOWN, {"free": None}),
    (Test.CLOSED_FOR_NOW, {"is_active": False}),
    (Test.WAITING_LIST_CLOSED, {"waiting_list": "closed"}),
    (Test.NOT_TAKING_PEOPLE, {"accepting": False}),
    (Test.NOT_CONFIRMED, {"confirmed_on": None}),
    (Test.CONFIRMED_LONG_AGO, {"confirmed_on": date(2026, 5, 29)}),
]


@pytest.mark.parametrize(("test", "what"), ONE_TEST_EACH)
def test_each_failing_alone_makes_the_cell_partly_available(test: Test, what: dict[str, object]) -> None:
    assert failed(**what) == [test]


def test_every_test_of_the_matrix_is_among_them() -> None:
    assert [test for test, _what in ONE_TEST_EACH] == list(Test)


@pytest.mark.parametrize(
    "what",
    [
        {"types": {"G4.7": True}},
        {"types": {}},
        {"authorities": frozenset({CARDIFF})},
        {"authorities": frozenset(), "nations": frozenset({WALES})},
        {"authorities": frozenset()},
        {"in_person": False, "remote": True},
        # What is covered 'in part' is not covered at all where no coverage names it.
        {"authorities": frozenset(), "partly": frozenset({PETERBOROUGH})},
    ],
)
def test_a_service_for_something_or_somebody_else_does_not_count(what: dict[str, object]) -> None:
    assert failed(**what) is None


@pytest.mark.parametrize(
    "what",
    [{"waiting_list": "open"}, {"waiting_list": "none"}, {"waiting_list": ""}, {"accepting": None}],
)
def test_a_list_that_is_open_or_not_known_fails_nothing(what: dict[str, object]) -> None:
    assert failed(**what) == []


@pytest.mark.parametrize(
    ("confirmed_on", "stale_after_days", "counts"),
    [
        (date(2026, 5, 31), 180, True),
        (date(2026, 5, 30), 180, False),
        (date(2026, 11, 26), 1, True),
        (date(2026, 11, 25), 1, False),
    ],
)
def test_a_confirmation_counts_for_as_many_days_as_the_settings_say(
    confirmed_on: date, stale_after_days: int, counts: bool
) -> None:
    rules = Rules(date(2026, 11, 26), stale_after_days)
    tests = service_tests(make_matrix_service(confirmed_on=confirmed_on), rules)
    assert tests == (() if counts else (Test.CONFIRMED_LONG_AGO,))


@pytest.mark.parametrize(
    ("authorities", "nations", "partly", "expected"),
    [
        ({PETERBOROUGH}, set(), set(), []),
        (set(), {ENGLAND}, set(), []),
        (set(), {ENGLAND}, {ENGLAND}, [Test.SOME_RESIDENTS]),
        # All of the authority, beside some of the nation it is in: all of the authority.
        ({PETERBOROUGH}, {ENGLAND}, {ENGLAND}, []),
        ({PETERBOROUGH}, {ENGLAND}, {PETERBOROUGH}, []),
        ({PETERBOROUGH}, {ENGLAND}, {PETERBOROUGH, ENGLAND}, [Test.SOME_RESIDENTS]),
        ({PETERBOROUGH, CARDIFF}, set(), {CARDIFF}, []),
    ],
)
def test_an_authority_covered_wholly_by_its_own_name_or_its_nations_is_covered_wholly(
    authorities: set[str], nations: set[str], partly: set[str], expected: list[Test]
) -> None:
    assert failed(
        authorities=frozenset(authorities), nations=frozenset(nations), partly=frozenset(partly)
    ) == (expected)


def test_a_service_for_wales_counts_in_every_authority_of_wales() -> None:
    assert failed(authority=CARDIFF, authorities=frozenset(), nations=frozenset({WALES})) == []


def test_all_that_fails_is_named_in_the_order_of_the_tests() -> None:
    everything = failed(
        types={"G4.6": False}, partly=frozenset({PETERBOROUGH}), in_person=None, free=False, is_active=False,
        waiting_list="closed", accepting=False, confirmed_on=None,
    )  # fmt: skip
    assert everything == [
        Test.SOURCE_UNCLEAR, Test.SOME_RESIDENTS, Test.MODE_NOT_KNOWN, Test.CHARGES, Test.CLOSED_FOR_NOW,
        Test.WAITING_LIST_CLOSED, Test.NOT_TAKING_PEOPLE, Test.NOT_CONFIRMED,
    ]  # fmt: skip


def test_how_it_is_given_is_asked_of_each_half_apart() -> None:
    assert failed(Mode.REMOTE, remote=True, in_person=None) == []
    assert failed(Mode.IN_PERSON, remote=True, in_person=None) == [Test.MODE_NOT_KNOWN]
