"""The bands that ship, and what a file of bands must not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.matrix.bands import access_bands, as_pairs, read_bands
from directory.reference.files import BadDataFile

HEADER = "limit_km,weight,source,note\n"
GOOD = "20,1,Example source,\n40,0.68,Example source,A note\n"


def a_file(folder: Path, lines: str) -> Path:
    path = folder / "bands.csv"
    path.write_text(HEADER + lines, encoding="utf-8")
    return path


def test_the_bands_that_ship_are_those_for_scarce_services() -> None:
    assert as_pairs(access_bands()) == ((20, 1), (40, 0.68), (60, 0.22))
    assert all(band.source for band in access_bands())


def test_a_band_keeps_its_source_and_note(tmp_path: Path) -> None:
    bands = read_bands(a_file(tmp_path, GOOD))
    assert [(band.limit_km, band.weight, band.note) for band in bands] == [(20, 1, ""), (40, 0.68, "A note")]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("60,0.7,s,", "weight"),
        ("60,1.2,s,", "weight"),
        ("60,0,s,", "weight"),
        ("60,-0.2,s,", "weight"),
        ("60,nan,s,", "weight"),
        ("60,,s,", "weight"),
        ("40,0.22,s,", "limit_km"),
        ("30,0.22,s,", "limit_km"),
        ("far,0.22,s,", "limit_km"),
        ("inf,0.22,s,", "limit_km"),
        ("1e9,0.22,s,", "limit_km"),
        (",0.22,s,", "limit_km"),
        ("60,0.22,,", "source"),
        ("60,0.22", "limit_km"),
    ],
)
def test_a_wrong_line_is_refused_by_its_number_and_column(tmp_path: Path, line: str, column: str) -> None:
    with pytest.raises(BadDataFile) as refused:
        read_bands(a_file(tmp_path, GOOD + line + "\n"))
    assert (refused.value.line, refused.value.column) == (4, column)


@pytest.mark.parametrize("text", [HEADER, "limit_km,weight\n20,1\n"])
def test_a_file_without_bands_or_columns_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bands.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadDataFile):
        read_bands(path)
