"""How fast a postcode is found against a primary-key lookup in SQLite; how big the store, how long to load.

    .venv/bin/python -m bench.postcodes

SQLite is the standard library's, with its default settings, on a table whose primary key is the postcode.
Both are asked for the same postcodes in the same process, one after the other in random order, so that
only the ratio counts and a noisy machine troubles both alike. Their answers must be equal.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from directory.geo.files import STORE_NAME
from directory.geo.pack import ensure_store
from directory.geo.packed import inward_letters
from directory.geo.postcodes import PostcodeStore
from directory.geo.squares import Squares

LOOKUPS = 20_000
# The best of these rounds counts, for each: what slows one down is the machine's other work.
ROUNDS = 3
# One in twenty is a postcode that is not there.
MISSES = 20
LOADS = 15
RATIO_MAX, BYTES_MAX, LOAD_MS_MAX = 0.25, 16, 100
Lookup = Callable[[str], tuple[Any, ...] | None]


def run() -> dict[str, Any]:
    """Measure, print a table, and return what was measured (microseconds, milliseconds, bytes)."""
    path = ensure_store(Path(__file__).resolve().parents[1] / "instance" / "postcodes") / STORE_NAME
    load_ms = statistics.median(_load_ms(path) for _ in range(LOADS))
    store = PostcodeStore.open(path)
    dice = random.Random(2026)
    with tempfile.TemporaryDirectory() as folder:
        connection = _sqlite(store, Path(folder) / "postcodes.sqlite")
        keys = _keys(store, dice)
        rounds = [_interleaved(_ways(store, connection), keys, dice) for _ in range(ROUNDS)]
        connection.close()
    quantiles = {
        name: min((_quantiles_us(timings[name]) for timings in rounds), key=lambda found: found["p50"])
        for name in rounds[0]
    }
    result: dict[str, Any] = {
        "postcodes": len(store),
        "lookups": len(keys),
        "store_us": quantiles["store"],
        "sqlite_us": quantiles["sqlite"],
        "ratio_p50": quantiles["store"]["p50"] / quantiles["sqlite"]["p50"],
        "bytes_per_postcode": path.stat().st_size / len(store),
        "load_ms": load_ms,
    }
    result["met"] = (
        result["ratio_p50"] <= RATIO_MAX
        and result["bytes_per_postcode"] <= BYTES_MAX
        and result["load_ms"] <= LOAD_MS_MAX
    )
    _show(result)
    return result


def _ways(store: PostcodeStore, connection: sqlite3.Connection) -> dict[str, Lookup]:
    query = "SELECT easting, northing, authority FROM postcode WHERE code = ?"

    def from_sqlite(key: str) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = connection.execute(query, (key,)).fetchone()
        return row

    return {"store": store.find, "sqlite": from_sqlite}


def _clock_ns() -> int:
    """What reading the clock twice takes by itself."""
    spans = []
    for _ in range(LOOKUPS):
        start = time.perf_counter_ns()
        spans.append(time.perf_counter_ns() - start)
    return int(statistics.median(spans))


def _interleaved(ways: dict[str, Lookup], keys: list[str], dice: random.Random) -> dict[str, list[int]]:
    timings: dict[str, list[int]] = {name: [] for name in ways}
    names, clock_ns = list(ways), _clock_ns()
    for key in keys:
        dice.shuffle(names)
        answers = {}
        for name in names:
            start = time.perf_counter_ns()
            answer = ways[name](key)
            timings[name].append(time.perf_counter_ns() - start - clock_ns)
            answers[name] = answer
        _assert_equal(answers["store"], answers["sqlite"])
    return timings


def _assert_equal(held: Any, row: tuple[Any, ...] | None) -> None:
    assert (held is None) == (row is None)
    assert row is None or row == (held[0], held[1], held[2] or "")


def _keys(store: PostcodeStore, dice: random.Random) -> list[str]:
    header, inward = store.packed.header, store.packed.sections["inward"]
    keys = []
    for number in range(LOOKUPS):
        if number % MISSES == 0:
            keys.append(f"XX{dice.randrange(100)}{dice.randrange(10)}XX")
            continue
        place = dice.randrange(len(header["outwards"]))
        row = dice.randrange(header["starts"][place], header["starts"][place + 1])
        keys.append(header["outwards"][place] + inward_letters(int(inward[row])))
    return keys


def _sqlite(store: PostcodeStore, path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TABLE postcode (code TEXT PRIMARY KEY, easting INTEGER, northing INTEGER, authority TEXT) "
        "WITHOUT ROWID"
    )
    header, sections = store.packed.header, store.packed.sections
    authorities = header["authorities"]
    for place, outward in enumerate(header["outwards"]):
        rows = slice(header["starts"][place], header["starts"][place + 1])
        pairs = zip(sections["inward"][rows].tolist(), sections["rows"][rows].tolist(), strict=True)
        connection.executemany(
            "INSERT INTO postcode VALUES (?, ?, ?, ?)",
            [(outward + inward_letters(i), e, n, authorities[a]) for i, (e, n, a) in pairs],
        )
    connection.commit()
    return connection


def _load_ms(path: Path) -> float:
    start = time.perf_counter()
    store = PostcodeStore.open(path)
    Squares(store.packed)
    store.find("PE1 1QL")
    return (time.perf_counter() - start) * 1000


def _quantiles_us(nanoseconds: list[int]) -> dict[str, float]:
    ordered = sorted(nanoseconds)
    return {"p50": ordered[len(ordered) // 2] / 1000, "p99": ordered[len(ordered) * 99 // 100] / 1000}


def _show(result: dict[str, Any]) -> None:
    print(
        f"{result['postcodes']:,} postcodes, {result['lookups']:,} lookups of each, best of {ROUNDS} rounds"
    )
    print(f"{'':12}{'p50 µs':>10}{'p99 µs':>10}")
    for name in ("store", "sqlite"):
        print(f"{name:12}{result[f'{name}_us']['p50']:10.2f}{result[f'{name}_us']['p99']:10.2f}")
    print(f"ratio of the medians  {result['ratio_p50']:.3f}  (at most {RATIO_MAX})")
    print(
        f"bytes a postcode      {result['bytes_per_postcode']:.2f}  (at most {BYTES_MAX}, squares included)"
    )
    print(f"load                  {result['load_ms']:.1f} ms  (at most {LOAD_MS_MAX})")


if __name__ == "__main__":
    run()
