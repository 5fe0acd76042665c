"""Importing: new rows, changed rows, rows people have changed, rows that cannot be taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from directory.db import Database
from directory.models.service import Service
from directory.models.tables import METADATA
from directory.queries.listings import get_listing, index_listings, listings_version
from tests.builders import import_file, import_rows, make_listing, make_row, read_file, write_file


def counts(database: Database) -> dict[str, int]:
    """Rows of every table."""
    with database.reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in METADATA.tables.items()
        }


def version(database: Database) -> int:
    with database.reading() as session:
        return listings_version(session)


def person_changes(database: Database, number: int, **values: object) -> None:
    """What a moderator's page will do one day."""
    with database.transaction() as session:
        session.execute(update(Service).where(Service.id == number).values(**values))


def test_an_empty_database_takes_every_row(either_database: Database, tmp_path: Path) -> None:
    report = import_rows(
        either_database, tmp_path / "a.csv", make_row(id=7, name="Example Service A"), make_row(id=9)
    )
    assert (report.rows, report.added, report.problem_count, report.written) == (2, 2, 0, True)
    assert version(either_database) == 1
    with either_database.reading() as session:
        listing = get_listing(session, 7)
        assert (listing.name, listing.organisation) == ("Example Service A", "Example Organisation")
        assert listing.authorities == {"E06000031"}
        assert listing.contact_routes[0].href == "tel:01632960001"


def test_importing_the_same_file_again_changes_nothing(either_database: Database, tmp_path: Path) -> None:
    path = write_file(tmp_path / "a.csv", [make_row(), make_row(locations="town | Huntingdon")])
    import_file(either_database, path)
    report = import_file(either_database, path)
    assert (report.unchanged, report.added, report.changed, report.kept) == (2, 0, 0, [])
    assert version(either_database) == 1


def test_fields_that_the_file_changes_are_changed(either_database: Database, tmp_path: Path) -> None:
    row = make_row(id=1, locations="town | Huntingdon")
    import_rows(either_database, tmp_path / "a.csv", row)
    later = row | {
        "name": "Example Service B",
        "contact_routes": "email | help@example.org",
        "coverage": "Wales",
        "locations": "exact | Peterborough | PE1 1QL",
        "groups": "G4;G2?",
    }
    report = import_rows(either_database, tmp_path / "b.csv", later)
    assert report.changed_fields == {
        "name": 1, "contact_routes": 1, "coverage": 1, "locations": 1, "groups": 1
    }  # fmt: skip
    assert version(either_database) == 2
    with either_database.reading() as session:
        listing = get_listing(session, 1)
    assert listing.name == "Example Service B"
    assert [route.value for route in listing.contact_routes] == ["help@example.org"]
    assert (listing.nations, listing.authorities) == ({"W92000004"}, frozenset())
    assert [(place.precision, place.postcode) for place in listing.places] == [("exact", "PE1 1QL")]
    assert listing.shown_groups == {"adult-survivors"} and listing.possible_groups == {"children"}


def test_what_a_person_has_changed_is_kept_and_reported(either_database: Database, tmp_path: Path) -> None:
    row = make_row(id=1, referral_note="Ring first.")
    import_rows(either_database, tmp_path / "a.csv", row)
    person_changes(either_database, 1, description="As the service told us.")
    later = row | {"description": "As the file says.", "referral_note": "Write first."}
    for _again in range(2):
        report = import_rows(either_database, tmp_path / "b.csv", later)
        assert [(kept.column, kept.in_file, kept.here) for kept in report.kept] == [
            ("description", "As the file says.", "As the service told us.")
        ]
    with either_database.reading() as session:
        listing = get_listing(session, 1)
    assert (listing.description, listing.referral_note) == ("As the service told us.", "Write first.")


def test_a_field_follows_the_file_again_once_a_person_has_put_it_back(
    database: Database, tmp_path: Path
) -> None:
    row = make_row(id=1)
    import_rows(database, tmp_path / "a.csv", row)
    person_changes(database, 1, description="As the service told us.")
    person_changes(database, 1, description=row["description"])
    report = import_rows(database, tmp_path / "b.csv", row | {"description": "As the file says."})
    assert report.changed_fields == {"description": 1} and not report.kept


def test_an_exported_change_does_not_let_an_old_file_overwrite_it(database: Database, tmp_path: Path) -> None:
    row = make_row(id=1)
    import_rows(database, tmp_path / "a.csv", row)
    person_changes(database, 1, description="As the service told us.")
    import_rows(database, tmp_path / "b.csv", row | {"description": "As the service told us."})
    report = import_rows(database, tmp_path / "a.csv", row)
    assert [kept.here for kept in report.kept] == ["As the service told us."]


def test_a_service_entered_by_a_person_is_never_overwritten(database: Database, tmp_path: Path) -> None:
    number = make_listing(database, description="As a person wrote it.")
    report = import_rows(database, tmp_path / "a.csv", make_row(id=number, description="As the file says."))
    assert (report.changed, [kept.column for kept in report.kept]) == (0, ["description"])


def test_a_changed_value_that_clashes_with_a_persons_is_a_problem(database: Database, tmp_path: Path) -> None:
    row = make_row(id=1, minimum_age=10, maximum_age=17)
    import_rows(database, tmp_path / "a.csv", row)
    person_changes(database, 1, minimum_age=16)
    report = import_rows(database, tmp_path / "b.csv", row | {"maximum_age": "12"})
    assert not report.written and "above the maximum age" in str(report.problems[0])


def test_listings_missing_from_the_file_are_left_alone(database: Database, tmp_path: Path) -> None:
    import_rows(database, tmp_path / "a.csv", make_row(id=1), make_row(id=2))
    report = import_rows(database, tmp_path / "b.csv", make_row(id=3))
    assert report.missing == 2 and counts(database)["service"] == 3


def test_a_dry_run_reports_the_same_and_changes_nothing(database: Database, tmp_path: Path) -> None:
    row = make_row(id=1)
    import_rows(database, tmp_path / "a.csv", row, make_row(id=2))
    person_changes(database, 1, url="https://www.example.org/new")
    changed = [
        row | {"name": "Example Service B", "url": "https://www.example.org/other"},
        make_row(id="", name="Example Service C"),
    ]
    before = counts(database), version(database)
    tried = import_rows(database, tmp_path / "b.csv", *changed, dry_run=True)
    assert (counts(database), version(database)) == before
    done = import_rows(database, tmp_path / "b.csv", *changed)
    assert (tried.written, done.written) == (False, True)
    for name in ("rows", "added", "changed", "changed_fields", "kept", "given_ids", "missing", "problems"):
        assert getattr(tried, name) == getattr(done, name), name


def test_nothing_is_changed_unless_every_row_is_good(either_database: Database, tmp_path: Path) -> None:
    before = counts(either_database)
    report = import_rows(either_database, tmp_path / "a.csv", make_row(), make_row(minimum_age="ten"))
    assert (report.bad_rows, report.written) == (1, False)
    assert counts(either_database) == before and version(either_database) == 0
    assert not (tmp_path / "a.bad.csv").exists()


def test_bad_rows_go_into_a_file_that_can_be_mended_and_imported(database: Database, tmp_path: Path) -> None:
    bad = make_row(id=5, minimum_age="ten", description="=cmd|' /C calc'!A0")
    report = import_rows(database, tmp_path / "a.csv", make_row(id=4), bad, skip_bad=True)
    assert (report.added, report.bad_rows, report.written) == (1, 1, True)
    (row,) = read_file(tmp_path / "a.bad.csv")
    assert row["description"].startswith("'=cmd")
    assert "minimum_age ‘ten’" in row["problems"] and "formula" in row["problems"]
    mended = (tmp_path / "a.bad.csv").read_text(encoding="utf-8-sig").replace("ten,", "10,")
    (tmp_path / "mended.csv").write_text(
        mended.replace("'=cmd|' /C calc'!A0", "Counselling."), encoding="utf-8"
    )
    assert import_file(database, tmp_path / "mended.csv").added == 1


def test_a_row_without_an_id_gets_the_next_free_one(database: Database, tmp_path: Path) -> None:
    rows = [
        make_row(id="", name="Example Service X"),
        make_row(id=40),
        make_row(id="", name="Example Service Y"),
    ]
    report = import_rows(database, tmp_path / "a.csv", *rows)
    assert report.given_ids == [(2, 41), (4, 42)]
    with database.reading() as session:
        assert get_listing(session, 42).name == "Example Service Y"


def test_two_rows_of_one_organisation_share_it(database: Database, tmp_path: Path) -> None:
    import_rows(database, tmp_path / "a.csv", make_row(), make_row(), make_row(organisation="Example Other"))
    assert counts(database)["organisation"] == 2


def test_support_types_follow_from_the_sources_words_where_none_are_given(
    database: Database, tmp_path: Path
) -> None:
    row = make_row(id=1, groups="", support_types="", source_types="helpline", source_groups="children")
    import_rows(database, tmp_path / "a.csv", row)
    with database.reading() as session:
        listing = get_listing(session, 1)
    assert {(tag.code, tag.is_certain) for tag in listing.support_types} == {("G2.2", True), ("G1.2", False)}
    assert {(tag.code, tag.is_certain) for tag in listing.groups} == {("G2", True), ("G1", False)}


def test_codes_are_read_however_they_are_spelled(database: Database, tmp_path: Path) -> None:
    row = make_row(id=1, modes="In_Person; REMOTE", contact_routes="Web-Chat | https://www.example.org/chat")
    import_rows(database, tmp_path / "a.csv", row)
    with database.reading() as session:
        listing = get_listing(session, 1)
    assert (listing.modes, listing.contact_routes[0].kind) == (("in-person", "remote"), "web chat")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_byte_order_mark_makes_no_difference(encoding: str, database: Database, tmp_path: Path) -> None:
    path = write_file(tmp_path / "a.csv", [make_row(id=1, name="Cymorth Ŵyna")], encoding=encoding)
    assert import_file(database, path).problem_count == 0
    with database.reading() as session:
        assert index_listings(session)[0].name == "Cymorth Ŵyna"
