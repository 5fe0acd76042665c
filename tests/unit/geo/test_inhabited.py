"""The inhabited squares, held against the squares that searches use."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from directory.geo.areas import areas
from directory.geo.inhabited import inhabited_squares
from directory.geo.pack import pack
from directory.geo.packed import open_packed
from directory.geo.postcodes import PostcodeStore
from directory.geo.squares import Squares
from directory.geo.types import Square
from tests.unit.geo.postcode_sources import write_source


def test_every_postcode_of_every_authority_is_in_one_square(store: PostcodeStore) -> None:
    found = inhabited_squares(store.packed)
    assert found.authorities == tuple(areas())
    assert found.postcodes.sum() == 2_406_090
    assert np.unique(found.authority).tolist() == list(range(318))
    assert (np.diff(found.authority) >= 0).all()


def test_a_square_holds_what_the_squares_of_searches_hold(store: PostcodeStore, squares: Squares) -> None:
    found = inhabited_squares(store.packed)
    for place in range(0, len(found.postcodes), 997):
        east, north = int(found.eastings_m[place]), int(found.northings_m[place])
        square = Square(1, east // 1000, north // 1000)
        assert (square.centre.easting_m, square.centre.northing_m) == (east, north)
        assert squares.count(square, found.authorities[found.authority[place]]) == found.postcodes[place]


def test_other_nations_and_postcodes_without_a_place_are_left_out(tmp_path: Path) -> None:
    source = write_source(
        tmp_path / "source",
        [
            ("PE1 1QL", "E06000031", 518_697, 298_850),
            ("PE1 1QZ", "E06000031", 518_700, 298_900),
            ("BT1 5GS", "N09000003", 333_832, 374_014),
            ("CF720ZZ", None, None, None),
        ],
    )
    pack(tmp_path / "store", quiet=True, source_dir=source)
    (path,) = (tmp_path / "store").glob("*.pack")
    found = inhabited_squares(open_packed(path))
    assert [found.authorities[number] for number in found.authority] == ["E06000031"]
    assert (found.eastings_m.tolist(), found.northings_m.tolist()) == ([518_500], [298_500])
    assert found.postcodes.tolist() == [2]
