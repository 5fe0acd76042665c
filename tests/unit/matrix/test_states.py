"""The states of the whole country at once are those of each half cell alone, also after a change."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.matrix.cells import half_cell
from directory.matrix.columns import axes_of, columns_of
from directory.matrix.states import CountryStates, listed_states
from directory.matrix.types import MatrixService, Mode, State
from tests.builders import make_matrix_service, make_statement
from tests.unit.matrix.random_matrices import (
    AROUND,
    AXES,
    CELLS,
    ENGLAND,
    NATION_OF,
    RULES,
    RandomMatrix,
    a_matrix,
    authority,
    changed,
)

Answers = dict[tuple[str, str, Mode], tuple[State, bool]]
HALVES = [(code, cell, mode) for code in NATION_OF for cell in CELLS for mode in Mode]


def country(world: RandomMatrix) -> CountryStates:
    return CountryStates(listed_states(world.services, AXES, RULES), CELLS, AROUND, world.said)


def answers(states: CountryStates) -> Answers:
    return {
        (code, cell.code, mode): (
            states.state(code, cell.code, mode),
            states.is_disputed(code, cell.code, mode),
        )
        for code, cell, mode in HALVES
    }


def one_by_one(world: RandomMatrix) -> Answers:
    """The same from `half_cell`, which a person can follow."""
    found = {}
    for code, cell, mode in HALVES:
        half = half_cell(cell, authority(code), mode, world.services, world.said, RULES)
        found[code, cell.code, mode] = (half.state, half.is_disputed)
    return found


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_the_states_at_once_are_those_of_each_half_cell(seed: int) -> None:
    world = a_matrix(Random(seed))
    assert answers(country(world)) == one_by_one(world)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_a_change_gives_what_a_rebuild_gives(seed: int) -> None:
    random = Random(seed)
    world = a_matrix(random)
    states = country(world)
    now = list(world.services)
    for place in random.sample(range(len(now)), min(3, len(now))):
        old, now[place] = now[place], changed(now[place], random)
        states.change(*(columns_of([one], AXES, RULES) for one in (old, now[place])))
    assert answers(states) == answers(country(RandomMatrix(tuple(now), world.statements)))


@settings(deadline=None)
@given(st.integers(0, 2**32), st.sets(st.sampled_from(sorted(NATION_OF))))
def test_counts_are_those_of_the_halves_that_apply_in_some_authorities(seed: int, some: set[str]) -> None:
    world = a_matrix(Random(seed))
    found = country(world).counts(some)
    told = [
        state
        for (code, support_type, mode), (state, _is_disputed) in one_by_one(world).items()
        if code in some and mode in next(cell.modes for cell in CELLS if cell.code == support_type)
    ]
    assert found == {state: told.count(state) for state in State}


@settings(deadline=None)
@given(st.integers(0, 2**32))
def test_the_order_of_services_and_statements_does_not_matter(seed: int) -> None:
    random = Random(seed)
    world = a_matrix(random)
    shuffled = RandomMatrix(
        tuple(random.sample(world.services, len(world.services))),
        tuple(random.sample(world.statements, len(world.statements))),
    )
    assert answers(country(world)) == answers(country(shuffled))


def test_a_service_is_taken_out_by_a_change_into_none() -> None:
    service = make_matrix_service(types={"G2.3": True}, authorities=frozenset({"E1"}))
    states = country(RandomMatrix((service,), ()))
    assert states.state("E1", "G2.3", Mode.IN_PERSON) is State.AVAILABLE
    states.change(columns_of([service], AXES, RULES), columns_of([], AXES, RULES))
    assert set(answers(states).values()) == {(State.NOT_KNOWN, False)}


def test_a_country_without_services_is_not_known_and_not_missing() -> None:
    assert set(answers(country(RandomMatrix((), ()))).values()) == {(State.NOT_KNOWN, False)}


def test_one_service_for_a_nation_counts_in_each_of_its_authorities_once() -> None:
    service = make_matrix_service(
        types={"G2.3": True}, authorities=frozenset({"E1"}), nations=frozenset({ENGLAND})
    )
    counting = listed_states([service], AXES, RULES).counts()[0]
    rows = {code: int(counting[row, 0, 0]) for row, code in enumerate(AXES.authorities)}
    assert rows == {"E1": 1, "E2": 1, "E3": 1, "W1": 0, "W2": 0}


def test_some_of_a_nation_and_all_of_one_authority_meet_the_service_once() -> None:
    service = make_matrix_service(
        types={"G2.3": True},
        authorities=frozenset({"E1"}),
        nations=frozenset({ENGLAND}),
        partly=frozenset({ENGLAND}),
    )
    listed = listed_states([service], AXES, RULES)
    counting, _certain, available = listed.counts()
    assert counting[:3, 0, 0].tolist() == [1, 1, 1] and available[:3, 0, 0].tolist() == [1, 0, 0]


def test_no_count_is_ever_below_nought_after_many_changes() -> None:
    random = Random(7)
    services = list(a_matrix(random, services=60).services) or [make_matrix_service()]
    listed = listed_states(services, AXES, RULES)
    for _each in range(50):
        place = random.randrange(len(services))
        old, services[place] = services[place], changed(services[place], random)
        listed.change(columns_of([old], AXES, RULES), columns_of([services[place]], AXES, RULES))
    assert np.array_equal(listed.counts(), listed_states(services, AXES, RULES).counts())
    assert int(listed.counts().min()) >= 0


def test_a_national_statement_holds_in_every_authority_but_where_a_local_one_is_made() -> None:
    nation = make_statement(support_type="G2.4", area_code=ENGLAND)
    local = make_statement(support_type="G2.4", area_code="E2", exists=State.NOT_AVAILABLE)
    states = country(RandomMatrix((), (nation, local)))
    assert states.over(NATION_OF, "G2.4", Mode.REMOTE) == {
        "E1": State.AVAILABLE, "E2": State.NOT_AVAILABLE, "E3": State.AVAILABLE, "W1": State.NOT_KNOWN,
        "W2": State.NOT_KNOWN,
    }  # fmt: skip


def test_a_service_for_a_whole_region_is_one_row_and_counts_in_each_of_its_authorities() -> None:
    both = frozenset({"E1", "E2", "W1"})
    service = make_matrix_service(types={"G2.3": True}, authorities=both)
    columns = columns_of([service], AXES, RULES)
    assert len(columns.area_index) == 2  # the region of E1 and E2, and W1
    some = replace(service, partly=frozenset({"E2"}))
    assert len(columns_of([some], AXES, RULES).area_index) == 3
    for one, available in ((service, [1, 1, 0, 1, 0]), (some, [1, 0, 0, 1, 0])):
        counts = listed_states([one], AXES, RULES).counts()[:, :, 0, 0]
        assert counts[0].tolist() == [1, 1, 0, 1, 0] and counts[2].tolist() == available


def test_regions_change_no_answer() -> None:
    without = axes_of(NATION_OF, AXES.types)
    services = a_matrix(Random(3), services=80).services
    assert np.array_equal(
        listed_states(services, AXES, RULES).counts(), listed_states(services, without, RULES).counts()
    )


def test_what_is_on_no_axis_is_refused() -> None:
    states = country(RandomMatrix((), ()))
    with pytest.raises(KeyError):
        states.state("E99", "G2.3", Mode.REMOTE)
    with pytest.raises(KeyError):
        states.state("E1", "G9.9", Mode.REMOTE)


def test_the_axes_name_the_nation_of_every_authority() -> None:
    axes = axes_of({"W1": "W9", "E1": "E9"}, ["G1.1"])
    assert [axes.nations[place] for place in axes.nation_of] == ["W9", "E9"] and axes.rows == 4


def test_the_services_of_a_country_may_be_none_at_all_of_a_type() -> None:
    nobody: list[MatrixService] = []
    assert columns_of(nobody, AXES, RULES).modes.shape == (0, 2)
