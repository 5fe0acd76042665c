"""Packing the postcodes: whole, once, and never half."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from directory.errors import NotFound
from directory.geo.files import STORE_NAME
from directory.geo.pack import current_stamp, is_current, pack
from directory.geo.packed import open_packed
from directory.geo.postcodes import PostcodeStore
from directory.geo.types import Point
from tests.unit.geo.postcode_sources import Row, write_source

ROWS: list[Row] = [
    ("PE1 1QL", "E06000031", 518_697, 298_850),
    ("PE1 1QZ", "E06000031", 518_700, 298_900),
    ("PE281AA", "E07000011", 523_000, 271_000),
    ("BT1 5GS", "N09000003", 333_832, 374_014),
    ("CF720ZZ", None, None, None),
    ("IM1 1AA", "M99999999", None, None),
    ("E9  9BB", "E09000012", 536_000, 184_000),
]


@pytest.fixture
def source_dir(tmp_path: Path) -> Path:
    return write_source(tmp_path / "source", ROWS)


@pytest.fixture
def store_dir(tmp_path: Path) -> Path:
    return tmp_path / "instance" / "postcodes"


def open_store(store_dir: Path) -> PostcodeStore:
    return PostcodeStore.open(store_dir / STORE_NAME)


def test_every_row_of_the_source_is_found_in_the_store(source_dir: Path, store_dir: Path) -> None:
    assert pack(store_dir, quiet=True, source_dir=source_dir)
    store = open_store(store_dir)
    assert len(store) == len(ROWS)
    for postcode, authority, easting_m, northing_m in ROWS:
        row = store.find(postcode)
        assert row is not None, postcode
        assert row.authority == authority
        if easting_m is None or northing_m is None:
            assert row.point is None
        elif not (authority or "").startswith("N"):
            assert row.point == Point(int(easting_m), int(northing_m))


def test_northern_ireland_is_moved_from_the_irish_grid_to_the_national_grid(
    source_dir: Path, store_dir: Path
) -> None:
    pack(store_dir, quiet=True, source_dir=source_dir)
    row = open_store(store_dir).find("BT1 5GS")
    assert row is not None and row.point is not None
    # Belfast lies west of Stranraer (NX 06) and south of it.
    assert row.point.easting_m == pytest.approx(146_240, abs=30)
    assert row.point.northing_m == pytest.approx(529_490, abs=30)


def test_packing_a_second_time_does_nothing(source_dir: Path, store_dir: Path) -> None:
    assert pack(store_dir, quiet=True, source_dir=source_dir)
    made_at = (store_dir / STORE_NAME).stat().st_mtime_ns
    assert not pack(store_dir, quiet=True, source_dir=source_dir)
    assert (store_dir / STORE_NAME).stat().st_mtime_ns == made_at


def test_packing_again_on_request_makes_a_new_file(source_dir: Path, store_dir: Path) -> None:
    assert pack(store_dir, quiet=True, source_dir=source_dir)
    assert pack(store_dir, quiet=True, source_dir=source_dir, again=True)


def test_two_at_once_make_one_store(source_dir: Path, store_dir: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda _: pack(store_dir, quiet=True, source_dir=source_dir), range(2)))
    assert sorted(made) == [False, True]
    assert is_current(store_dir)


def test_an_interrupted_packing_leaves_the_old_store_and_no_rubbish(
    source_dir: Path, store_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(store_dir, quiet=True, source_dir=source_dir)

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(os, "fsync", interrupted)
        pack(store_dir, quiet=True, source_dir=source_dir, again=True)
    assert sorted(path.name for path in store_dir.iterdir()) == ["pack.lock", STORE_NAME]
    assert open_store(store_dir).find("PE1 1QL") is not None


def test_what_a_killed_packing_left_behind_is_cleared_away(source_dir: Path, store_dir: Path) -> None:
    store_dir.mkdir(parents=True)
    leftover = store_dir / f"{STORE_NAME}.abc123.part"
    leftover.write_bytes(b"half a file")
    pack(store_dir, quiet=True, source_dir=source_dir)
    assert not leftover.exists()


@pytest.mark.parametrize("damage", ["cut short", "another layout", "empty", "not ours", "missing"])
def test_a_damaged_store_is_refused_with_the_remedy_and_made_afresh(
    damage: str, source_dir: Path, store_dir: Path
) -> None:
    pack(store_dir, quiet=True, source_dir=source_dir)
    path = store_dir / STORE_NAME
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(
            {
                "cut short": whole[:-100],
                "another layout": b"SDPOST99" + whole[8:],
                "empty": b"",
                "not ours": b"\x00" * 5000,
            }[damage]
        )
    with pytest.raises(NotFound, match="flask postcodes pack"):
        open_packed(path)
    assert not is_current(store_dir)
    assert pack(store_dir, quiet=True, source_dir=source_dir)
    assert open_store(store_dir).find("PE1 1QL") is not None


def test_a_store_of_another_version_is_not_current(source_dir: Path, store_dir: Path) -> None:
    pack(store_dir, quiet=True, source_dir=source_dir)
    path = store_dir / STORE_NAME
    stamp = current_stamp().encode()
    path.write_bytes(path.read_bytes().replace(stamp, stamp[:-1] + b"0"))
    assert not is_current(store_dir)


def test_a_postcode_that_the_source_holds_twice_is_not_packed_over(tmp_path: Path, store_dir: Path) -> None:
    source_dir = write_source(tmp_path / "twice", [ROWS[0], ROWS[0]])
    with pytest.raises(ValueError, match="twice"):
        pack(store_dir, quiet=True, source_dir=source_dir)
    assert not is_current(store_dir)


def test_a_source_of_another_shape_is_refused(tmp_path: Path, store_dir: Path) -> None:
    source_dir = write_source(tmp_path / "odd", [("PE1 QQL", "E06000031", 1.0, 1.0)])
    with pytest.raises(ValueError, match="digit and two letters"):
        pack(store_dir, quiet=True, source_dir=source_dir)


def test_without_a_source_it_says_what_is_missing(tmp_path: Path, store_dir: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(NotFound, match="holds no postcodes"):
        pack(store_dir, quiet=True, source_dir=tmp_path / "nothing")
