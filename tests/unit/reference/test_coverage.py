"""Names of areas lead to authorities."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.reference.coverage import (
    NATIONS,
    authority_names,
    coverage_names,
    read_coverage,
    read_coverage_names,
)
from directory.reference.files import DATA, BadDataFile, read_rows


def every_authority() -> set[str]:
    return {row["lad_code"] for row in read_rows(DATA / "areas.csv", ("lad_code",))}


def authorities_where(column: str, value: str) -> set[str]:
    return {row["lad_code"] for row in read_rows(DATA / "areas.csv", (column,)) if row[column] == value}


def test_every_code_is_an_authority_or_a_nation() -> None:
    codes = {code for name in coverage_names().values() for code in name.codes}
    assert codes <= every_authority() | set(NATIONS)


def test_a_name_that_is_also_an_authority_means_the_same() -> None:
    for folded, name in coverage_names().items():
        if folded in authority_names():
            assert set(name.codes) == set(authority_names()[folded]), name.name


def test_a_county_means_its_districts() -> None:
    coverage = read_coverage("Cambridgeshire; Peterborough")
    assert coverage.authorities == authorities_where("police_force_area", "Cambridgeshire")
    assert not coverage.partial


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("Cheshire", 4),
        ("Avon", 4),
        ("Humberside", 4),
        ("Cleveland", 4),
        ("Sussex", 13),
        ("Merseyside", 5),
        ("Berkshire", 6),
        ("Bedfordshire", 3),
        ("Yorkshire", 13),
        ("Greater Manchester", 10),
        ("North Wales", 6),
        ("London", 33),
        ("Metropolitan Police area", 32),
        ("Black Country", 4),
        ("Tyneside", 4),
        ("Thames Valley police area", 13),
    ],
)
def test_counties_of_the_past_and_other_names_hold_as_many_authorities_as_they_do(
    name: str, count: int
) -> None:
    coverage = read_coverage(name)
    assert len(coverage.authorities) == count
    assert not coverage.partial


def test_regions_together_are_all_of_england_once() -> None:
    names = (
        "North East England;North West England;Yorkshire and the Humber;East Midlands;West Midlands region;"
        "East of England;London;South East England;South West England"
    )
    parts = [read_coverage(name) for name in names.split(";")]
    assert sum(len(part.authorities) for part in parts) == len({c for c in every_authority() if c[0] == "E"})
    assert read_coverage(names).authorities == {code for code in every_authority() if code[0] == "E"}


def test_police_areas_together_are_every_authority_once() -> None:
    police = [name for name in coverage_names().values() if name.name.endswith(" police area")]
    by_codes = {name.codes for name in police}
    assert len(by_codes) == 43
    assert sorted(code for codes in by_codes for code in codes) == sorted(every_authority())


def test_nations_are_nations_and_not_lists_of_authorities() -> None:
    assert read_coverage("England and Wales").nations == {"E92000001", "W92000004"}
    assert read_coverage("wales").nations == {"W92000004"}
    assert read_coverage("England").authorities == frozenset()


@pytest.mark.parametrize(
    "name", ["some London boroughs", "Waveney", "selected NSPCC areas", "East Kent", "National"]
)
def test_a_name_for_less_than_whole_authorities_says_so(name: str) -> None:
    assert read_coverage(name).partial


def test_what_one_name_holds_in_part_another_may_hold_whole() -> None:
    coverage = read_coverage("Kent; Medway; some London boroughs")
    assert coverage.partial
    assert coverage.partly == read_coverage("London").authorities
    assert not read_coverage("East Suffolk; Waveney").partial


def test_an_area_that_is_not_named_makes_the_coverage_partial() -> None:
    coverage = read_coverage("Wirral; other commissioned areas")
    assert coverage.partial
    assert len(coverage.authorities) == 1


@pytest.mark.parametrize("text", ["Atlantis", "Cambs", "<script>", "'; DROP TABLE", "E06000031", "😀"])
def test_a_name_that_leads_nowhere_is_told(text: str) -> None:
    coverage = read_coverage(f"Peterborough; {text}")
    assert coverage.unknown_names
    assert coverage.authorities == {"E06000031"}


def test_blank_means_not_known() -> None:
    coverage = read_coverage(" ; ")
    assert (coverage.authorities, coverage.nations, coverage.partial) == (frozenset(), frozenset(), False)


@pytest.mark.parametrize(
    "text", ["ST. HELENS", "st helens", "Avon  &  Somerset police area", "Caerdydd", "hull"]
)
def test_names_are_found_however_they_are_written(text: str) -> None:
    assert read_coverage(text).unknown_names == ()


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("Atlantis,E99999999,whole,Because", "codes"),
        ("Atlantis,E06000001,perhaps,Because", "certainty"),
        ("Atlantis,E06000001,whole,", "reason"),
        (",E06000001,whole,Because", "name"),
        ("Atlantis,,whole,Because", "codes"),
        ("One,E06000001,whole,Because\none,E06000001,whole,Because", "name"),
    ],
)
def test_a_wrong_line_is_refused_by_line_and_column(tmp_path: Path, line: str, column: str) -> None:
    path = tmp_path / "coverage_names.csv"
    path.write_text(f"name,codes,certainty,reason\n{line}\n", encoding="utf-8")
    with pytest.raises(BadDataFile) as caught:
        read_coverage_names(path, {"E06000001"})
    assert caught.value.column == column
    assert caught.value.line == 2 + line.count("\n")
