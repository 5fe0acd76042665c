"""Rows, files and stored services that are valid by default: a test says only what matters to it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path

from sqlalchemy import func, select

from directory.actions.import_listings import import_listings
from directory.actions.import_report import ImportReport
from directory.actions.listing_row import COLUMN_NAMES, ListingRow, read_row
from directory.actions.resolve import Resolved, Resolver
from directory.actions.store_rows import RowStore
from directory.actions.version import bump_listings_version
from directory.db import Database
from directory.geo.types import Point
from directory.matrix.statements import Statement
from directory.matrix.types import MatrixService, State
from directory.migrations.upgrade import upgrade
from directory.models.service import Service

_IDS = count(1)

PETERBOROUGH = Point(519000, 298500)
HUNTINGDON = Point(523800, 271800)


class TablePlaces:
    """A PlaceFinder that knows two postcodes and four towns, two of which share a name."""

    POSTCODES: Mapping[str, Point] = {"PE1 1QL": Point(519340, 299050), "PE28 9AA": Point(527000, 272000)}
    TOWNS: Mapping[str, Sequence[tuple[str, Point]]] = {
        "Peterborough": [("Peterborough", PETERBOROUGH)],
        "Huntingdon": [("Huntingdon", HUNTINGDON)],
        "Newport": [
            ("Newport, Isle of Wight", Point(450000, 89000)),
            ("Newport, Newport", Point(331000, 188000)),
        ],
        "Newport, Isle of Wight": [("Newport, Isle of Wight", Point(450000, 89000))],
    }

    def find_point(self, postcode: str) -> Point | None:
        return self.POSTCODES.get(postcode)

    def find_towns(self, name: str) -> Sequence[tuple[str, Point]]:
        return self.TOWNS.get(name, [])


def make_row(**what: object) -> dict[str, str]:
    """The cells of one valid row of a listings file. Each call has a new id unless one is given."""
    row = dict.fromkeys(COLUMN_NAMES, "") | {
        "id": str(next(_IDS)),
        "organisation": "Example Organisation",
        "name": "Example Service A",
        "description": "Counselling for adults who were sexually abused in childhood.",
        "status": "active",
        "listing": "listed",
        "groups": "G4",
        "support_types": "G4.6",
        "coverage": "Peterborough",
        "contact_routes": "telephone | 01632 960001 | Mo-Fr 09:00-17:00",
        "url": "https://www.example.org",
        "inclusion": "included: first profile",
        "source_name": "the service's own website",
        "source_url": "https://www.example.org/about",
        "source_date": "2025-11",
        "seen_on": "2026-11-21",
        "confidence": "high",
    }
    unknown = set(what) - set(row)
    assert not unknown, f"no such column: {unknown}"
    return row | {name: str(value) for name, value in what.items()}


def write_file(path: Path, rows: Iterable[Mapping[str, str]], *, encoding: str = "utf-8") -> Path:
    """A listings file that holds the rows."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, COLUMN_NAMES)
        writer.writeheader()
        writer.writerows(rows)
    return path


def read_file(path: Path) -> list[dict[str, str]]:
    """The rows of a file, as a spreadsheet would show them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def make_database(url: str) -> Database:
    """A database with tables and no listings."""
    database = Database(url)
    upgrade(database)
    return database


def import_rows(database: Database, path: Path, *rows: Mapping[str, str], **options: bool) -> ImportReport:
    """Write the rows into a file at `path`, and import it."""
    return import_file(database, write_file(path, rows), **options)


def import_file(database: Database, path: Path, **options: bool) -> ImportReport:
    """Import a file, as the command does."""
    with database.transaction() as session:
        bad_path = path.with_suffix(".bad.csv")
        return import_listings(session, path, TablePlaces(), bad_path=bad_path, **options)


def make_listing(database: Database, **what: object) -> int:
    """A stored service that no import wrote, as if a person had entered it. Returns its id."""
    with database.transaction() as session:
        highest = session.scalar(select(func.max(Service.id))) or 0
        row = read_row(make_row(**{"id": highest + 1} | what), 2)
        assert isinstance(row, ListingRow), [str(problem) for problem in row]
        resolved = Resolver(TablePlaces()).resolve(row, 2)
        assert isinstance(resolved, Resolved), [str(problem) for problem in resolved]
        RowStore(session).add([resolved])
        bump_listings_version(session)
    assert row.id is not None
    return row.id


def make_matrix_service(**what: object) -> MatrixService:
    """A service that makes G4.6 in person *available* in Peterborough, on the days about 26 November 2026."""
    number = next(_IDS)
    service: dict[str, object] = {
        "id": number,
        "name": f"Example Service {number}",
        "types": {"G4.6": True},
        "in_person": True,
        "remote": False,
        "authorities": frozenset({"E06000031"}),
        "free": True,
        "confirmed_on": date(2026, 11, 1),
    }
    return MatrixService(**service | what)  # type: ignore[arg-type]  # a builder takes any field


def make_statement(**what: object) -> Statement:
    """The partnership says, on 1 November 2026, that Peterborough has G2.1, in person and remote."""
    statement: dict[str, object] = {
        "id": next(_IDS),
        "area_code": "E06000031",
        "support_type": "G2.1",
        "mode": "both",
        "exists": State.AVAILABLE,
        "body": "partnership",
        "role": "partnership manager",
        "stated_on": date(2026, 11, 1),
    }
    return Statement(**statement | what)  # type: ignore[arg-type]  # a builder takes any field
