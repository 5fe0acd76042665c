"""A copy made while others write is one moment of the database, whole; and it comes back as it was."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from directory.actions.backup import MARK, check_sqlite, copy_sqlite
from directory.actions.changes.apply import apply_cells, stored_cells
from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.errors import RuleBroken
from directory.models.account import Account
from directory.models.audit import AuditEntry
from directory.models.listing_past import ListingPast
from directory.models.sign_in import SignIn
from directory.queries.listings import listings_version
from directory.reference.hours import now_utc
from tests.accounts import make_account, signed_in
from tests.builders import TablePlaces, make_database, make_listing


@pytest.fixture
def site(empty_settings: Settings) -> Flask:
    """A site with one listing, and one person signed in."""
    app = create_app(empty_settings)
    assert app.test_cli_runner().invoke(args=["database", "upgrade"]).exit_code == 0
    make_listing(app.extensions["database"])
    signed_in(app, make_account(app.extensions["database"], email="owner@example.org"))
    return app


def run(site: Flask, *arguments: object) -> Result:
    return site.test_cli_runner().invoke(args=[str(one) for one in arguments])


def note(database: Database, words: str) -> None:
    with database.transaction() as session:
        cells = {"waiting_note": words}
        apply_cells(session, 1, cells, TablePlaces(), act="noted", role="editor", now=now_utc())


@contextmanager
def writers(database: Database, count: int = 2) -> Iterator[list[int]]:
    """People who change the listing without a pause until the block ends; gives how often each has."""
    over = threading.Event()
    done = [0] * count

    def write(which: int) -> None:
        while not over.is_set():
            note(database, f"writer {which} wrote {done[which]}")
            done[which] += 1

    threads = [threading.Thread(target=write, args=(which,)) for which in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield done
    finally:
        over.set()
        for thread in threads:
            thread.join()


def moment(database: Database) -> tuple[int, int, str]:
    """The version, how many rows of history, and what the listing says: they must agree."""
    with database.reading() as session:
        acts = session.scalars(select(ListingPast).order_by(ListingPast.id)).all()
        stored = stored_cells(session, 1)["waiting_note"]
        assert not acts or acts[-1].cells.get("waiting_note", "") == stored
        return listings_version(session), len(acts), stored


def test_a_copy_made_while_others_write_is_one_moment_and_comes_back_whole(
    site: Flask, empty_settings: Settings, tmp_path: Path
) -> None:
    """Many pages, and a write every few milliseconds: a copy that began again at each would never end."""
    database: Database = site.extensions["database"]
    with database.transaction() as session:
        session.connection().exec_driver_sql("CREATE TABLE bulk (words TEXT)")
        session.connection().exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
            " INSERT INTO bulk SELECT hex(randomblob(200)) FROM n"
        )
    copy = tmp_path / "copy.backup"
    with writers(database) as done:
        before = moment(database)
        result = run(site, "backup", copy)
        after = moment(database)
    assert result.exit_code == 0, result.output
    assert sum(done) > 2
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    place = f"sqlite:///{tmp_path}/elsewhere/restored.sqlite"
    elsewhere = create_app(replace(empty_settings, database_url=place, database_read_url=place))
    result = run(elsewhere, "restore", copy)
    assert result.exit_code == 0, result.output
    restored = moment(elsewhere.extensions["database"])
    assert before[0] <= restored[0] <= after[0] and before[1] <= restored[1] <= after[1]
    # Each change adds one to the version, and one to the history but for the first, which adds two.
    assert restored[0] - before[0] == restored[1] - before[1] or before[1] == 0
    with closing(sqlite3.connect(copy)) as held, closing(sqlite3.connect(database.file or "")) as now:
        bulk = "SELECT count(*), min(words), max(words) FROM bulk"
        assert held.execute(bulk).fetchone() == now.execute(bulk).fetchone()


def test_a_copy_is_checked_and_says_what_is_in_it(site: Flask, tmp_path: Path) -> None:
    copy = tmp_path / "copy.backup"
    assert run(site, "backup", copy).exit_code == 0
    before = copy.read_bytes()
    result = run(site, "backup", "--check", copy)
    assert result.exit_code == 0, result.output
    assert "is sound" in result.output and "service 1," in result.output and "account 1," in result.output
    assert copy.read_bytes() == before and [one.name for one in tmp_path.glob("copy.backup?*")] == []


def test_a_copy_with_a_spoilt_page_is_not_called_sound_and_is_not_restored(
    site: Flask, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.backup"
    assert run(site, "backup", copy).exit_code == 0
    spoilt = bytearray(copy.read_bytes())
    for page in range(1, len(spoilt) // 4096):
        spoilt[page * 4096 + 8 : page * 4096 + 200] = os.urandom(192)
    copy.write_bytes(spoilt)
    with pytest.raises(RuleBroken):
        check_sqlite(copy)
    assert run(site, "backup", "--check", copy).exit_code == 1
    before = moment(site.extensions["database"])
    assert run(site, "restore", copy, "--replace").exit_code == 1
    assert moment(site.extensions["database"]) == before


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + b"x" * 200])
def test_what_is_no_copy_is_refused_in_words(site: Flask, tmp_path: Path, content: bytes) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_bytes(content)
    for arguments in (("backup", "--check", wrong), ("restore", wrong, "--replace")):
        result = run(site, *arguments)
        assert result.exit_code == 1 and "Traceback" not in result.output, result.output
        assert str(wrong) in result.output
    assert run(site, "backup", "--check", tmp_path / "nothing").exit_code == 1


def test_a_file_that_is_there_is_never_written_over(site: Flask, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("precious")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("there", "link"):
        result = run(site, "backup", tmp_path / name)
        assert result.exit_code == 1 and "exists" in result.output
    assert there.read_text() == "precious" and not (tmp_path / "nowhere").exists()
    assert run(site, "backup", tmp_path / "no" / "folder").exit_code == 1


def test_a_copy_that_fails_leaves_nothing_behind(site: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    (tmp_path / "no-database").write_text("hello")
    with pytest.raises(Exception, match="cannot be copied"):
        copy_sqlite(tmp_path / "no-database", folder / "copy")
    assert list(folder.iterdir()) == []


def test_a_restore_ends_what_a_copy_would_bring_back_to_life(site: Flask, tmp_path: Path) -> None:
    database: Database = site.extensions["database"]
    copy = tmp_path / "copy.backup"
    assert run(site, "backup", copy).exit_code == 0
    note(database, "written later")
    database.dispose()
    assert "is there already" in run(site, "restore", copy).output
    result = run(site, "restore", copy, "--replace")
    assert result.exit_code == 0, result.output
    assert "1 sign-ins ended" in result.output and "place again every hold" in result.output
    assert "second factors are those of the copy" in result.output
    with database.reading() as session:
        assert session.scalars(select(SignIn.id)).all() == []
        assert session.scalars(select(Account.email)).all() == ["owner@example.org"]
        assert session.scalars(select(AuditEntry.act)).all()[-1] == "restore database"
        assert stored_cells(session, 1)["waiting_note"] == ""
    (kept,) = tmp_path.glob("new.sqlite.before-*Z")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with Database(f"sqlite:///{kept}").reading() as session:
        assert stored_cells(session, 1)["waiting_note"] == "written later"
    with closing(sqlite3.connect(database.file or "")) as held:
        assert held.execute("PRAGMA application_id").fetchone() != (MARK,)


def test_nothing_is_restored_under_a_site_that_is_running(site: Flask, tmp_path: Path) -> None:
    database: Database = site.extensions["database"]
    copy = tmp_path / "copy.backup"
    assert run(site, "backup", copy).exit_code == 0
    with database.reading() as session:
        listings_version(session)
        result = run(site, "restore", copy, "--replace")
    assert result.exit_code == 1 and "Stop the site first" in result.output
    assert moment(database)[0] == 1 and list(tmp_path.glob("*.before-*")) == []


def test_a_database_too_damaged_to_open_is_replaced_and_kept(site: Flask, tmp_path: Path) -> None:
    database: Database = site.extensions["database"]
    copy = tmp_path / "copy.backup"
    assert run(site, "backup", copy).exit_code == 0
    database.dispose()
    assert database.file
    database.file.write_bytes(b"nothing of a database" * 1000)
    database.file.with_name("new.sqlite-wal").write_bytes(b"and no log")
    result = run(site, "restore", copy, "--replace")
    assert result.exit_code == 0, result.output
    assert moment(database)[0] == 1
    assert len(list(tmp_path.glob("new.sqlite.before-*Z"))) == 1


def test_an_older_copy_is_brought_up_to_the_tables_of_today(site: Flask, tmp_path: Path) -> None:
    from directory.migrations.upgrade import head, upgrade

    old = Database(f"sqlite:///{tmp_path}/old.sqlite")
    upgrade(old, "005")
    copy_sqlite(tmp_path / "old.sqlite", tmp_path / "old.backup")
    site.extensions["database"].dispose()
    assert run(site, "restore", tmp_path / "old.backup", "--replace").exit_code == 0
    assert check_sqlite(site.extensions["database"].file).version == head()


def test_old_copies_go_and_nothing_else_does(site: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    for name in ("old", "new"):
        assert run(site, "backup", folder / name).exit_code == 0
    make_database(f"sqlite:///{folder}/somebody-elses.sqlite").dispose()
    (folder / "letter.txt").write_text("hello")
    (folder / ".old.x.part").write_text("left behind")
    (folder / "linked").symlink_to(folder / "old")
    (folder / "within").mkdir()
    long_ago = (now_utc() - timedelta(days=31)).timestamp()
    for path in folder.iterdir():
        if path.name != "new":
            os.utime(path, (long_ago, long_ago), follow_symlinks=False)
    result = run(site, "backup", "--prune", folder, "--days", "30")
    assert result.exit_code == 0, result.output
    left = sorted(path.name for path in folder.iterdir())
    assert left == ["letter.txt", "linked", "new", "somebody-elses.sqlite", "within"]
    assert run(site, "backup", "--prune", folder).exit_code == 2
    assert run(site, "backup", "--prune", folder, "--days", "0").exit_code == 2


def test_what_a_restore_has_put_aside_goes_by_the_age_of_the_restore(site: Flask, tmp_path: Path) -> None:
    folder, held = tmp_path / "copies", site.extensions["database"].file
    folder.mkdir()
    assert run(site, "backup", folder / "copy").exit_code == 0
    site.extensions["database"].dispose()
    # Nobody has written for long: what was there is still put aside today.
    long_ago = (now_utc() - timedelta(days=400)).timestamp()
    os.utime(held, (long_ago, long_ago))
    assert run(site, "restore", folder / "copy", "--replace").exit_code == 0
    (aside,) = held.parent.glob(f"{held.name}.before-*")
    assert run(site, "backup", "--prune", folder, "--days", "30").exit_code == 0
    assert aside.is_file()
    older = aside.with_name(f"{held.name}.before-20200101T090000Z")
    aside.rename(older)
    os.utime(older, (long_ago, long_ago))
    in_folder = folder / older.name
    in_folder.write_bytes(older.read_bytes())
    os.utime(in_folder, (long_ago, long_ago))
    letter = held.with_name("letter.before-20200101T090000Z")
    letter.write_text("hello")
    os.utime(letter, (long_ago, long_ago))
    assert "2 copies" in run(site, "backup", "--prune", folder, "--days", "30").output
    assert not older.exists() and not in_folder.exists()
    assert letter.is_file() and held.is_file() and (folder / "copy").is_file()
