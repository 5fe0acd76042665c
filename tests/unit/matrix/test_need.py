"""A national rate applied locally: worked by hand for two places, summed for the country, rounded to two figures."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geo.areas import Area, areas
from directory.matrix.need import Estimate, estimate_need, populations, rounded
from directory.matrix.small_numbers import Hidden
from directory.reference.need_rates import need_rates

PETERBOROUGH = [areas()["E06000031"]]
STAFFORDSHIRE = [area for area in areas().values() if area.utla_code == "E10000028"]
EVERYWHERE = list(areas().values())


def shown(members: list[Area], group: str) -> tuple[object, ...]:
    estimate = estimate_need(members, need_rates())[group]
    return tuple(
        None if each is None else rounded(each) for each in (estimate.low, estimate.central, estimate.high)
    )


@pytest.mark.parametrize(
    ("group", "low_central_high"),
    [
        # 24,722 girls × 15 % + 26,494 boys × 5 % = 5,033; × 30 % and 23 % = 13,510.
        ("G1", (5000, 5000, 14000)),
        # 500,000 × 57,621 ÷ 12,804,035 = 2,250; a quarter less 1,688, a quarter more 2,813.
        ("G2", (1700, 2300, 2800)),
        # The children times 1, 1.5 and 2: 1,688, 3,375, 5,625.
        ("G3", (1700, 3400, 5600)),
        # 166,034 adults × 8.2 %, 9.1 %, 10 %: 13,615, 15,109, 16,603.
        ("G4", (14000, 15000, 17000)),
        # A third of the children: 563, 750, 938.
        ("G5", (560, 750, 940)),
        # 840,000 × 223,655 ÷ 69,281,400 = 2,712, an upper bound alone.
        ("G7", (None, None, 2700)),
        # 12,000 × 166,034 ÷ 49,002,647 = 40.7; 10,181 gives 34.5.
        ("G9", (34, 41, 41)),
    ],
)
def test_peterborough_worked_out_by_hand(group: str, low_central_high: tuple[int | None, ...]) -> None:
    assert shown(PETERBOROUGH, group) == low_central_high


def test_staffordshire_is_the_sum_of_its_eight_districts_rounded_at_the_end() -> None:
    assert len(STAFFORDSHIRE) == 8
    parts = [estimate_need([one], need_rates())["G2"].central for one in STAFFORDSHIRE]
    whole = estimate_need(STAFFORDSHIRE, need_rates())["G2"].central
    assert whole == sum(filter(None, parts))
    # 500,000 × 174,804 ÷ 12,804,035 = 6,826.
    assert populations(STAFFORDSHIRE)["pop_under18"] == 174804
    assert shown(STAFFORDSHIRE, "G2") == (5100, 6800, 8500)


def test_england_and_wales_gives_back_the_published_national_figures() -> None:
    country = estimate_need(EVERYWHERE, need_rates())
    assert country["G2"].central == 500_000
    assert (country["G2"].low, country["G2"].high) == (375_000, 625_000)
    assert country["G9"].central == 12_000
    # ONS: 4.3 million of the people its survey asks; 9.1 % of all adults is a little more.
    assert country["G4"].low is not None and country["G4"].low < 4_300_000 < country["G4"].high
    assert country["G4"].central == Fraction(91, 1000) * 49_002_647


def test_the_wales_share_is_the_twentieth_that_wales_itself_uses() -> None:
    wales = [area for area in areas().values() if area.nation == "Wales"]
    assert shown(wales, "G2")[1] == 24000  # Published: 25,000 a year.


def test_an_authority_named_twice_counts_once_and_none_gives_nought() -> None:
    assert estimate_need(PETERBOROUGH * 2, need_rates()) == estimate_need(PETERBOROUGH, need_rates())
    nobody = estimate_need([], need_rates())["G2"]
    assert (nobody.low, nobody.central, nobody.high) == (0, 0, 0)
    assert rounded(nobody.high) == 0


def test_each_estimate_rests_on_one_measure_of_one_survey() -> None:
    for estimate in estimate_need(EVERYWHERE, need_rates()).values():
        assert len({(rate.measure, rate.survey, rate.per, rate.unit) for rate in estimate.rates}) == 1
        assert "CSEW 2019" not in {rate.survey for rate in estimate.rates}


def test_only_the_two_groups_with_an_upper_bound_have_no_range() -> None:
    found = estimate_need(EVERYWHERE, need_rates())
    assert {group for group, estimate in found.items() if estimate.is_upper_bound} == {"G7", "G8"}
    assert {group for group, each in found.items() if each.rate.visibility == "commissioner"} == {"G7", "G8"}


@pytest.mark.parametrize(
    ("people", "figure"),
    [
        (0, 0),
        (Fraction(1, 100), Hidden.FEWER_THAN_TEN),
        (Fraction(99, 10), Hidden.FEWER_THAN_TEN),
        (10, 10),
        (Fraction(105, 10), 11),
        (99, 99),
        (Fraction(995, 10), 100),
        (104, 100),
        (105, 110),
        (2250, 2300),
        (Fraction(22499, 10), 2200),
        (99_500, 100_000),
        (61_806_682, 62_000_000),
    ],
)
def test_two_figures_a_half_up_and_never_below_ten(people: Fraction | int, figure: object) -> None:
    assert rounded(people) == figure


def test_there_are_no_fewer_people_than_none() -> None:
    with pytest.raises(ValueError, match="-1"):
        rounded(-1)


@given(st.fractions(min_value=10, max_value=10**9))
def test_a_rounded_figure_is_near_and_holds_two_figures(people: Fraction) -> None:
    figure = rounded(people)
    assert isinstance(figure, int)
    assert abs(figure - people) * 20 <= people
    assert str(figure)[2:].strip("0") == ""


@given(st.fractions(min_value=0, max_value=10**7), st.fractions(min_value=0, max_value=10**7))
def test_rounding_keeps_the_order(one: Fraction, other: Fraction) -> None:
    low, high = (0 if isinstance(each, Hidden) else each for each in map(rounded, sorted((one, other))))
    assert low <= high


@given(st.sets(st.sampled_from(sorted(areas())), min_size=1, max_size=20))
def test_more_authorities_never_hold_fewer_people(codes: set[str]) -> None:
    members = [areas()[code] for code in sorted(codes)]
    part, whole = (estimate_need(some, need_rates()) for some in (members[1:], members))
    for group, estimate in whole.items():
        assert _is_in_order(estimate)
        assert part[group].high <= estimate.high


def _is_in_order(estimate: Estimate) -> bool:
    if estimate.low is None or estimate.central is None:
        return estimate.low is estimate.central
    return estimate.low <= estimate.central <= estimate.high
