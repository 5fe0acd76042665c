"""Rates of need, assumptions and what was recorded: what ships, and which lines are refused."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from directory.geo.areas import areas
from directory.reference.files import DATA, BadDataFile, read_rows
from directory.reference.groups import groups
from directory.reference.identification import (
    FIRST_YEAR,
    LAST_YEAR,
    Mark,
    identification,
    read_identification,
)
from directory.reference.need_assumptions import need_assumptions, read_need_assumptions
from directory.reference.need_rates import COLUMNS, need_rates, read_need_rates, shown_measures

RATE = {
    "group": "G1",
    "measure": "a",
    "label": "A",
    "definition": "A",
    "population": "pop_under18",
    "age_band": "under 18",
    "reference_year": "2024",
    "per": "year",
    "unit": "people",
    "low": "1",
    "central": "2.5",
    "high": "3",
    "out_of": "100",
    "kind": "published",
    "bound": "range",
    "visibility": "anyone",
    "survey": "",
    "shown": "yes",
    "source_name": "Example source",
    "source_url": "https://www.example.org/rates",
    "caution": "A",
}


def write(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_every_group_has_one_measure_and_an_assumption() -> None:
    assert list(shown_measures(need_rates())) == list(groups())
    assert list(need_assumptions()) == list(groups())


def test_no_measure_holds_two_surveys_and_the_survey_of_2019_is_never_shown() -> None:
    assert {rate.survey for rate in need_rates() if rate.is_shown} == {"", "CSEW 2024"}
    assert {rate.survey for rate in need_rates() if not rate.is_shown} == {"", "CSEW 2019"}
    for lines in shown_measures(need_rates()).values():
        assert len({(line.measure, line.survey) for line in lines}) == 1


def test_national_numbers_are_of_the_national_population_so_areas_sum_to_them() -> None:
    with (DATA / "areas.csv").open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    for row in read_rows(DATA / "need_rates.csv", COLUMNS):
        if row["out_of"] not in ("100", "69281400"):
            assert int(row["out_of"]) == sum(int(area[row["population"]]) for area in people), row.line


def test_a_rate_is_kept_exactly(tmp_path: Path) -> None:
    (rate,) = read_need_rates(write(tmp_path / "rates.csv", RATE), ["G1"])
    assert (rate.low, rate.central, rate.high) == (Fraction(1, 100), Fraction(1, 40), Fraction(3, 100))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("group", "G10"),
        ("measure", ""),
        ("population", "pop_of_dogs"),
        ("per", "month"),
        ("unit", "cats"),
        ("low", "4"),
        ("low", "-1"),
        ("central", "about 2"),
        ("central", "1e0"),
        ("central", "5/2"),
        ("central", "²"),
        ("central", "9" * 5000),
        ("high", ""),
        ("high", "101"),
        ("out_of", "0"),
        ("kind", "guess"),
        ("bound", "lower"),
        ("bound", "upper"),
        ("visibility", "nobody"),
        ("shown", "perhaps"),
        ("source_name", ""),
        ("source_url", "www.example.org"),
        ("caution", ""),
    ],
)
def test_a_wrong_rate_is_refused_by_line_and_column(tmp_path: Path, column: str, value: str) -> None:
    with pytest.raises(BadDataFile) as refused:
        read_need_rates(write(tmp_path / "rates.csv", RATE | {column: value}), ["G1"])
    assert refused.value.line == 2
    # An upper bound with a low end is told at the low end; a low end above the middle, at the middle.
    assert refused.value.column in (column, "low", "central")


@pytest.mark.parametrize(
    ("second", "column"),
    [
        ({}, "measure"),
        ({"population": "pop_18plus", "survey": "CSEW 2019"}, "survey"),
        ({"population": "pop_18plus", "per": "life"}, "survey"),
        ({"measure": "b"}, "shown"),
    ],
)
def test_lines_that_would_be_mixed_are_refused(tmp_path: Path, second: dict[str, str], column: str) -> None:
    path = write(
        tmp_path / "rates.csv", RATE | {"survey": "CSEW 2024"}, RATE | {"survey": "CSEW 2024"} | second
    )
    with pytest.raises(BadDataFile) as refused:
        read_need_rates(path, ["G1"])
    assert (refused.value.line, refused.value.column) == (3, column)


def test_a_group_without_a_rate_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadDataFile, match="G2"):
        read_need_rates(write(tmp_path / "rates.csv", RATE), ["G1", "G2"])


UPTAKE = {
    "group": "G1",
    "uptake_percent": "25",
    "years": "10",
    "kind": "assumption",
    "source_name": "Example source",
    "source_url": "https://www.example.org",
    "caution": "A",
}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("group", "G10"),
        ("uptake_percent", "0"),
        ("uptake_percent", "101"),
        ("uptake_percent", "2.5"),
        ("uptake_percent", "9" * 5000),
        ("years", "51"),
        ("years", "-1"),
        ("kind", "hope"),
        ("source_url", ""),
        ("caution", ""),
    ],
)
def test_a_wrong_assumption_is_refused(tmp_path: Path, column: str, value: str) -> None:
    with pytest.raises(BadDataFile) as refused:
        read_need_assumptions(write(tmp_path / "a.csv", UPTAKE | {column: value}), ["G1"])
    assert (refused.value.line, refused.value.column) == (2, column)


def test_a_share_nobody_published_is_blank_and_not_nought() -> None:
    assert {group for group, uptake in need_assumptions().items() if uptake.percent is None} == {
        "G1", "G5", "G6", "G7", "G8", "G9"
    }  # fmt: skip


def test_every_english_authority_every_region_and_england_are_recorded_to_the_last_year() -> None:
    codes = {area.utla_code for area in areas().values() if area.nation == "England"}
    regions = {area.region_code for area in areas().values() if area.nation == "England"}
    assert len(codes) == 153
    assert set(identification()) == codes | regions | {"E92000001"}
    assert {years[-1].year for years in identification().values()} == {LAST_YEAR}
    assert min(years[0].year for years in identification().values()) == FIRST_YEAR


def test_england_sums_to_the_published_totals() -> None:
    totals = {
        line.year: sum(p for p in line.parts if not isinstance(p, Mark))
        for line in identification()["E92000001"]
    }
    assert (totals[2023], totals[2024], totals[2025]) == (33760, 30970, 31490)


def test_south_tynesides_noughts_stand_as_recorded() -> None:
    years = {line.year: line.parts for line in identification()["E08000023"]}
    assert years[2025] == years[2024] == years[2023] == (0, 0, 0)
    assert years[2022] == (0, Mark.SUPPRESSED, 0)


YEAR = {
    "year": "2025",
    "level": "authority",
    "code": "E06000031",
    "name": "Peterborough",
    "adult_on_child": "192",
    "child_on_child": "c",
    "not_said": "0",
    "exploitation": "20",
    "assessments": "2000",
    "population_0_17": "57621",
}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("year", "2017"),
        ("year", "last"),
        ("level", "village"),
        ("code", "W06000015"),
        ("name", ""),
        ("adult_on_child", ""),
        ("adult_on_child", "C"),
        ("adult_on_child", "-3"),
        ("adult_on_child", "1.5"),
        ("adult_on_child", "9" * 5000),
        ("population_0_17", "0"),
    ],
)
def test_a_wrong_line_of_what_was_recorded_is_refused(tmp_path: Path, column: str, value: str) -> None:
    with pytest.raises(BadDataFile) as refused:
        read_identification(write(tmp_path / "i.csv", YEAR | {column: value}), ["E06000031"])
    assert (refused.value.line, refused.value.column) == (2, column)


def test_a_year_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDataFile, match="line 3, column year"):
        read_identification(write(tmp_path / "i.csv", YEAR, YEAR), ["E06000031"])
