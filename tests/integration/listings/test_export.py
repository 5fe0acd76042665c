"""Exporting: the same columns, safe to open in a spreadsheet, and importing an export changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text, update

from directory.actions.confirm_listing import confirm_listing
from directory.actions.export_listings import export_listings
from directory.actions.geo_places import GeoPlaces
from directory.actions.import_listings import import_listings
from directory.actions.import_report import ImportReport
from directory.actions.listing_row import COLUMN_NAMES
from directory.config import ROOT
from directory.db import Database
from directory.geo.files import STORE_NAME
from directory.models.service import Service
from directory.queries.listings import listings_version
from tests.builders import import_file, import_rows, make_database, make_listing, make_row, read_file

SERVICES = ROOT / "data" / "services.csv"
POSTCODES = ROOT / "instance" / "postcodes"


def export(database: Database, path: Path) -> Path:
    with database.reading() as session, path.open("w", encoding="utf-8", newline="") as file:
        export_listings(session, file)
    return path


def dump(database: Database) -> list[str]:
    """Everything that is stored, as text."""
    with database.reading() as session:
        names = ("service", "organisation", "attribute", "contact_route", "location", "coverage", "inclusion")
        rows = [
            session.execute(text(f"SELECT * FROM {name}")).all()  # noqa: S608 - our own names
            for name in (*names, "confirmation", "import_record", "listings_version")
        ]
    return sorted(str(row) for table in rows for row in table)


def import_real(database: Database, path: Path) -> ImportReport:
    assert (POSTCODES / STORE_NAME).exists(), "Run `flask postcodes pack` once."
    with database.transaction() as session:
        return import_listings(session, path, GeoPlaces(POSTCODES))


def test_exporting_and_importing_the_real_listings_changes_nothing(
    either_database: Database, tmp_path: Path
) -> None:
    first = import_real(either_database, SERVICES)
    assert [str(problem) for problem in first.problems] == []
    assert first.added == first.rows == len(read_file(SERVICES))
    before = dump(either_database)
    exported = export(either_database, tmp_path / "out.csv")
    report = import_real(either_database, exported)
    assert (report.unchanged, report.changed, report.added, report.kept) == (first.rows, 0, 0, [])
    assert dump(either_database) == before
    assert export(either_database, tmp_path / "again.csv").read_bytes() == exported.read_bytes()


def test_an_export_fills_an_empty_database_with_the_same_listings(database: Database, tmp_path: Path) -> None:
    import_real(database, SERVICES)
    exported = export(database, tmp_path / "out.csv")
    other = make_database(f"sqlite:///{tmp_path}/other.sqlite")
    import_real(other, exported)
    assert export(other, tmp_path / "other.csv").read_bytes() == exported.read_bytes()
    other.dispose()


def test_an_export_has_the_columns_of_the_import(database: Database, tmp_path: Path) -> None:
    make_listing(database)
    (row,) = read_file(export(database, tmp_path / "out.csv"))
    assert tuple(row) == COLUMN_NAMES


@pytest.mark.parametrize("words", ["=1+1", "+44", "-x", "@here", "'=1", "''@x", "＝1", "'plain'", "a=b"])
def test_words_that_look_like_a_formula_go_out_as_text_and_come_back(
    words: str, database: Database, tmp_path: Path
) -> None:
    number = make_listing(database)
    with database.transaction() as session:
        session.execute(update(Service).where(Service.id == number).values(description=words))
    path = export(database, tmp_path / "out.csv")
    (row,) = read_file(path)
    assert row["description"][0] not in "=+-@＝"
    report = import_file(database, path)
    assert (report.problem_count, report.unchanged, report.kept) == (0, 1, [])


def test_a_confirmation_goes_out_and_comes_back(database: Database, tmp_path: Path) -> None:
    row = make_row(id=1)
    import_rows(database, tmp_path / "a.csv", row)
    with database.transaction() as session:
        confirm_listing(session, 1, role="service manager", on=date(2026, 11, 1), today=date(2026, 11, 2))
    path = export(database, tmp_path / "out.csv")
    (exported,) = read_file(path)
    assert (exported["last_confirmed"], exported["confirmed_by"]) == ("2026-11-01", "service manager")
    assert import_file(database, path).unchanged == 1
    # A file from before the confirmation says nothing about it, and takes nothing away.
    assert import_rows(database, tmp_path / "a.csv", row).unchanged == 1
    with database.reading() as session:
        assert listings_version(session) == 2


def test_an_empty_directory_exports_its_header(database: Database, tmp_path: Path) -> None:
    path = export(database, tmp_path / "out.csv")
    assert path.read_text(encoding="utf-8") == ",".join(COLUMN_NAMES) + "\n"
