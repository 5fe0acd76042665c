"""Intervals of small counts, against the textbook's exact limits; ranks that claim no more than they know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from directory.matrix.rates import RankRange, Rate, poisson_interval, rank_ranges


def exact(count: int) -> tuple[float, float]:
    """Garwood's limits, by the chi-squared distribution."""
    low = chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    return float(low), float(chi2.ppf(0.975, 2 * count + 2) / 2)


@pytest.mark.parametrize("count", range(10))
def test_below_ten_the_limits_are_exact(count: int) -> None:
    assert poisson_interval(count) == pytest.approx(exact(count), rel=1e-9)


@pytest.mark.parametrize("count", [10, 11, 20, 57, 300, 2000])
def test_from_ten_on_byars_limits_are_within_two_in_a_thousand_of_the_exact_ones(count: int) -> None:
    assert poisson_interval(count) == pytest.approx(exact(count), rel=2e-3)


def test_a_worked_example_of_byars_method() -> None:
    # 20 services: 20(1 - 1/180 - 1.96/(3√20))³ and 21(1 - 1/189 + 1.96/(3√21))³, for 10,000 people in 50,000.
    assert poisson_interval(20) == pytest.approx((12.21, 30.89), abs=0.01)
    rate = Rate(20, 50_000)
    assert rate.value == 4.0
    assert rate.interval == pytest.approx((2.44, 6.18), abs=0.01)


def test_no_services_have_a_rate_of_nought_that_may_be_higher() -> None:
    assert Rate(0, 10_000).value == 0
    assert Rate(0, 10_000).interval == pytest.approx((0, 3.689), abs=0.001)


def test_a_count_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="-1 is no count"):
        poisson_interval(-1)


@given(st.integers(0, 5000))
def test_the_limits_hold_the_count_and_rise_with_it(count: int) -> None:
    low, high = poisson_interval(count)
    assert low <= count < high
    more_low, more_high = poisson_interval(count + 1)
    assert low <= more_low and high < more_high


def test_ranks_are_as_wide_as_the_intervals_overlap() -> None:
    many, some, few = Rate(400, 10_000), Rate(100, 10_000), Rate(90, 10_000)
    assert rank_ranges({"a": some, "b": many, "c": few}) == {
        "b": RankRange(1, 1, 3),
        "a": RankRange(2, 3, 3),
        "c": RankRange(2, 3, 3),
    }


@given(
    st.dictionaries(st.text(max_size=3), st.tuples(st.integers(0, 40), st.integers(1, 90_000)), max_size=12)
)
def test_every_range_holds_the_rank_by_the_rate_alone(rates: dict[str, tuple[int, int]]) -> None:
    made = {code: Rate(*rate) for code, rate in rates.items()}
    for code, found in rank_ranges(made).items():
        bare = 1 + sum(other.value > made[code].value for other in made.values())
        assert 1 <= found.best <= bare <= found.worst <= found.of == len(made)
