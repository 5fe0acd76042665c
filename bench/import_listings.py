"""A hundred thousand listings from a file into an empty database: seconds, and the most memory held.

Run with `python -m bench.import_listings [ROWS]`. Goal: under a minute and 1 GB. On a machine that
is busy with other things, look at processor_seconds.
"""

from __future__ import annotations

import csv
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from directory.actions.import_listings import import_listings
from directory.actions.listing_row import COLUMN_NAMES
from directory.db import Database
from directory.geo.types import Point
from directory.migrations.upgrade import upgrade

ROWS = 100_000
GOAL_SECONDS = 60.0
GOAL_MEGABYTES = 1_000.0

# As mixed as the real file: most services are local, some regional, a few national.
COVERAGE = ["Peterborough", "Kent;Medway", "Bristol;South Gloucestershire", "North East", "England and Wales"]
TYPES = [("G4", "G4.6;G4.2?"), ("G2;G3", "G2.7;G2.4;G3.4?"), ("G5", "G5.5;G5.6"), ("G1;G2", "G2.2;G1.2?")]
ROUTES = [
    "telephone | 01632 {n:06} | Mo-Fr 09:00-17:00\nemail | help{i}@example.org",
    "form | https://www.example.org/{i}/contact",
    "telephone | 01632 {n:06} | Mo-Fr 09:00-20:00; PH off | ask for the duty worker\ntext | 07700 900{t:03}",
]
PLACES = ["", "town | Peterborough", "town | Huntingdon | | ask for the address", ""]


class ExamplePlaces:
    """Two towns; finding places is geo's to measure."""

    def find_point(self, postcode: str) -> Point | None:
        return Point(519340, 299050)

    def find_towns(self, name: str) -> list[tuple[str, Point]]:
        return [(name, Point(519000, 298500))]


def write_rows(path: Path, rows: int) -> None:
    """A listings file of so many Example services."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMN_NAMES)
        writer.writeheader()
        for i in range(1, rows + 1):
            writer.writerow(_row(i))


def _row(i: int) -> dict[str, str]:
    groups, support_types = TYPES[i % len(TYPES)]
    return {
        "id": str(i),
        "organisation": f"Example Organisation {i // 3}",
        "name": f"Example Service {i}",
        "description": f"Counselling and a helpline for people affected by child sexual abuse, offered by team {i}.",
        "status": "active",
        "listing": "listed",
        "groups": groups,
        "support_types": support_types,
        "minimum_age": str(i % 18) if i % 2 else "",
        "modes": "in-person;remote" if i % 3 else "remote",
        "coverage": COVERAGE[i % len(COVERAGE)],
        "locations": PLACES[i % len(PLACES)],
        "contact_routes": ROUTES[i % len(ROUTES)].format(i=i, n=960000 + i % 1000, t=i % 1000),
        "url": f"https://www.example.org/{i}",
        "referral_routes": "self;professional",
        "free_to_person": "yes" if i % 2 else "",
        "inclusion": "included: first profile",
        "inclusion_evidence": f"free | yes | page {i} says so | 2025-11\nwellbeing | yes | counselling | 2025-11",
        "source_name": "the service's own website",
        "source_url": f"https://www.example.org/{i}/about",
        "source_date": "2025-11",
        "seen_on": "2026-11-21",
        "confidence": "high",
    }


def _import(folder: str, results: Any) -> None:
    """In a process of its own, so that the memory is the import's alone."""
    database = Database(f"sqlite:///{folder}/bench.sqlite")
    upgrade(database)
    began, began_cpu = time.perf_counter(), time.process_time()
    with database.transaction() as session:
        report = import_listings(session, Path(folder) / "listings.csv", ExamplePlaces())
    first, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    assert report.written, report.problems[:3]
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    with database.transaction() as session:
        again = import_listings(session, Path(folder) / "listings.csv", ExamplePlaces())
    assert again.unchanged == report.rows
    results.put((first, cpu, megabytes, time.perf_counter() - began, report.rows))


def run(rows: int = ROWS) -> dict[str, Any]:
    """seconds and megabytes of the first import; seconds of a second one, which changes nothing."""
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        write_rows(Path(folder) / "listings.csv", rows)
        results = spawn.Queue()
        worker = spawn.Process(target=_import, args=(folder, results))
        worker.start()
        seconds, cpu, megabytes, again, done = results.get(timeout=600)
        worker.join()
        size = (Path(folder) / "bench.sqlite").stat().st_size
    return {
        "rows": done,
        "seconds": round(seconds, 1),
        "processor_seconds": round(cpu, 1),
        "seconds_goal": GOAL_SECONDS,
        "megabytes": round(megabytes),
        "megabytes_goal": GOAL_MEGABYTES,
        "seconds_again_unchanged": round(again, 1),
        "database_megabytes": round(size / 2**20),
        "meets_goal": seconds < GOAL_SECONDS and megabytes < GOAL_MEGABYTES,
    }


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS), indent=2))
