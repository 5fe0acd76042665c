"""Wider areas in shares of authorities and people, and the first look in counts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.matrix.overview import squares
from directory.matrix.types import State
from directory.matrix.wide import Share, best_of, shares

STATES = st.dictionaries(
    st.text("ABCDEFGH", min_size=1, max_size=3), st.sampled_from(list(State)), min_size=1, max_size=12
)


def test_two_of_three_authorities_with_most_of_the_people() -> None:
    there, unknown = shares(
        {"A": State.AVAILABLE, "B": State.NOT_KNOWN, "C": State.AVAILABLE}, {"A": 60, "B": 39, "C": 1}
    )
    assert there == Share(State.AVAILABLE, ("A", "C"), 61, 100) and there.percent == 61
    assert unknown == Share(State.NOT_KNOWN, ("B",), 39, 100)


@settings(deadline=None)
@given(STATES, st.data())
def test_everybody_is_counted_once(states: dict[str, State], data: st.DataObject) -> None:
    people = {code: data.draw(st.integers(0, 10**6)) for code in states}
    found = shares(states, people)
    assert sorted(code for one in found for code in one.authorities) == sorted(states)
    assert sum(one.people for one in found) == sum(people.values())


@pytest.mark.parametrize(
    ("people", "people_of", "percent"),
    [
        (0, 100, 0), (1, 1_000_000, 1), (1, 100, 1), (999_999, 1_000_000, 99), (100, 100, 100), (1, 2, 50),
        (0, 0, None),
    ],
)  # fmt: skip
def test_some_are_never_none_and_never_all(people: int, people_of: int, percent: int | None) -> None:
    assert Share(State.AVAILABLE, ("A",), people, people_of).percent == percent


@settings(deadline=None)
@given(st.integers(1, 10**7), st.data())
def test_per_cent_is_nought_only_for_nobody_and_a_hundred_only_for_all(
    people_of: int, data: st.DataObject
) -> None:
    people = data.draw(st.integers(0, people_of))
    percent = Share(State.PARTLY, ("A",), people, people_of).percent
    assert percent is not None
    assert (percent == 0) is (people == 0) and (percent == 100) is (people == people_of)


TYPES = {"G1.1": ("G1", "information"), "G2.2": ("G2", "helpline"), "G2.3": ("G2", "therapy")}


def test_a_square_counts_the_halves_of_its_types() -> None:
    halves = [
        ("G1.1", State.NOT_KNOWN), ("G1.1", State.AVAILABLE), ("G2.2", State.PARTLY), ("G2.3", State.PARTLY),
        ("G2.3", State.NOT_KNOWN),
    ]  # fmt: skip
    ((information, blank), (_helpline, _none)) = squares(
        {"children": ["G1", "G2"], "parents": ["G3"]}, ["information", "helpline"], TYPES, halves
    )
    assert information.types == ("G1.1",)
    assert information.counts == {State.AVAILABLE: 1, State.NOT_KNOWN: 1}
    assert (blank.types, blank.counts) == ((), {})


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(TYPES)), st.sampled_from(list(State))), max_size=30))
def test_the_squares_of_all_groups_and_kinds_add_up_to_all_halves(halves: list[tuple[str, State]]) -> None:
    kinds = sorted({kind for _group, kind in TYPES.values()})
    rows = squares({"G1": ["G1"], "G2": ["G2"]}, kinds, TYPES, halves)
    assert sum(total for row in rows for square in row for total in square.counts.values()) == len(halves)
    assert sorted(code for row in rows for square in row for code in square.types) == sorted(TYPES)


@pytest.mark.parametrize(
    ("halves", "best"),
    [
        ([State.NOT_KNOWN, State.AVAILABLE, State.NOT_AVAILABLE], State.AVAILABLE),
        ([State.NOT_AVAILABLE, State.PARTLY], State.PARTLY),
        ([State.NOT_AVAILABLE, State.NOT_AVAILABLE], State.NOT_AVAILABLE),
        ([State.NOT_AVAILABLE, State.NOT_KNOWN], State.NOT_KNOWN),
        ([], State.NOT_KNOWN),
    ],
)
def test_several_halves_are_not_available_only_where_that_was_said_of_each(
    halves: list[State], best: State
) -> None:
    assert best_of(halves) is best
