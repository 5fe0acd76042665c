"""Each state says which rule gave it, and each service which questions it answered well."""

from __future__ import annotations

from datetime import date

import pytest

from directory.matrix.cells import LISTINGS, NATIONAL, PARTNERSHIP, Authority, CellType, HalfCell, half_cell
from directory.matrix.judge import judge
from directory.matrix.reasons import QUESTIONS, Reason, asked_of, history, reason
from directory.matrix.statements import Said, Statement
from directory.matrix.types import MatrixService, Mode, Rules, State, Test
from tests.builders import make_matrix_service, make_statement

TODAY = date(2026, 11, 26)
RULES = Rules(TODAY)
HERE = Authority("E06000031", "E92000001", ("E06000031", "E12000006", "E92000001"))
LISTED = CellType("G4.6", "G4", "therapy", frozenset({LISTINGS}))
EITHER = CellType("G4.6", "G4", "therapy", frozenset({LISTINGS, PARTNERSHIP}))
DUTY = CellType("G4.6", "G4", "system", frozenset({PARTNERSHIP, NATIONAL}))


def half(cell: CellType, services: list[MatrixService], *said: Statement) -> HalfCell:
    return half_cell(cell, HERE, Mode.IN_PERSON, services, Said(said, TODAY), RULES)


def says(exists: State, **what: object) -> Statement:
    return make_statement(**({"support_type": "G4.6", "exists": exists} | what))


PASSES = make_matrix_service()
FAILS = make_matrix_service(confirmed_on=None)
VAGUE = make_matrix_service(types={"G4.6": False})


@pytest.mark.parametrize(
    ("cell", "services", "said", "expected", "state"),
    [
        (LISTED, [PASSES], [], Reason.LISTING_PASSES, State.AVAILABLE),
        (LISTED, [FAILS], [], Reason.LISTING_FAILS, State.PARTLY),
        (LISTED, [], [], Reason.NOTHING_KNOWN, State.NOT_KNOWN),
        (DUTY, [PASSES], [], Reason.LISTINGS_DO_NOT_FILL, State.NOT_KNOWN),
        (DUTY, [], [], Reason.NOTHING_KNOWN, State.NOT_KNOWN),
        (EITHER, [], [says(State.NOT_KNOWN)], Reason.THEY_COULD_NOT_TELL, State.NOT_KNOWN),
        (EITHER, [FAILS], [says(State.NOT_KNOWN)], Reason.LISTING_FAILS, State.PARTLY),
        (EITHER, [FAILS], [says(State.AVAILABLE)], Reason.SAID, State.AVAILABLE),
        (EITHER, [FAILS], [says(State.PARTLY)], Reason.LISTING_FAILS, State.PARTLY),
        (EITHER, [PASSES], [says(State.PARTLY)], Reason.LISTING_PASSES, State.AVAILABLE),
        (LISTED, [], [says(State.AVAILABLE)], Reason.SAID_BUT_NOT_LISTED, State.PARTLY),
        (EITHER, [VAGUE], [says(State.NOT_AVAILABLE)], Reason.SAID_THERE_IS_NONE, State.NOT_AVAILABLE),
        (EITHER, [FAILS], [says(State.NOT_AVAILABLE)], Reason.LISTING_AGAINST_STATEMENT, State.PARTLY),
        (
            EITHER,
            [],
            [says(State.AVAILABLE), says(State.NOT_AVAILABLE, body="commissioner")],
            Reason.STATEMENTS_DIFFER,
            State.NOT_KNOWN,
        ),
    ],
)
def test_the_reason_is_that_of_the_rule_which_gave_the_state(
    cell: CellType, services: list[MatrixService], said: list[Statement], expected: Reason, state: State
) -> None:
    found = half(cell, services, *said)
    assert (found.state, reason(found, cell)) == (state, expected)


def test_every_reason_is_one_of_the_six_rules() -> None:
    assert {one.rule for one in Reason} <= {1, 2, 3, 4, 5, 6}


def test_every_test_belongs_to_one_question() -> None:
    asked = [test for tests in QUESTIONS for test in tests]
    assert sorted(asked) == sorted(Test)


def test_a_service_is_asked_eight_questions_and_fails_what_the_judge_says() -> None:
    service = make_matrix_service(free=None, confirmed_on=None)
    judged = judge(service, "G4.6", HERE.code, HERE.nation, Mode.IN_PERSON, RULES)
    assert judged is not None
    answers = asked_of(judged)
    assert len(answers) == 8
    assert tuple(one.failed for one in answers if one.failed) == judged.failed
    assert [one.question for one in answers if one.failed] == [Test.CHARGES, Test.NOT_CONFIRMED]


def test_the_history_of_a_half_holds_all_that_was_said_of_it_the_newest_first() -> None:
    first = says(State.AVAILABLE, stated_on=date(2026, 1, 1))
    newest = says(State.PARTLY, stated_on=date(2026, 6, 1))
    of_the_nation = says(State.AVAILABLE, area_code="E92000001", stated_on=date(2026, 3, 1))
    strangers = [
        says(State.AVAILABLE, area_code="W92000004"),
        says(State.AVAILABLE, support_type="G4.7"),
        says(State.AVAILABLE, mode="remote"),
    ]
    found = history([first, *strangers, of_the_nation, newest], {"G4.6"}, HERE.around, Mode.IN_PERSON)
    assert found == (newest, of_the_nation, first)
