"""An area is found by its code or any of its names; namesakes are offered, never guessed."""

from __future__ import annotations

import pytest

from directory.geo.areas import areas as authorities
from directory.matrix.area_names import areas_called, areas_of
from directory.matrix.areas import AreaKind, Areas, NamedArea

AREAS = Areas(
    authorities().values(),
    [NamedArea("cambridgeshire-and-peterborough", "Cambridgeshire and Peterborough", ("E06000031", "E07000008"))],
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("E06000031", ["E06000031"]),
        (" e06000031 ", ["E06000031"]),
        ("peterborough", ["E06000031"]),
        ("Peterborough City Council", ["E06000031"]),
        ("K04000001", ["K04000001"]),
        ("England and Wales", ["K04000001"]),
        ("Caerdydd", ["W06000015"]),
        ("Wales", ["W92000004"]),
        ("East Midlands", ["E12000004"]),
        ("CAMBRIDGESHIRE-AND-PETERBOROUGH", ["cambridgeshire-and-peterborough"]),
        ("cambridgeshire & peterborough", ["cambridgeshire-and-peterborough"]),
        ("Staffordshire", ["E10000028", "E23000015"]),
        ("West Midlands", ["E23000014", "E12000005"]),
        ("", []),
        ("   ", []),
        ("Narnia", []),
        ("<script>alert(1)</script>", []),
        ("E99999999", []),
    ],
)
def test_an_area_is_found_as_it_is_typed(typed: str, codes: list[str]) -> None:
    assert [area.code for area in areas_called(AREAS, typed)] == codes


def test_authorities_that_are_one_area_are_that_area() -> None:
    county = AREAS.get("E10000028")
    assert county is not None
    assert [area.code for area in areas_of(AREAS, county.members)] == ["E10000028"]


def test_authorities_that_are_no_area_are_offered_one_by_one() -> None:
    found = areas_of(AREAS, ("E06000031", "W06000015", "nothing"))
    assert [area.code for area in found] == ["E06000031", "W06000015"]


def test_an_authority_that_is_its_own_county_stands_for_both() -> None:
    (found,) = areas_called(AREAS, "Cornwall")
    assert found.kind is AreaKind.AUTHORITY
