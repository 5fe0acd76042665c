"""Snapshots in the database: one for each content, one for each week, and no confidential place in any."""

from __future__ import annotations

import json
import multiprocessing
import zlib
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from directory.actions.take_snapshot import SnapshotKeeper, iso_week, take_snapshot
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.jobs.weekly_snapshot import take_weekly_snapshot
from directory.models.tables import Snapshot
from directory.queries.current_matrix import CurrentMatrix, MatrixWorld
from directory.queries.snapshot_content import digits_of, table_texts
from directory.queries.snapshots import SnapshotWorlds, has_week, list_snapshots, open_snapshot
from tests.builders import HUNTINGDON, import_rows, make_database, make_listing, make_row
from tests.integration.listings.test_confidential_places import CONFIDENTIAL, PLACES
from tests.integration.matrix.conftest import Importer

TODAY = date(2026, 11, 26)
PLACE_WORDS = ("Huntingdon", "PE28 9AA", "PE289AA", "by the river")
PLACE_POINT = (HUNTINGDON.easting_m, HUNTINGDON.northing_m, 527000, 272000)


def world_on(database: Database, day: date = TODAY) -> MatrixWorld:
    with database.reading() as session:
        return CurrentMatrix(180).get(session, day)


def take(database: Database, *, day: date = TODAY, reason: str = "command") -> tuple[int, bool]:
    world = world_on(database, day)
    with database.transaction() as session:
        taken = take_snapshot(session, world, reason=reason)
    return taken.number, taken.is_new


def count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Snapshot)) or 0


def test_the_same_content_is_stored_once_and_opens_to_the_same_states(either_database: Database) -> None:
    make_listing(either_database, coverage="Peterborough", modes="in-person")
    world = world_on(either_database)
    first, again = take(either_database), take(either_database, reason="asked")
    assert again == (first[0], False)
    make_listing(either_database, coverage="Fenland")
    second, is_new = take(either_database)
    assert is_new and second != first[0]
    with either_database.reading() as session:
        opened = open_snapshot(session, first[0])
        newest = list_snapshots(session, most=10)
    assert digits_of(opened.world) == digits_of(world)
    assert opened.agrees and opened.world.services == world.services
    assert [(one.id, one.services, one.reason) for one in newest] == [
        (second, 2, "command"),
        (first[0], 1, "command"),
    ]
    assert newest[1].taken_at.tzinfo is not None


def test_another_day_is_another_snapshot_and_the_list_goes_back(database: Database) -> None:
    numbers = [take(database, day=date(2026, 11, day))[0] for day in (1, 2, 3)]
    assert numbers == sorted(set(numbers))
    with database.reading() as session:
        assert [one.id for one in list_snapshots(session, most=1, before=numbers[2])] == [numbers[1]]


def test_a_snapshot_that_is_not_there_is_said_to_be_missing(database: Database) -> None:
    with database.reading() as session, pytest.raises(NotFound):
        open_snapshot(session, 1)


def test_a_reason_that_is_none_is_refused(database: Database) -> None:
    with pytest.raises(RuleBroken, match="no reason"):
        take(database, reason="whim")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("why", CONFIDENTIAL)
def test_no_confidential_place_is_in_a_snapshot(
    why: dict[str, str], place: str, database: Database, tmp_path: Path
) -> None:
    import_rows(database, tmp_path / "a.csv", make_row(id=1, locations=place, modes="in-person", **why))
    number, _is_new = take(database)
    with database.reading() as session:
        stored = session.get_one(Snapshot, number).content
    content = json.loads(zlib.decompress(stored))
    (service,) = content["services"]
    assert service["is_confidential"] is True and service["points"] == []
    # The authorities' names and the tables that ship say nothing of a listing.
    assert content["texts"] == table_texts()
    told = json.dumps({name: part for name, part in content.items() if name not in ("authorities", "texts")})
    named = [word for word in PLACE_WORDS if word in told]
    assert named == []
    assert [number for number in PLACE_POINT if str(number) in told] == []


def test_a_place_that_becomes_confidential_is_in_no_snapshot_that_is_opened(
    database: Database, tmp_path: Path
) -> None:
    row = make_row(id=1, locations=PLACES[0], modes="in-person")
    import_rows(database, tmp_path / "a.csv", row)
    number, _is_new = take(database)
    worlds = SnapshotWorlds()
    with database.reading() as session:
        (open_one,) = worlds.get(session, number).world.services
    assert open_one.points != ()
    import_rows(database, tmp_path / "b.csv", row | {"confidential": "yes"})
    with database.reading() as session:
        (hidden,) = worlds.get(session, number).world.services
    assert hidden.points == ()


def test_a_weekly_snapshot_stands_for_its_week_once(database: Database) -> None:
    matrix = CurrentMatrix(180)
    take_weekly_snapshot(database, matrix, TODAY)
    make_listing(database)
    take_weekly_snapshot(database, matrix, date(2026, 11, 29))
    assert count(database) == 1
    take_weekly_snapshot(database, matrix, date(2026, 11, 30))
    with database.reading() as session:
        assert [one.iso_week for one in list_snapshots(session, most=10)] == ["2026-W49", "2026-W48"]
        assert not has_week(session, "2026-W50")


def test_a_snapshot_that_was_asked_for_may_stand_for_its_week_too(either_database: Database) -> None:
    number, _is_new = take(either_database, reason="asked")
    assert take(either_database, reason="weekly") == (number, False)
    with either_database.reading() as session:
        (one,) = list_snapshots(session, most=10)
    assert (one.reason, one.iso_week) == ("asked", "2026-W48")


@pytest.mark.parametrize(
    ("day", "week"),
    [(date(2026, 11, 26), "2026-W48"), (date(2027, 1, 1), "2026-W53"), (date(2024, 12, 30), "2025-W01")],
)
def test_weeks_are_those_of_iso_8601(day: date, week: str) -> None:
    assert iso_week(day) == week


def _work(url: str, start: object, results: object) -> None:
    database = Database(url)
    start.wait()  # type: ignore[attr-defined]  # a Barrier of another process
    try:
        take_weekly_snapshot(database, CurrentMatrix(180), TODAY)
        results.put("done")  # type: ignore[attr-defined]  # a Queue of another process
    except Exception as problem:
        results.put(repr(problem))  # type: ignore[attr-defined]  # a Queue of another process


@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
def test_four_processes_take_one_weekly_snapshot(
    on: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/four.sqlite" if on == "sqlite" else request.getfixturevalue("postgres_url")
    database = make_database(url)
    make_listing(database)
    spawn = multiprocessing.get_context("spawn")
    start, results = spawn.Barrier(4), spawn.Queue()
    workers = [spawn.Process(target=_work, args=(url, start, results)) for _ in range(4)]
    for worker in workers:
        worker.start()
    done = [results.get(timeout=120) for _ in workers]
    for worker in workers:
        worker.join(timeout=60)
    assert done == ["done"] * 4
    with database.reading() as session:
        assert [one.iso_week for one in list_snapshots(session, most=10)] == ["2026-W48"]
    database.dispose()


def test_two_writers_that_both_found_nothing_end_with_one_row(either_database: Database) -> None:
    world = world_on(either_database)
    asked: list[int] = []

    with either_database.transaction() as session:
        first = take_snapshot(session, world, reason="asked")

    class Blind(Session):
        """Finds nothing the first time, as a writer does whose rival has not yet committed."""

        def scalar(self, *arguments: object, **options: object) -> object:  # type: ignore[override]  # a double
            asked.append(1)
            return None if len(asked) == 1 else super().scalar(*arguments, **options)

    with Blind(either_database.engine) as session, session.begin():
        assert take_snapshot(session, world, reason="asked").number == first.number
    assert count(either_database) == 1


def test_a_page_gets_its_number_once_and_then_for_nothing(database: Database) -> None:
    keeper, world = SnapshotKeeper(database), world_on(database)
    first = keeper.number(world)
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    assert keeper.number(world) == first
    assert statements == []
    assert SnapshotKeeper(database).number(world) == first and count(database) == 1


def test_where_nothing_can_be_written_a_page_goes_without_an_address(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = world_on(database)

    def locked(*_arguments: object, **_options: object) -> None:
        raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))

    monkeypatch.setattr(database, "transaction", locked)
    keeper = SnapshotKeeper(database)
    assert keeper.number(world) is None
    monkeypatch.undo()
    assert keeper.number(world) == 1


def test_the_commands_take_and_list_them(small_app: Flask, listings: Importer) -> None:
    listings(make_row(id=1))
    run = small_app.test_cli_runner().invoke
    assert (
        "Snapshot 1 was taken: 1 service. It stands for week"
        in run(args=["snapshots", "take", "--weekly"]).output
    )
    assert "Nothing has changed since snapshot 1" in run(args=["matrix", "snapshot"]).output
    (line,) = run(args=["snapshots", "list"]).output.splitlines()
    assert line.split("\t")[0] == "1" and line.split("\t")[3:5] == ["weekly", "1 service"]
