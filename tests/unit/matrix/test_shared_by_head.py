"""Supply without a place: shared by all the people it accepts, and telling nothing of where it is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from directory.matrix.access import catchment_scores
from directory.matrix.remote import shared_by_head


def test_a_remote_service_is_shared_by_all_it_accepts() -> None:
    """15 places for 1,000 and 500 people: 0.01 each."""
    both = np.array([[True, True]])
    assert shared_by_head(both, np.array([1000.0, 500.0]), np.array([15.0])).tolist() == [0.01, 0.01]


def test_nobody_is_given_what_accepts_nobody() -> None:
    accepts = np.array([[False, False], [True, False]])
    found = shared_by_head(accepts, np.array([0.0, 500.0]), np.array([15.0, 5.0]))
    assert found.tolist() == [0.0, 0.0]
    assert shared_by_head(np.zeros((0, 2), dtype=bool), np.ones(2), np.zeros(0)).tolist() == [0.0, 0.0]


@given(
    arrays(bool, (4, 3)),
    arrays(float, 3, elements=st.floats(1, 1e6)),
    arrays(float, 4, elements=st.floats(0, 1e4)),
)
def test_all_that_is_given_out_is_what_there_was_to_give(
    accepts: np.ndarray, people: np.ndarray, supply: np.ndarray
) -> None:
    given_out = float(shared_by_head(accepts, people, supply) @ people)
    assert given_out == pytest.approx(float(supply[accepts.any(axis=1)].sum()), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("weight", [1.0, 0.22])
@pytest.mark.parametrize("km", [0.0, 35.0])
def test_it_is_the_catchment_of_a_place_equally_far_from_everybody_at_any_weight(
    weight: float, km: float
) -> None:
    """So the distance that one might assume of a place kept private does not matter."""
    demand, supply = {"A": 1000.0, "B": 500.0}, {"s": 30.0, "t": 8.0}
    distances = {(here, there): km for here in demand for there in supply}
    plain = catchment_scores(
        demand, supply, distances, [(60, weight)], lambda here, there: there == "s" or here == "B"
    )
    accepts = np.array([[True, True], [False, True]])
    found = shared_by_head(accepts, np.array([1000.0, 500.0]), np.array([30.0, 8.0]))
    assert found.tolist() == pytest.approx(list(plain.values()), rel=1e-12)
