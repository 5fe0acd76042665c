"""What is said of a cell is stored, takes its place, is taken back, and is refused where it tells of a person."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text

from directory.actions.state_cell import Stated, ToState, state_cell
from directory.actions.withdraw_statement import withdraw_statement
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.matrix.statements import BOTH, in_force
from directory.matrix.types import Mode, Rules, State
from directory.models.statement import Statement
from directory.queries.current_matrix import CurrentMatrix, matrix_world
from directory.queries.statements import matrix_version, statements

TODAY = date(2026, 11, 26)
PETERBOROUGH = "E06000031"
DUTY = ToState(
    PETERBOROUGH, "G2.1", State.AVAILABLE, "partnership", "partnership manager", date(2026, 11, 20)
)


def say(database: Database, said: ToState = DUTY, **what: object) -> Stated:
    with database.transaction() as session:
        return state_cell(session, replace(said, **what), today=TODAY)  # type: ignore[arg-type]  # any field


def take_back(database: Database, number: int, on: date = TODAY, **what: str) -> None:
    with database.transaction() as session:
        words = {"because": "it has closed", "role": "commissioning manager"} | what
        withdraw_statement(session, number, on=on, today=TODAY, **words)


def state(database: Database, support_type: str = "G2.1", mode: Mode = Mode.IN_PERSON) -> State:
    with database.reading() as session:
        world = matrix_world(session, Rules(TODAY), (0, 0))
    return world.states.state(PETERBOROUGH, support_type, mode)


def test_a_statement_fills_the_cell_it_is_about_and_no_other(either_database: Database) -> None:
    assert state(either_database) is State.NOT_KNOWN
    stated = say(either_database, what="  Everyone is\ntrained. ", sector="statutory", effective="mixed")
    assert state(either_database) is State.AVAILABLE
    assert state(either_database, "G3.3") is State.NOT_KNOWN
    assert (stated.statement.what, stated.area.name) == ("Everyone is trained.", "Peterborough")
    assert stated.is_in_force and stated.in_place_of == () == stated.differs_from


def test_every_write_is_seen_by_a_world_that_was_made_before(either_database: Database) -> None:
    current = CurrentMatrix(180)
    answers = []
    for step in (lambda: None, lambda: say(either_database), lambda: take_back(either_database, 1)):
        step()
        with either_database.reading() as session:
            world = current.get(session, TODAY)
            assert current.get(session, TODAY) is world
            answers.append((world.versions[1], world.states.state(PETERBOROUGH, "G2.1", Mode.REMOTE)))
    assert answers == [(0, State.NOT_KNOWN), (1, State.AVAILABLE), (2, State.NOT_KNOWN)]


def test_a_later_word_of_the_same_role_takes_the_place_of_the_older(either_database: Database) -> None:
    first = say(either_database).statement
    second = say(either_database, exists=State.PARTLY, role="Partnership  Manager", stated_on=TODAY)
    assert second.in_place_of == (first,) and second.differs_from == ()
    with either_database.reading() as session:
        everything = statements(session)
    assert len(everything) == 2 and in_force(everything, TODAY) == (second.statement,)


def test_an_older_word_recorded_late_is_history_and_says_so(either_database: Database) -> None:
    newer = say(either_database, stated_on=TODAY)
    late = say(either_database, exists=State.NOT_AVAILABLE)
    assert newer.is_in_force and not late.is_in_force
    assert late.in_place_of == () == late.differs_from and state(either_database) is State.AVAILABLE


def test_two_roles_that_differ_are_both_told(either_database: Database) -> None:
    first = say(either_database).statement
    other = say(either_database, body="commissioner", exists=State.NOT_AVAILABLE, mode="remote")
    assert other.differs_from == (first,)
    assert state(either_database, mode=Mode.IN_PERSON) is State.AVAILABLE


def test_what_is_said_for_the_county_holds_in_its_districts_until_they_speak(
    either_database: Database,
) -> None:
    say(either_database, area_code="E12000006", exists=State.PARTLY)
    assert state(either_database) is State.PARTLY
    say(either_database, exists=State.NOT_AVAILABLE, role="commissioning manager")
    assert state(either_database) is State.NOT_AVAILABLE


def test_both_halves_of_a_helpline_are_its_one_half(either_database: Database) -> None:
    assert say(either_database, support_type="G2.2", mode=BOTH).statement.mode == "remote"
    assert state(either_database, "G2.2") is State.NOT_KNOWN


def test_a_statement_taken_back_is_kept_with_the_reason_and_the_role(either_database: Database) -> None:
    number = say(either_database).statement.id
    take_back(either_database, number)
    assert state(either_database) is State.NOT_KNOWN
    with either_database.reading() as session:
        row = session.scalars(select(Statement)).one()
        assert (row.withdrawn_on, row.withdrawn_reason) == (TODAY, "commissioning manager: it has closed")


def test_four_who_write_at_once_take_turns(either_database: Database) -> None:
    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(lambda number: say(either_database, role=f"nurse {number}"), range(4)))
    with either_database.reading() as session:
        assert matrix_version(session) == len(statements(session)) == 4
    assert sorted(stated.statement.id for stated in done) == [1, 2, 3, 4]


REFUSED: list[tuple[str, str, dict[str, object]]] = [
    ("area", "No area", {"area_code": "E99999999"}),
    ("area", "No area", {"area_code": ""}),
    ("area", "No area", {"area_code": "nhs-cambridgeshire-and-peterborough"}),  # it ended
    ("type", "No support type", {"support_type": "G2.99"}),
    ("mode", "Use one of", {"mode": "by post"}),
    ("mode", "one way only", {"support_type": "G2.2", "mode": "in-person"}),
    ("for", "Use one of", {"body": "a friend"}),
    ("sector", "Use one of", {"sector": "secret"}),
    ("effective", "Use one of", {"effective": "very"}),
    ("effective", "Leave this out", {"exists": State.NOT_AVAILABLE, "effective": "yes"}),
    ("sector", "Leave this out", {"exists": State.NOT_KNOWN, "sector": "statutory"}),
    ("on", "in the future", {"stated_on": date(2026, 11, 27)}),
    ("on", "too long ago", {"stated_on": date(1926, 11, 20)}),
    ("by", "role of the person", {"role": "   "}),
    ("by", "e-mail", {"role": "jo@example.org"}),
    ("by", "role of the person", {"role": "jo@example"}),
    ("by", "characters", {"role": "manager " * 20}),
    ("by", "NHS number", {"role": "943 476 5919"}),
    ("by", "formula", {"role": "=1+1"}),
    ("what", "NHS number", {"what": "One child, 943 476 5919, was seen."}),
    ("what", "date of birth", {"what": "A child born on 3 April 2012 was seen."}),
    ("what", "postcode", {"what": "Rooms at PE1 1QL"}),
    ("what", "a telephone number", {"what": "Ring 01632 960001."}),
    ("what", "a website", {"what": "See www.example.org"}),
    ("what", "characters", {"what": "long " * 500}),
    ("what", "formula", {"what": "@SUM(A1)"}),
    ("what", "cannot be seen", {"what": "Rooms\u202e here"}),
    ("evidence", "e-mail", {"evidence": "ask jo@example.org"}),
]


@pytest.mark.parametrize(("field", "answer", "what"), REFUSED)
def test_what_cannot_be_recorded_is_refused_in_words_and_nothing_is_stored(
    field: str, answer: str, what: dict[str, object], database: Database
) -> None:
    with pytest.raises(RuleBroken) as broken:
        say(database, **what)
    assert broken.value.field == field and answer in broken.value.message
    with database.reading() as session:
        assert statements(session) == () and matrix_version(session) == 0


def test_a_refusal_never_repeats_what_it_found_of_a_person(database: Database) -> None:
    with pytest.raises(RuleBroken) as broken:
        say(database, what="One child, 943 476 5919, was seen.")
    assert "943" not in broken.value.message


@pytest.mark.parametrize(
    ("number", "on", "words", "field", "answer"),
    [
        (1, date(2026, 11, 19), {}, "on", "cannot be taken back before"),
        (1, date(2026, 11, 27), {}, "on", "in the future"),
        (1, TODAY, {"because": " "}, "because", "Write why"),
        (1, TODAY, {"because": "asked by jo@example.org"}, "because", "e-mail"),
        (1, TODAY, {"role": ""}, "by", "role of the person"),
    ],
)
def test_what_cannot_be_taken_back_is_refused(
    number: int, on: date, words: dict[str, str], field: str, answer: str, database: Database
) -> None:
    say(database)
    with pytest.raises(RuleBroken) as broken:
        take_back(database, number, on, **words)
    assert broken.value.field == field and answer in broken.value.message


def test_nothing_is_taken_back_twice_or_without_having_been_said(database: Database) -> None:
    with pytest.raises(NotFound, match="No statement has the number 1"):
        take_back(database, 1)
    take_back(database, say(database).statement.id)
    with pytest.raises(RuleBroken, match="already"):
        take_back(database, 1)


def test_the_database_itself_refuses_a_state_that_there_is_not(either_database: Database) -> None:
    say(either_database)
    with pytest.raises(Exception, match="ck_statement_state"), either_database.transaction() as session:
        session.execute(text("UPDATE statement SET state = 'perhaps'"))
