"""Which statement holds: the most local, the newest of each speaker, none taken back, none of the future."""

from __future__ import annotations

from datetime import date

import pytest

from directory.matrix.statements import Said, Statement, in_force
from directory.matrix.types import Mode, State
from tests.builders import make_statement

PETERBOROUGH, ENGLAND, NATION_AND_WALES = "E06000031", "E92000001", "K04000001"
AROUND = (PETERBOROUGH, "E23000023", "E12000006", ENGLAND, NATION_AND_WALES)
TODAY = date(2026, 11, 26)
FILLS = {"G2.14": ("G2.3", "G2.4")}


def holding(
    *statements: Statement, support_type: str = "G2.1", mode: Mode = Mode.IN_PERSON
) -> list[int] | None:
    """The ids of the statements that hold in Peterborough; None where nothing does."""
    found = Said(statements, TODAY, FILLS).holding(support_type, mode, AROUND)
    return None if found is None else [statement.id for statement in found.statements]


def state(*statements: Statement, support_type: str = "G2.1", mode: Mode = Mode.IN_PERSON) -> State:
    found = Said(statements, TODAY, FILLS).holding(support_type, mode, AROUND)
    assert found is not None
    return found.exists


def test_nothing_said_holds_nothing() -> None:
    assert holding() is None


def test_a_statement_for_england_holds_here_until_a_more_local_one_is_made() -> None:
    nation, here = make_statement(area_code=ENGLAND, id=1), make_statement(id=2)
    assert holding(nation) == [1]
    assert holding(nation, here) == [2]


def test_a_statement_says_for_which_area_it_was_made() -> None:
    found = Said([make_statement(area_code=ENGLAND)], TODAY).holding("G2.1", Mode.REMOTE, AROUND)
    assert found is not None and found.area_code == ENGLAND


def test_a_statement_for_another_area_does_not_hold_here() -> None:
    assert holding(make_statement(area_code="W06000015")) is None


def test_a_more_local_not_known_speaks_louder_than_a_wider_available() -> None:
    here = make_statement(exists=State.NOT_KNOWN)
    assert state(make_statement(area_code=ENGLAND), here) is State.NOT_KNOWN


def test_two_speakers_who_differ_dispute_the_cell_and_both_are_held() -> None:
    one = make_statement(id=1)
    other = make_statement(
        id=2, exists=State.NOT_AVAILABLE, body="commissioner", role="commissioning manager"
    )
    found = Said([one, other], TODAY).holding("G2.1", Mode.IN_PERSON, AROUND)
    assert found is not None and found.is_disputed
    assert found.statements == (one, other) and found.exists is State.NOT_KNOWN


def test_two_speakers_who_agree_dispute_nothing() -> None:
    found = Said([make_statement(), make_statement(role="nurse")], TODAY).holding("G2.1", Mode.REMOTE, AROUND)
    assert found is not None and not found.is_disputed and len(found.statements) == 2


@pytest.mark.parametrize("role", ["partnership manager", "Partnership Manager"])
def test_the_newest_of_a_speaker_takes_the_place_of_the_older(role: str) -> None:
    older = make_statement(id=1, stated_on=date(2026, 10, 1))
    newer = make_statement(id=2, exists=State.PARTLY, role=role)
    assert holding(newer, older) == [2]


def test_of_two_of_one_day_the_one_recorded_last_holds() -> None:
    assert holding(make_statement(id=2, exists=State.PARTLY), make_statement(id=1)) == [2]


def test_who_speaks_anew_of_one_half_disputes_nothing_with_their_own_older_word() -> None:
    both = make_statement(id=1, stated_on=date(2026, 10, 1))
    remote = make_statement(id=2, mode="remote", exists=State.NOT_AVAILABLE)
    assert holding(both, remote, mode=Mode.REMOTE) == [2]
    assert holding(both, remote, mode=Mode.IN_PERSON) == [1]
    assert in_force([both, remote], TODAY) == (both, remote)


def test_who_speaks_anew_of_both_halves_has_said_nothing_else_any_more() -> None:
    remote = make_statement(id=1, mode="remote", stated_on=date(2026, 10, 1))
    both = make_statement(id=2, exists=State.PARTLY)
    assert in_force([remote, both], TODAY) == (both,)


def test_a_statement_of_one_half_says_nothing_of_the_other() -> None:
    assert holding(make_statement(mode="remote"), mode=Mode.IN_PERSON) is None


def test_a_statement_of_the_future_does_not_hold_yet() -> None:
    tomorrow = make_statement(id=2, stated_on=date(2026, 11, 27), exists=State.NOT_AVAILABLE)
    assert holding(tomorrow) is None
    assert holding(make_statement(id=1), tomorrow) == [1]


@pytest.mark.parametrize(("withdrawn_on", "holds"), [(date(2026, 11, 26), False), (date(2026, 11, 27), True)])
def test_a_statement_taken_back_holds_no_more_from_that_day(withdrawn_on: date, holds: bool) -> None:
    assert (holding(make_statement(withdrawn_on=withdrawn_on)) is not None) is holds


def test_what_was_said_before_does_not_come_back_when_a_statement_is_taken_back() -> None:
    older = make_statement(stated_on=date(2026, 10, 1))
    assert holding(older, make_statement(withdrawn_on=TODAY)) is None


def test_a_wider_statement_holds_again_when_the_local_one_is_taken_back() -> None:
    assert holding(make_statement(id=1, area_code=ENGLAND), make_statement(withdrawn_on=TODAY)) == [1]


def test_one_place_for_everything_fills_the_types_it_names_and_no_others() -> None:
    barnahus = make_statement(id=1, support_type="G2.14")
    assert holding(barnahus, support_type="G2.4") == [1]
    assert holding(barnahus, support_type="G2.14") == [1]
    assert holding(barnahus, support_type="G2.8") is None


@pytest.mark.parametrize("exists", [State.NOT_AVAILABLE, State.NOT_KNOWN])
def test_that_there_is_no_such_place_says_nothing_of_the_types_it_would_fill(exists: State) -> None:
    assert holding(make_statement(support_type="G2.14", exists=exists), support_type="G2.4") is None


def test_what_is_said_of_a_type_itself_goes_before_what_the_place_fills() -> None:
    own = make_statement(id=2, support_type="G2.4", exists=State.NOT_AVAILABLE)
    assert holding(make_statement(id=1, support_type="G2.14"), own, support_type="G2.4") == [2]


def test_a_local_place_for_everything_goes_before_a_wider_word_on_the_type() -> None:
    wider = make_statement(id=1, support_type="G2.4", area_code=ENGLAND, exists=State.NOT_AVAILABLE)
    assert holding(wider, make_statement(id=2, support_type="G2.14"), support_type="G2.4") == [2]


def test_a_place_whose_existence_is_disputed_fills_nothing() -> None:
    there = make_statement(support_type="G2.14")
    none = make_statement(support_type="G2.14", exists=State.NOT_AVAILABLE, body="commissioner")
    assert holding(there, none, support_type="G2.4") is None


def test_what_was_spoken_of_names_every_half_that_something_holds_for() -> None:
    said = Said([make_statement(support_type="G2.14", mode="remote")], TODAY, FILLS)
    assert set(said.spoken_of()) == {(PETERBOROUGH, code, Mode.REMOTE) for code in ("G2.14", "G2.3", "G2.4")}
