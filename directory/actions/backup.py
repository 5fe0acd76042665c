"""A copy of the whole database while it is in use, how a copy is looked over, and how old ones go.

A copy of SQLite is one file that SQLite opens by itself. It carries our mark, so that nothing else in a
folder is ever taken for one and deleted.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from directory.errors import Clash, NotFound, RuleBroken

Progress = Callable[[int, int], None]
"""Called with (pages copied, pages in all)."""

MARK = 0x5344_424B
"""What a copy has as its application_id; the database of a site has 0."""

SQLITE_START = b"SQLite format 3\0"
MARK_AT = 68
PART = ".part"
ASIDE_AT = "%Y%m%dT%H%M%SZ"
KEPT_ASIDE = re.compile(r"\.before-(?P<at>\d{8}T\d{6}Z)(?P<log>-(?:wal|shm|journal))?$")
"""What a restore calls the database that was there: its name, and when it was put aside."""
PAGES_A_STEP = 200
WAIT_S = 60.0

COUNTED = ("service", "organisation", "account", "proposed_change", "statement", "snapshot", "audit")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a copy holds. version: of its tables. rows: table → how many; a table it has not is left out."""

    version: str
    rows: dict[str, int]
    byte_count: int


def copy_sqlite(source: Path, target: Path, *, progress: Progress | None = None) -> Checked:
    """Copy the database as it stands at this moment, others writing meanwhile; look the copy over, then name it.

    The copy is its owner's alone. Raises Clash where the target exists; NotFound where the source is no
    database; OSError where the folder cannot be written. Stopped half-way it leaves only a hidden '.part'.
    """
    with written_aside(target) as part:
        copy_pages(source, part, MARK, progress)
        checked = check_sqlite(part)
    return checked


@contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """A new file beside the target, its owner's alone, which gets the target's name when all went well.

    Raises Clash where the target exists, before and after: it is never overwritten.
    """
    if target.exists() or target.is_symlink():
        raise Clash(f"{target} exists. Give a name that is not taken.")
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=PART, dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        _sync(part)
        _name_new(part, target)
        _sync(target.parent)
    finally:
        for left in (part, *(part.with_name(part.name + tail) for tail in ("-journal", "-wal", "-shm"))):
            left.unlink(missing_ok=True)


def copy_pages(source: Path, part: Path, mark: int, progress: Progress | None = None) -> None:
    """Fill an empty file with a database as it stands now. mark: MARK for a copy, 0 for a site's database.

    Raises NotFound where the source is not there, or is no database.
    """

    def told(_status: int, remaining: int, total: int) -> None:
        if progress:
            progress(total - remaining, total)

    try:
        with (
            closing(_read_only(source)) as held,
            closing(sqlite3.connect(part, isolation_level=None)) as copy,
        ):
            held.execute(f"PRAGMA busy_timeout = {int(WAIT_S * 1000)}")
            # One reading held open from the first page to the last: what others write meanwhile neither
            # gets in nor makes the copy begin again, as it else does at every write.
            held.execute("BEGIN")
            held.execute("SELECT count(*) FROM sqlite_master").fetchone()
            held.backup(copy, pages=PAGES_A_STEP, progress=told, sleep=0.001)
            # A file of its own, without a log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
            copy.execute(f"PRAGMA application_id = {mark}")
    except sqlite3.DatabaseError as problem:
        raise NotFound(f"{source} cannot be copied: {problem}.") from problem


def check_sqlite(path: Path) -> Checked:
    """Open a copy for reading only, and look over every page and every reference. Raises RuleBroken('file')."""
    try:
        with closing(_read_only(path)) as held:
            wrong = [row[0] for row in held.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
            lost = held.execute("PRAGMA foreign_key_check").fetchmany(5)
            tables = {row[0] for row in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if wrong or lost:
                raise RuleBroken(
                    "file", f"{path} is damaged: {'; '.join(wrong) or 'a row refers to nothing'}."
                )
            if "alembic_version" not in tables or "service" not in tables:
                raise RuleBroken("file", f"{path} is no database of this site.")
            version = held.execute("SELECT max(version_num) FROM alembic_version").fetchone()[0]
            rows = {
                name: held.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  # our names
                for name in COUNTED
                if name in tables
            }
    except sqlite3.DatabaseError as problem:
        raise RuleBroken("file", f"{path} cannot be read as a database: {problem}.") from problem
    return Checked(version or "", rows, path.stat().st_size)


def is_our_sqlite_copy(path: Path) -> bool:
    """Whether this file says of itself that it is a copy made here."""
    with path.open("rb") as file:
        head = file.read(MARK_AT + 4)
    return head.startswith(SQLITE_START) and int.from_bytes(head[MARK_AT:], "big") == MARK


def is_kept_aside(path: Path) -> bool:
    """Whether this is the database that a restore has put aside, or a log of one that could not be opened."""
    named = KEPT_ASIDE.search(path.name)
    if named is None:
        return False
    with path.open("rb") as file:
        return bool(named["log"]) or file.read(len(SQLITE_START)) == SQLITE_START


def old_files(
    folder: Path, days: int, now: datetime, is_ours: Callable[[Path], bool] = is_our_sqlite_copy
) -> list[Path]:
    """The copies in a folder that were made more than so many days ago, and what unfinished ones left behind.

    How old one is, is told by the time of the file; a database that was put aside is as old as that restore, however
    long nobody had written into it. Links and folders within are left alone.
    """
    before = (now - timedelta(days=days)).timestamp()
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_file() or _made_at(path) > before:
            continue
        if (path.name.startswith(".") and path.name.endswith(PART)) or is_ours(path):
            found.append(path)
    return found


def _made_at(path: Path) -> float:
    named = KEPT_ASIDE.search(path.name)
    if named is not None:
        with contextlib.suppress(ValueError):
            aside = datetime.strptime(named["at"], ASIDE_AT).replace(tzinfo=UTC)
            return max(aside.timestamp(), path.stat().st_mtime)
    return path.stat().st_mtime


def _read_only(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise NotFound(f"There is no file {path}.")
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _name_new(part: Path, target: Path) -> None:
    """Give the finished file its name, in one step and never over another file."""
    try:
        os.link(part, target)
        return
    except FileExistsError:
        raise Clash(f"{target} exists. Give a name that is not taken.") from None
    except OSError:
        # A file system without links, as on many disks for backups.
        if target.exists():
            raise Clash(f"{target} exists. Give a name that is not taken.") from None
    os.rename(part, target)


def _sync(path: Path) -> None:
    """Onto the disk; some file systems cannot for a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
