"""The place of a confidential service leaves the database in no form."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from directory.db import Database
from directory.models.location import Location
from directory.queries.listings import get_listing, index_listings
from directory.queries.organisations import get_organisation
from tests.builders import HUNTINGDON, import_file, import_rows, make_listing, make_row
from tests.integration.listings.test_export import export

# Why each is confidential; the place is given in each way a file can give one.
CONFIDENTIAL = [
    {"confidential": "yes"},
    {"groups": "G8", "support_types": "G8.6"},
    {"groups": "G7?;G4", "support_types": "G4.6"},
    {"groups": "G2", "support_types": "G2.13?"},
    {"name": "Example Refuge"},
]
PLACES = ["exact | Huntingdon | PE28 9AA | by the river", "town | Huntingdon | | by the river",
          "confidential | Huntingdon | | by the river"]  # fmt: skip
TELLING = ("Huntingdon", "PE28 9AA", "by the river", str(HUNTINGDON.easting_m), "527000")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("why", CONFIDENTIAL)
def test_it_is_in_no_index_page_or_export(
    why: dict[str, str], place: str, database: Database, tmp_path: Path
) -> None:
    report = import_rows(database, tmp_path / "a.csv", make_row(id=1, locations=place, **why))
    assert report.problem_count == 0, str(report.problems)
    with database.reading() as session:
        stored = session.scalars(select(Location)).one()
        assert (stored.town, stored.is_confidential, stored.easting_m) == ("Huntingdon", True, None)
        (listing,) = index_listings(session)
        page = get_listing(session, 1)
        organisation = get_organisation(session, page.organisation_id)
    assert listing.spots == () and page.places == () and page.is_confidential
    told = (
        repr(listing) + repr(page) + repr(organisation) + export(database, tmp_path / "out.csv").read_text()
    )
    assert [word for word in TELLING if word in told] == []


def test_importing_an_export_does_not_lose_it(database: Database, tmp_path: Path) -> None:
    row = make_row(id=1, confidential="yes", locations=PLACES[0])
    import_rows(database, tmp_path / "a.csv", row)
    path = export(database, tmp_path / "out.csv")
    assert import_file(database, path).unchanged == 1
    with database.reading() as session:
        assert session.scalars(select(Location)).one().postcode == "PE28 9AA"


def test_one_confidential_place_hides_itself_and_not_its_neighbour(
    database: Database, tmp_path: Path
) -> None:
    make_listing(database, id=1, locations="town | Peterborough\nconfidential | Huntingdon")
    with database.reading() as session:
        assert [place.town for place in get_listing(session, 1).places] == ["Peterborough"]
    assert "Huntingdon" not in export(database, tmp_path / "out.csv").read_text()


def test_an_organisation_may_show_its_own_place(database: Database) -> None:
    make_listing(database, id=1, confidential="no", name="Example Refuge", locations=PLACES[0])
    with database.reading() as session:
        assert get_listing(session, 1).places[0].postcode == "PE28 9AA"


def test_a_place_that_becomes_confidential_loses_its_point(database: Database, tmp_path: Path) -> None:
    row = make_row(id=1, locations=PLACES[0])
    import_rows(database, tmp_path / "a.csv", row)
    import_rows(database, tmp_path / "b.csv", row | {"confidential": "yes"})
    with database.reading() as session:
        stored = session.scalars(select(Location)).one()
        assert (stored.is_confidential, stored.easting_m, stored.northing_m) == (True, None, None)
        assert get_listing(session, 1).places == ()


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("description", "Counselling at PE28 9AA."),
        ("source_note", "Their page gives pe289aa."),
        ("contact_routes", "email | a@example.org | | write to PE28 9AA"),
        ("contact_routes", "walk-in | 1 Example Street"),
    ],
)
def test_a_confidential_service_may_not_tell_its_place_in_words(
    column: str, cell: str, database: Database, tmp_path: Path
) -> None:
    report = import_rows(database, tmp_path / "a.csv", make_row(confidential="yes", **{column: cell}))
    assert [problem.column for problem in report.problems] == [column]
    assert "confidential" in str(report.problems[0]) and "PE28" not in str(report.problems[0])


def test_a_place_that_a_person_changed_is_kept_and_not_told_on_the_screen(
    database: Database, tmp_path: Path
) -> None:
    make_listing(database, id=1, confidential="yes", locations=PLACES[0])
    row = make_row(id=1, confidential="yes", locations="town | Peterborough")
    report = import_rows(database, tmp_path / "a.csv", row)
    assert [kept.column for kept in report.kept] == ["locations"]
    assert [word for word in TELLING if word in str(report.kept[0])] == []
