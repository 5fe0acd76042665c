"""How fast the search is, against a plain loop, in one interleaved run: only the ratios mean anything.

python -m bench.search            500 and 10,000 listings
python -m bench.search --large    100,000 as well (without the geodesic loop)
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from tqdm import tqdm
from werkzeug.test import EnvironBuilder

from bench.generated_listings import HOURS, Country, generate, searches
from bench.plain_search import PlainAnswer, PlainSearch
from directory.geo.distance import distance_km, geodesic_km
from directory.geo.grid import to_wgs84
from directory.geo.types import Point
from directory.reference.hours import is_open
from directory.search.index import SearchIndex
from directory.search.types import Query, Results, Section

AT = datetime(2026, 3, 4, 12, 0, tzinfo=ZoneInfo("Europe/London"))
SEED = 20261122
# (listings, different words, searches, of which the geodesic loop runs this many)
SIZES = ((500, 4_000, 200, 60), (10_000, 12_000, 60, 12))
LARGE = (100_000, 25_000, 30, 0)

Timings = dict[str, list[float]]


def run(large: bool = False) -> dict[str, Any]:
    """Size → medians in ms, ratios to the index, what was held equal. AssertionError on a difference."""
    sizes = (*SIZES, LARGE) if large else SIZES
    with tqdm(total=sum(size[2] for size in sizes), desc="searches", unit="search") as bar:
        results = {str(size[0]): _measure(*size, bar) for size in sizes}
    print(table(results))
    return results


def _measure(size: int, words: int, number: int, geodesics: int, bar: tqdm[Any]) -> dict[str, Any]:
    random = Random(SEED)
    country = Country(random, words)
    listings = generate(country, random, size)
    build_ms = []
    for _each in range(3):
        gc.collect()
        start = time.perf_counter()
        index = SearchIndex.build(listings)
        build_ms.append((time.perf_counter() - start) * 1000)
    open_now = {expression: is_open(expression, AT) for expression in HOURS}
    latlon = {spot.point: to_wgs84(spot.point) for listing in listings for spot in listing.spots}

    def ellipsoid_km(spot: Point, centre: Point) -> float:
        return geodesic_km(latlon[spot], latlon.get(centre) or latlon.setdefault(centre, to_wgs84(centre)))

    plain = PlainSearch(listings, distance_km, open_now)
    naive = PlainSearch(listings, ellipsoid_km, open_now)
    empty = _empty_view()
    timings: Timings = {"index": [], "plain loop": [], "geodesic loop": [], "empty view": []}
    equal = hits = 0
    for turn, query in enumerate(searches(country, random, listings, number)):
        query = Query(query.area, query.chosen, query.text, AT)
        contenders: dict[str, Callable[[], object]] = {
            "index": partial(index.search, query),
            "plain loop": partial(plain.search, query),
            "empty view": empty,
        }
        if turn < geodesics:
            contenders["geodesic loop"] = partial(naive.search, query)
        answers = _race(contenders, random, timings)
        found = answers["index"]
        assert isinstance(found, Results)
        hits += sum(map(len, found.hits.values()))
        if not query.text:
            for name in ("plain loop", "geodesic loop"):
                if name in answers:
                    _assert_equal(found, answers[name], in_order=name == "plain loop")
            equal += 1
        bar.update()
    done = {"searches": number, "held equal": equal, "hits a search": hits / number}
    return _summary(timings, build_ms) | done


def _race(contenders: dict[str, Callable[[], object]], random: Random, timings: Timings) -> dict[str, object]:
    """Each once, in random order; gives their answers."""
    answers = {}
    for name in random.sample(list(contenders), len(contenders)):
        start = time.perf_counter()
        answers[name] = contenders[name]()
        timings[name].append((time.perf_counter() - start) * 1000)
    return answers


def _assert_equal(found: Results, other: object, in_order: bool) -> None:
    """Same services in every section, same total, same counts; for the same distance also the same order."""
    assert isinstance(other, PlainAnswer)
    for section in Section:
        ids = list(dict.fromkeys(hit.listing_id for hit in found.hits[section]))
        expected = other.ids[section]
        assert ids == expected if in_order else sorted(ids) == sorted(expected), section
    assert found.total == other.total
    for facet, values in found.counts.items():
        assert values == {value: other.counts[facet][value] for value in values}, facet


def _empty_view() -> Callable[[], object]:
    """A call of a web application that does nothing: the floor of any request."""
    app = Flask("empty")
    app.add_url_rule("/", "empty", lambda: "")
    environ = EnvironBuilder("/").get_environ()
    return lambda: list(app(dict(environ), lambda status, headers, exc_info=None: lambda data: None))


def _summary(timings: Timings, build_ms: list[float]) -> dict[str, Any]:
    summary: dict[str, Any] = {"build ms": min(build_ms)}
    index = timings["index"]
    for name, taken in timings.items():
        if not taken:
            continue
        summary[f"{name} p50 ms"] = statistics.median(taken)
        if name != "index":
            # Search by search, so that only searches both of them ran are compared.
            ratios = [other / own for other, own in zip(taken, index, strict=False)]
            summary[f"{name} / index"] = statistics.median(ratios)
    summary["index p99 ms"] = statistics.quantiles(index, n=100)[98]
    return summary


def table(results: dict[str, Any]) -> str:
    """The results as plain text, one column for each size."""
    rows = list(dict.fromkeys(row for column in results.values() for row in column))
    lines = [" " * 24 + "".join(f"{int(size):>12,}" for size in results)]
    for row in rows:
        cells = (f"{column[row]:>12,.3f}" if row in column else " " * 12 for column in results.values())
        lines.append(f"{row:<24}" + "".join(cells))
    return "\n".join(lines)


if __name__ == "__main__":
    run(large="--large" in sys.argv)
