"""A rule that becomes stricter, or towns and areas that move, reach the services that are stored already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from directory.actions import resolve
from directory.actions.reapply_confidentiality import Hidden, reapply_confidentiality
from directory.db import Database
from directory.geo.types import Point
from directory.models.location import Location
from directory.models.service import Service
from directory.queries.listings import get_listing, index_listings, listings_version
from tests.builders import TablePlaces, import_file, import_rows, make_listing, make_row, write_file
from tests.integration.listings.test_export import export

PLACE = "exact | Huntingdon | PE28 9AA | by the river"


@contextmanager
def lax_rule() -> Iterator[None]:
    """As if no rule made anything confidential but the word of the organisation."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(resolve, "is_confidential", lambda **facts: facts["said"] is True)
        yield


def told(database: Database) -> str:
    """All that index, page and map get of service 1."""
    with database.reading() as session:
        return repr(index_listings(session)) + repr(get_listing(session, 1))


def version(database: Database) -> int:
    with database.reading() as session:
        return listings_version(session)


def stored_points(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(Location.easting_m))) or 0


def test_the_same_file_again_hides_what_has_become_confidential(
    either_database: Database, tmp_path: Path
) -> None:
    path = write_file(tmp_path / "a.csv", [make_row(id=1, name="Example Refuge", locations=PLACE)])
    with lax_rule():
        import_file(either_database, path)
        assert "PE28 9AA" in told(either_database)
    tried = import_file(either_database, path, dry_run=True)
    report = import_file(either_database, path)
    for one in (tried, report):
        assert (one.changed, one.unchanged, set(one.changed_fields)) == (1, 0, {"confidential", "locations"})
    assert "PE28 9AA" not in told(either_database) and "Huntingdon" not in told(either_database)
    assert (version(either_database), stored_points(either_database)) == (2, 0)
    again = import_file(either_database, path)
    assert (again.changed, again.unchanged, version(either_database)) == (0, 1, 2)


def test_a_change_that_only_follows_does_not_touch_what_a_person_wrote(
    database: Database, tmp_path: Path
) -> None:
    row = make_row(id=1, name="Example Refuge", locations=PLACE)
    with lax_rule():
        import_rows(database, tmp_path / "a.csv", row)
    with database.transaction() as session:
        session.execute(update(Service).values(description="As a person wrote it."))
    report = import_rows(database, tmp_path / "a.csv", row)
    assert [kept.column for kept in report.kept] == ["description"] and report.changed == 1
    assert "As a person wrote it." in told(database) and "PE28" not in told(database)


def test_a_service_entered_by_a_person_is_hidden_by_an_import_too(database: Database, tmp_path: Path) -> None:
    with lax_rule():
        make_listing(database, id=1, name="Example Refuge", locations=PLACE)
    row = make_row(id=1, name="Example Refuge", locations=PLACE)
    assert import_rows(database, tmp_path / "a.csv", row).changed == 1
    assert "PE28" not in told(database) and stored_points(database) == 0


def test_words_of_a_person_that_tell_the_place_do_not_keep_it_from_being_hidden(
    database: Database, tmp_path: Path
) -> None:
    row = make_row(id=1, name="Example Refuge", locations=PLACE)
    with lax_rule():
        import_rows(database, tmp_path / "a.csv", row)
    with database.transaction() as session:
        session.execute(update(Service).values(description="Ask at PE28 9AA."))
    report = import_rows(database, tmp_path / "a.csv", row)
    assert (report.written, report.changed) == (True, 1) and stored_points(database) == 0


def test_a_rule_that_becomes_laxer_shows_the_place_when_the_file_comes_again(
    database: Database, tmp_path: Path
) -> None:
    path = write_file(tmp_path / "a.csv", [make_row(id=1, name="Example Refuge", locations=PLACE)])
    import_file(database, path)
    with lax_rule():
        assert import_file(database, path).changed == 1
    assert "PE28 9AA" in told(database)


def test_a_point_or_an_area_that_has_moved_is_a_change(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_file(tmp_path / "a.csv", [make_row(id=1, locations=PLACE), make_row(id=2)])
    import_file(database, path)
    monkeypatch.setattr(TablePlaces, "POSTCODES", {"PE28 9AA": Point(527100, 272100)})
    report = import_file(database, path)
    assert (report.changed, report.unchanged, report.changed_fields) == (1, 1, {"locations": 1})
    assert "527100" in told(database)
    real = resolve.read_coverage
    resolve._coverage.cache_clear()
    monkeypatch.setattr(
        resolve, "read_coverage", lambda text: replace(real(text), authorities=frozenset({"E07000011"}))
    )
    try:
        assert import_file(database, path).changed_fields == {"coverage": 2}
    finally:
        resolve._coverage.cache_clear()
    assert "E07000011" in told(database)


def reapply(database: Database) -> list[Hidden]:
    with database.transaction() as session:
        return reapply_confidentiality(session)


@pytest.mark.parametrize(
    "why",
    [
        {"name": "Example Refuge"},
        {"alternate_name": "Lloches Enghraifft"},
        {"organisation": "Example Refuges"},
        {"description": "Refuge for women."},
        {"groups": "G4;G8?"},
        {"groups": "G2", "support_types": "G2.13"},
    ],
)
def test_the_rule_reaches_stored_services_without_a_file(
    why: dict[str, str], either_database: Database, tmp_path: Path
) -> None:
    with lax_rule():
        make_listing(either_database, id=1, locations=PLACE + "\ntown | Peterborough", **why)
        make_listing(either_database, id=2, locations=PLACE)
    assert [hidden.service_id for hidden in reapply(either_database)] == [1]
    with either_database.reading() as session:
        assert get_listing(session, 1).places == () and get_listing(session, 1).is_confidential
        assert [place.postcode for place in get_listing(session, 2).places] == ["PE28 9AA"]
        hidden = session.scalars(select(Location.is_confidential).where(Location.service_id == 1)).all()
        assert hidden == [True, True]
    assert (stored_points(either_database), version(either_database)) == (1, 3)
    assert reapply(either_database) == [] and version(either_database) == 3


def test_what_the_organisation_says_still_wins(database: Database) -> None:
    make_listing(database, id=1, name="Example Refuge", confidential="no", locations=PLACE)
    assert reapply(database) == [] and "PE28 9AA" in told(database)


def test_it_says_which_cells_still_tell_the_place_and_not_what_they_say(database: Database) -> None:
    with lax_rule():
        make_listing(
            database,
            id=1,
            name="Example Refuge",
            locations=PLACE,
            description="Rooms in Huntingdon.",
            contact_routes="walk-in | Mondays",
        )
    (hidden,) = reapply(database)
    assert hidden == Hidden(1, ("contact_routes", "description"))
    assert "Huntingdon" not in str(hidden) and "description" in str(hidden)


def test_a_point_that_is_left_on_a_confidential_service_is_taken_away(database: Database) -> None:
    make_listing(database, id=1, locations=PLACE)
    with database.transaction() as session:
        session.execute(update(Service).values(is_confidential=True))
    assert [hidden.service_id for hidden in reapply(database)] == [1] and stored_points(database) == 0


def test_an_export_and_its_import_are_the_same_after_it(database: Database, tmp_path: Path) -> None:
    with lax_rule():
        make_listing(database, id=1, name="Example Refuge", locations=PLACE)
    reapply(database)
    report = import_file(database, export(database, tmp_path / "out.csv"))
    assert (report.unchanged, report.kept, version(database)) == (1, [], 2)
