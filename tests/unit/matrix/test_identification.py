"""Whose figure an area is shown, what may be added, and that no small count can be worked out of any of it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from directory.geo.areas import areas
from directory.matrix.identification import (
    Identified,
    LeftOut,
    Whose,
    WhyLeftOut,
    YearFigure,
    identified_in,
    share_identified,
    year_figure,
)
from directory.matrix.need import estimate_need
from directory.matrix.small_numbers import AtLeast, Hidden
from directory.reference.identification import Mark, Recorded, YearRecorded, identification
from directory.reference.need_rates import need_rates

FEWER, BACK = Hidden.FEWER_THAN_TEN, Hidden.KEPT_BACK
C, X, U = Mark.SUPPRESSED, Mark.NOT_AVAILABLE, Mark.UNRELIABLE


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str
    members: tuple[str, ...]


def place(code: str, name: str = "Example area", *members: str) -> Place:
    return Place(code, name, members or (code,))


def where(**what: str) -> tuple[str, ...]:
    """The codes of the authorities with those values."""
    return tuple(
        code
        for code, area in areas().items()
        if all(getattr(area, name) == value for name, value in what.items())
    )


def shown(area: Place) -> Identified:
    return identified_in(area, identification())


def year(*parts: Recorded, assessments: int = 500) -> YearFigure:
    return year_figure(YearRecorded(2025, "E06000031", "A", *parts, 0, assessments, 50_000))


@pytest.mark.parametrize(
    ("parts", "total", "told_parts"),
    [
        ((192, 61, 0), 253, (192, 61, 0)),
        ((0, 0, 0), 0, (0, 0, 0)),
        ((0, 7, 0), FEWER, (0, FEWER, 0)),
        ((57, 8, 0), 65, (BACK, BACK, BACK)),
        ((X, X, 120), 120, (X, X, 120)),
        ((X, X, 8), FEWER, (X, X, FEWER)),
        ((183, C, 0), AtLeast(183), (183, C, 0)),
        ((183, 7, C), AtLeast(183), (183, FEWER, C)),
        ((7, C, 0), C, (FEWER, C, 0)),
        ((0, C, 0), C, (0, C, 0)),
        ((C, C, 0), C, (C, C, 0)),
        ((X, X, X), X, (X, X, X)),
        ((U, U, U), U, (U, U, U)),
    ],
)
def test_a_year_as_it_may_be_told(
    parts: tuple[Recorded, Recorded, Recorded], total: object, told_parts: tuple[object, ...]
) -> None:
    figure = year(*parts)
    assert (figure.total, figure.parts) == (total, told_parts)
    # A rate would tell a hidden count to whoever knows how many children there are.
    assert (figure.per_10k is not None) == isinstance(total, int)


def test_peterborough_has_its_own_figures() -> None:
    found = shown(place("E06000031", "Peterborough"))
    assert (found.whose, found.name) == (Whose.OWN, "Peterborough")
    assert found.latest is not None
    assert (found.latest.year, found.latest.total, found.latest.parts) == (2025, 253, (192, 61, 0))
    assert found.latest.per_10k is not None
    assert round(float(found.latest.per_10k), 1) == 43.9


def test_a_district_shows_its_countys_figure_as_the_countys_and_never_a_share_of_it() -> None:
    district, county = (
        shown(place("E07000192", "Cannock Chase")),
        shown(place("E10000028", "Staffordshire", *where(utla_code="E10000028"))),
    )
    assert (district.whose, district.name) == (Whose.COUNTY, "Staffordshire")
    assert district.years == county.years
    assert len(district.authorities) == 8


def test_two_districts_of_one_county_are_shown_the_county_too() -> None:
    found = shown(place("two", "Two districts", "E07000192", "E07000193"))
    assert (found.whose, found.name) == (Whose.COUNTY, "Staffordshire")


@pytest.mark.parametrize(
    "area",
    [place("W06000015", "Cardiff"), place("W92000004", "Wales", *where(nation="Wales")),
     place("W15000003", "South Wales", *where(police_force_area="South Wales"))],
)  # fmt: skip
def test_wales_is_not_published(area: Place) -> None:
    found = shown(area)
    assert (found.whose, found.years, found.latest) == (Whose.NOBODYS, (), None)


def test_a_region_and_england_show_the_published_line_and_not_a_sum() -> None:
    region = shown(place("E12000006", "East of England", *where(region_code="E12000006")))
    assert region.whose is Whose.OWN
    assert region.latest is not None
    assert region.latest.total == 2500
    england = shown(place("E92000001", "England", *where(nation="England")))
    assert england.latest is not None
    assert england.latest.total == 31490


def test_england_and_wales_shows_england_and_names_it() -> None:
    found = shown(place("K04000001", "England and Wales", *areas()))
    assert (found.whose, found.name) == (Whose.ENGLAND_ONLY, "England")
    assert {area.nation for area in found.authorities} == {"England"}


def test_a_police_force_area_of_whole_authorities_is_their_sum() -> None:
    found = shown(place("E23000023", "Cambridgeshire", *where(police_force_code="E23000023")))
    parts = [identification()[code][-1].parts for code in ("E06000031", "E10000003")]
    assert found.latest is not None
    assert found.whose is Whose.SUM
    assert found.latest.total == sum(count for three in parts for count in three if isinstance(count, int))


def test_a_sum_says_what_it_leaves_out_and_why() -> None:
    # All of Peterborough, one district of Cambridgeshire, one authority of Wales, and one with a part left out.
    found = shown(place("named", "Named area", "E06000031", "E07000011", "W06000015", "E06000017"))
    assert found.latest is not None
    assert found.latest.total == AtLeast(253 + 18)
    assert set(found.latest.left_out) == {
        LeftOut("Cambridgeshire", WhyLeftOut.PARTLY_HERE),
        LeftOut("Cardiff", WhyLeftOut.WALES),
        LeftOut("Rutland", WhyLeftOut.SUPPRESSED),
    }
    assert found.latest.per_10k is None


def test_a_year_before_an_authority_was_made_is_left_out_of_a_sum_and_named() -> None:
    found = shown(place("named", "Named area", "E06000031", "E06000061"))
    first = found.years[0]
    assert first.year == 2018
    assert first.left_out == (LeftOut("North Northamptonshire", WhyLeftOut.NOT_THERE_YET),)
    assert found.latest is not None
    assert found.latest.left_out == ()


def test_an_area_of_parts_alone_is_not_published() -> None:
    found = shown(place("parts", "Parts", "E07000192", "E07000011"))
    assert found.whose is Whose.NOBODYS


def test_a_hidden_authority_cannot_be_had_by_taking_the_others_from_a_sum() -> None:
    small = YearRecorded(2025, "E06000031", "A", 8, 0, 0, 0, 500, 50_000)
    large = YearRecorded(2025, "E10000003", "B", 300, 0, 0, 0, 500, 50_000)
    force = place("E23000023", "Cambridgeshire", *where(police_force_code="E23000023"))
    found = identified_in(force, {"E06000031": (small,), "E10000003": (large,)})
    assert found.latest is not None
    assert found.latest.total == AtLeast(300)
    assert found.latest.left_out == (LeftOut("Peterborough", WhyLeftOut.SMALL),)


def test_noughts_among_many_assessments_are_marked_as_odd() -> None:
    south_tyneside = shown(place("E08000023", "South Tyneside"))
    assert [figure.year for figure in south_tyneside.years if figure.is_odd_nought] == [2023, 2024, 2025]
    assert not year(0, 0, 0, assessments=12).is_odd_nought
    assert not any(figure.is_odd_nought for figure in shown(place("E06000031")).years)


def test_no_published_line_tells_a_count_from_one_to_nine() -> None:
    for lines in identification().values():
        for figure in map(year_figure, lines):
            for told in (figure.total, *figure.parts, figure.exploitation):
                count = told.count if isinstance(told, AtLeast) else told
                assert not (isinstance(count, int) and 0 < count < 10), (lines[0].name, figure.year)


def test_about_six_of_a_hundred_children_estimated_in_england_are_identified() -> None:
    england = [area for area in areas().values() if area.nation == "England"]
    estimate = estimate_need(england, need_rates())["G2"]
    # 29,560 children assessed in 2024/25 (DfE), 475,749 estimated; the assessments are 31,490.
    share = share_identified(29_560, estimate)
    assert share is not None
    assert round(100 * float(share.central), 1) == 6.2
    assert share.low < share.central < share.high
    by_assessments = share_identified(31_490, estimate)
    assert by_assessments is not None
    assert round(100 * float(by_assessments.central), 1) == 6.6


def test_a_share_of_a_hidden_count_is_never_told() -> None:
    estimate = estimate_need([areas()["E06000031"]], need_rates())["G2"]
    assert share_identified(FEWER, estimate) is None
    assert share_identified(C, estimate) is None
    partial = share_identified(AtLeast(18), estimate)
    assert partial is not None
    assert partial.is_at_least
    assert share_identified(18, estimate_need([], need_rates())["G2"]) is None
