"""The short codes that stand for an area in an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import RuleBroken
from directory.geo.areas import areas
from directory.geo.types import AUTHORITIES_MAX, SQUARE_SIZES_KM, Point, SearchArea, Square

squares = st.builds(Square, st.sampled_from(SQUARE_SIZES_KM), st.integers(0, 700), st.integers(0, 1300))
authorities = st.lists(
    st.sampled_from(sorted(areas())), min_size=1, max_size=AUTHORITIES_MAX, unique=True
).map(tuple)


@given(st.builds(SearchArea, st.none() | squares, authorities))
def test_every_area_comes_back_from_its_code(area: SearchArea) -> None:
    assert SearchArea.from_code(area.code) == area


def test_the_code_is_short_and_plain() -> None:
    assert SearchArea(Square(1, 519, 298), ("E06000031",)).code == "1-519-298.E06000031"
    assert SearchArea(None, ("E06000031", "W06000015")).code == "E06000031,W06000015"


def test_the_centre_of_a_square_is_half_a_side_from_its_corner() -> None:
    assert Square(5, 104, 54).centre == Point(522_500, 272_500)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "PE1 1QL",
        "1-519-298",
        "3-519-298.E06000031",
        "1-519-298.E0600003",
        "1--519-298.E06000031",
        "1-519-298.E06000031,",
        "1-５１９-298.E06000031",
        "1-519-298.E06000031\n",
        "1-519-298.S12000036",
        "1-519-298.<script>",
        "1-519-298.E06000031' OR 1=1",
        "1-519-298.E06000031\x00",
        ",".join(["E06000031"] * (AUTHORITIES_MAX + 1)),
        "9" * 10_000,
    ],
)
def test_a_code_that_is_not_ours_is_refused_in_words(code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        SearchArea.from_code(code)
    assert refused.value.field == "at"


def test_london_and_every_county_fit_into_one_code() -> None:
    boroughs = [area.code for area in areas().values() if area.region_name == "London"]
    counties: dict[str, int] = {}
    for area in areas().values():
        counties[area.utla_code] = counties.get(area.utla_code, 0) + 1
    assert len(boroughs) == AUTHORITIES_MAX
    assert max(counties.values()) == 12
