"""The pictures: in proportion, with a title that says the finding, and nothing in them that was not escaped."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from directory.geo.areas import areas
from directory.matrix.identification import share_identified, year_figure
from directory.matrix.need import estimate_need
from directory.pictures import iceberg as iceberg_module
from directory.pictures.iceberg import IcebergWords, iceberg
from directory.pictures.svg import element
from directory.pictures.trend import TrendWords, trend
from directory.reference.identification import identification
from directory.reference.need_rates import need_rates

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script>\"'&<style>"
ICEBERG = IcebergWords(
    "Of many, few", "How to read it", "253", "recorded", "about 2,300", "estimated", "1,700 to 2,800"
)
TREND = TrendWords("Rates", "By year", "Peterborough", "England")


def tree(picture: str) -> etree._Element:
    return etree.fromstring(str(picture))


def corners(shape: etree._Element) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in shape.get("points").split())]


def area(points: list[tuple[float, float]]) -> float:
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def of_class(picture: etree._Element, name: str) -> list[etree._Element]:
    return [each for each in picture.iter() if name in (each.get("class") or "").split()]


def an_iceberg(recorded: float | None = 253, words: IcebergWords = ICEBERG) -> etree._Element:
    return tree(iceberg(words, low=1700, central=2300, high=2800, recorded=recorded))


@pytest.mark.parametrize("picture", [an_iceberg(), tree(trend(TREND, [(2024, 1.0), (2025, 2.0)]))])
def test_a_picture_is_one_image_named_by_its_finding(picture: etree._Element) -> None:
    assert picture.get("role") == "img"
    named = {each.get("id"): each for each in picture.iter() if each.get("id")}
    assert named[picture.get("aria-labelledby")].tag == f"{SVG}title"
    assert named[picture.get("aria-describedby")].tag == f"{SVG}desc"


@pytest.mark.parametrize("picture", [an_iceberg(), tree(trend(TREND, [(2024, 1.0), (2025, 2.0)]))])
def test_a_picture_has_no_style_no_script_and_no_colour_of_its_own(picture: etree._Element) -> None:
    for each in picture.iter():
        assert each.tag not in (f"{SVG}style", f"{SVG}script", f"{SVG}image", f"{SVG}a")
        assert not {"style", "fill", "stroke", "href"} & set(each.attrib)
        assert not [name for name in each.attrib if name.startswith("on")]


def test_hostile_words_stay_words() -> None:
    words = IcebergWords(*(HOSTILE for _each in range(7)))
    assert HOSTILE in "".join(an_iceberg(words=words).itertext())
    drawn = trend(TrendWords(HOSTILE, HOSTILE, HOSTILE, HOSTILE), [(2024, 1.0), (2025, 2.0)])
    assert "<script" not in drawn
    assert HOSTILE in "".join(tree(drawn).itertext())
    assert str(element("text", "a<b", class_='"')) == '<text class="&#34;">a&lt;b</text>'


def test_the_tip_is_to_the_body_as_recorded_is_to_estimated() -> None:
    picture = an_iceberg(recorded=253)
    (tip,), (body,) = of_class(picture, "iceberg__tip"), of_class(picture, "iceberg__body")
    assert area(corners(tip)) / area(corners(body)) == pytest.approx(253 / 2300, rel=0.02)
    assert max(y for _x, y in corners(tip)) == iceberg_module.WATER == min(y for _x, y in corners(body))


def test_the_range_is_drawn_in_proportion_too() -> None:
    picture = an_iceberg()
    (body,) = of_class(picture, "iceberg__body")
    high, low = of_class(picture, "iceberg__range")
    assert area(corners(high)) / area(corners(body)) == pytest.approx(2800 / 2300, rel=0.02)
    assert area(corners(low)) / area(corners(body)) == pytest.approx(1700 / 2300, rel=0.02)


@pytest.mark.parametrize("recorded", [None, 0])
def test_nothing_recorded_or_nothing_known_draws_no_tip(recorded: float | None) -> None:
    assert of_class(an_iceberg(recorded=recorded), "iceberg__tip") == []


@given(st.floats(0, 1), st.floats(1, 1.6), st.floats(0, 3))
def test_the_iceberg_stays_in_its_picture(low: float, high: float, recorded: float) -> None:
    picture = tree(iceberg(ICEBERG, low=low, central=1, high=high, recorded=recorded))
    for shape in picture.iter(f"{SVG}polygon"):
        for x, y in corners(shape):
            assert 0 <= x <= iceberg_module.WIDTH and 0 <= y <= iceberg_module.HEIGHT


def test_a_year_that_is_not_told_breaks_the_line_and_a_lone_year_keeps_its_mark() -> None:
    values = [(2021, 10.0), (2022, 12.0), (2023, None), (2024, 9.0), (2025, None)]
    picture = tree(trend(TREND, values, [(year, 20.0) for year, _value in values]))
    lines = of_class(picture, "trend__line--own")
    assert [len(corners(line)) for line in lines] == [2, 1]
    # Three values and the mark of the key; five and its mark.
    assert len(of_class(picture, "trend__mark--own")) == 4
    assert len(of_class(picture, "trend__mark--other")) == 6


def test_a_higher_rate_is_drawn_higher_and_none_at_the_bottom() -> None:
    (line,) = of_class(tree(trend(TREND, [(2023, 0.0), (2024, 5.0), (2025, 9.0)])), "trend__line--own")
    heights = [y for _x, y in corners(line)]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] == 216


def test_one_line_needs_no_second_name() -> None:
    picture = tree(trend(TrendWords("a", "b", "England", ""), [(2024, 1.0), (2025, 2.0)]))
    assert of_class(picture, "trend__mark--other") == []


@given(st.lists(st.one_of(st.none(), st.floats(0, 10_000)), min_size=2, max_size=12))
def test_any_row_of_rates_can_be_drawn_inside_the_picture(rates: list[float | None]) -> None:
    drawn = trend(TREND, [(2010 + place, rate) for place, rate in enumerate(rates)])
    for x, y in re.findall(r"([\d.-]+),([\d.-]+)", " ".join(re.findall(r'points="([^"]*)"', drawn))):
        assert 0 <= float(x) <= 320 and 0 <= float(y) <= 250


def test_no_authority_recorded_so_much_that_its_tip_would_be_cut() -> None:
    for code, lines in identification().items():
        members = [
            area for area in areas().values() if code in (area.utla_code, area.region_code, "E92000001")
        ]
        total = year_figure(lines[-1]).total
        share = share_identified(total, estimate_need(members, need_rates())["G2"])
        assert share is None or share.central < iceberg_module.TIP_SHARE_MAX, code
