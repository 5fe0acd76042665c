"""The six rules of a half cell, as a truth table, and what can never happen."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.matrix.cells import Authority, CellType, HalfCell, combined, half_cell
from directory.matrix.statements import Holding, Said, Statement
from directory.matrix.types import Level, MatrixService, Mode, Rules, State, Test
from tests.builders import make_matrix_service, make_statement

HERE = Authority("E06000031", "E92000001", ("E06000031", "E92000001", "K04000001"))
RULES = Rules(date(2026, 11, 26))
NONE, KNOWN, PARTLY, THERE = State.NOT_AVAILABLE, State.NOT_KNOWN, State.PARTLY, State.AVAILABLE
LISTINGS = frozenset({"listings"})
PARTNERSHIP = frozenset({"listings", "partnership"})
NATIONAL = frozenset({"listings", "national"})


def cell(
    *services: MatrixService,
    said: tuple[Statement, ...] = (),
    filled_by: frozenset[str] = LISTINGS,
    mode: Mode = Mode.IN_PERSON,
    modes: frozenset[Mode] = frozenset(Mode),
) -> HalfCell:
    """Half of G4.6 in Peterborough."""
    kind = CellType("G4.6", "G4", "therapy", filled_by, modes)
    return half_cell(kind, HERE, mode, services, Said(said, RULES.today), RULES)


def says(exists: State, body: str = "partnership") -> Statement:
    return make_statement(support_type="G4.6", exists=exists, body=body)


TRUTH: list[tuple[Level, bool, State | None, str, frozenset[str], State, bool]] = [
    # listings reach, for certain, said, by whom, who may fill it → state, is it disputed
    # 1 and 3: the listings alone.
    (Level.NOTHING, False, None, "", LISTINGS, KNOWN, False),
    (Level.PARTLY, False, None, "", LISTINGS, PARTLY, False),
    (Level.PARTLY, True, None, "", LISTINGS, PARTLY, False),
    (Level.AVAILABLE, True, None, "", LISTINGS, THERE, False),
    # 4: those who may fill it do; others make it partly available at most.
    (Level.NOTHING, False, THERE, "partnership", PARTNERSHIP, THERE, False),
    (Level.NOTHING, False, THERE, "commissioner", PARTNERSHIP, THERE, False),
    (Level.NOTHING, False, PARTLY, "partnership", PARTNERSHIP, PARTLY, False),
    (Level.NOTHING, False, THERE, "national", NATIONAL, THERE, False),
    (Level.NOTHING, False, THERE, "national", PARTNERSHIP, PARTLY, False),
    (Level.NOTHING, False, THERE, "partnership", NATIONAL, PARTLY, False),
    (Level.NOTHING, False, THERE, "partnership", LISTINGS, PARTLY, False),
    (Level.PARTLY, True, THERE, "partnership", PARTNERSHIP, THERE, False),
    (Level.AVAILABLE, True, PARTLY, "partnership", PARTNERSHIP, THERE, False),
    (Level.NOTHING, False, KNOWN, "partnership", PARTNERSHIP, KNOWN, False),
    (Level.PARTLY, False, KNOWN, "partnership", PARTNERSHIP, PARTLY, False),
    # 5: that there is none, against listings that are certain and that are only possible.
    (Level.NOTHING, False, NONE, "partnership", LISTINGS, NONE, False),
    (Level.PARTLY, False, NONE, "partnership", PARTNERSHIP, NONE, False),
    (Level.PARTLY, True, NONE, "partnership", LISTINGS, PARTLY, True),
    (Level.AVAILABLE, True, NONE, "commissioner", PARTNERSHIP, THERE, True),
]


@pytest.mark.parametrize(("level", "is_certain", "exists", "body", "filled_by", "state", "disputed"), TRUTH)
def test_a_half_cell_follows_its_rules(
    level: Level,
    is_certain: bool,
    exists: State | None,
    body: str,
    filled_by: frozenset[str],
    state: State,
    disputed: bool,
) -> None:
    holding = None if exists is None else Holding(HERE.code, (says(exists, body),))
    found = combined(level, is_certain=is_certain, holding=holding, filled_by=filled_by)
    assert found == (state, disputed)


@pytest.mark.parametrize(
    ("level", "state"), [(Level.NOTHING, KNOWN), (Level.PARTLY, PARTLY), (Level.AVAILABLE, THERE)]
)
def test_where_two_statements_differ_the_listings_alone_decide(level: Level, state: State) -> None:
    holding = Holding(HERE.code, (says(THERE), says(NONE, "commissioner")))
    found = combined(level, is_certain=level > 0, holding=holding, filled_by=PARTNERSHIP)
    assert found == (state, True)


def test_remote_help_never_fills_the_in_person_half() -> None:
    remote = make_matrix_service(in_person=False, remote=True)
    assert cell(remote, mode=Mode.REMOTE).state is THERE
    assert cell(remote, mode=Mode.IN_PERSON) == HalfCell("G4.6", Mode.IN_PERSON, KNOWN)


def test_a_statement_on_remote_help_never_fills_the_in_person_half() -> None:
    remote = make_statement(support_type="G4.6", mode="remote")
    assert cell(said=(remote,), filled_by=PARTNERSHIP, mode=Mode.REMOTE).state is THERE
    assert cell(said=(remote,), filled_by=PARTNERSHIP).state is KNOWN


def test_the_best_service_decides_and_is_shown_first() -> None:
    worst = make_matrix_service(name="A", free=False, confirmed_on=None)
    middle = make_matrix_service(name="B", free=False)
    best = make_matrix_service(name="C")
    found = cell(worst, middle, best)
    assert found.state is THERE and found.failed == ()
    assert [one.service.name for one in found.services] == ["C", "B", "A"]


def test_a_partly_available_half_says_what_keeps_its_nearest_service_from_filling_it() -> None:
    far = make_matrix_service(free=False, confirmed_on=None)
    near = make_matrix_service(confirmed_on=None)
    found = cell(far, near)
    assert found.failed == (Test.NOT_CONFIRMED,)
    assert [one.service for one in found.could_be_settled] == [near]


def test_what_is_available_needs_no_telephone_call() -> None:
    assert cell(make_matrix_service(), make_matrix_service(confirmed_on=None)).could_be_settled == ()


def test_a_listing_fills_no_duty_of_everyday_services_but_is_shown_beside_it() -> None:
    found = cell(make_matrix_service(), filled_by=frozenset({"partnership"}))
    assert found.state is KNOWN and len(found.services) == 1


def test_a_duty_that_a_listing_seems_to_meet_can_still_be_said_not_to_exist() -> None:
    found = cell(make_matrix_service(), said=(says(NONE),), filled_by=frozenset({"partnership"}))
    assert (found.state, found.is_disputed) == (NONE, False)


def test_a_half_that_does_not_apply_is_blank_whatever_is_said() -> None:
    found = cell(make_matrix_service(), said=(says(NONE),), modes=frozenset({Mode.REMOTE}))
    assert (found.applies, found.state, found.services, found.holding) == (False, KNOWN, (), None)


SERVICES = st.lists(
    st.builds(
        make_matrix_service,
        types=st.dictionaries(st.sampled_from(["G4.6", "G4.7"]), st.booleans()),
        in_person=st.sampled_from([None, True, False]),
        remote=st.sampled_from([None, True, False]),
        nations=st.sampled_from([frozenset(), frozenset({"E92000001"}), frozenset({"W92000004"})]),
        free=st.sampled_from([None, True, False]),
        is_active=st.booleans(),
        waiting_list=st.sampled_from(["", "none", "open", "closed"]),
        accepting=st.sampled_from([None, True, False]),
        confirmed_on=st.sampled_from([None, date(2026, 11, 1), date(2020, 1, 1)]),
    ),
    max_size=4,
)


@settings(deadline=None)
@given(SERVICES, st.sampled_from(list(Mode)), st.sampled_from([LISTINGS, PARTNERSHIP]))
def test_nothing_reads_not_available_without_a_statement(
    services: list[MatrixService], mode: Mode, filled_by: frozenset[str]
) -> None:
    assert cell(*services, mode=mode, filled_by=filled_by).state is not NONE


@settings(deadline=None)
@given(SERVICES, st.sampled_from(list(Mode)))
def test_one_more_service_never_makes_a_cell_worse(services: list[MatrixService], mode: Mode) -> None:
    order = [KNOWN, PARTLY, THERE]
    reached = [order.index(cell(*services[:count], mode=mode).state) for count in range(len(services) + 1)]
    assert reached == sorted(reached)


@settings(deadline=None)
@given(SERVICES, st.randoms())
def test_the_order_of_services_does_not_matter(services: list[MatrixService], random: object) -> None:
    shuffled = list(services)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert cell(*services) == cell(*shuffled)


@settings(deadline=None)
@given(SERVICES)
def test_a_half_that_reads_available_has_a_service_that_fails_nothing(services: list[MatrixService]) -> None:
    found = cell(*services)
    assert (found.state is THERE) is any(not one.failed for one in found.services)
