"""`flask backup` and `flask restore`: a copy of everything while the site runs, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext
from sqlalchemy import inspect
from tqdm import tqdm

from directory.actions import backup_postgres as postgres
from directory.actions.backup import (
    Checked,
    Progress,
    check_sqlite,
    copy_sqlite,
    is_kept_aside,
    is_our_sqlite_copy,
    old_files,
)
from directory.actions.restore import Aftermath, after_restore, restore_sqlite
from directory.cli.writing import database
from directory.errors import Clash, NotFound, RuleBroken
from directory.migrations.upgrade import upgrade
from directory.reference.hours import now_utc

if TYPE_CHECKING:
    from directory.db import Database

FILE = click.Path(path_type=Path)


@click.command("backup")
@click.argument("path", type=FILE, metavar="FILE")
@click.option("--check", is_flag=True, help="Look over a copy that was made, and say what is in it.")
@click.option("--prune", is_flag=True, help="Delete the copies in the folder FILE that are too old.")
@click.option("--days", type=click.IntRange(min=1), help="With --prune: how many days a copy is kept.")
@with_appcontext
def backup(path: Path, check: bool, prune: bool, days: int | None) -> None:
    """Copy the whole database into FILE while the site goes on; only its owner can read it.

    It holds accounts and places that must stay confidential: keep it as safe as the database itself.
    """
    if check and prune or (prune != (days is not None)):
        raise click.UsageError("Give FILE, or --check FILE, or --prune FOLDER with --days.")
    with _told():
        if check:
            _check(path)
        elif prune:
            _prune(path, days or 0)
        else:
            _copy(path)


@click.command("restore")
@click.argument("path", type=FILE, metavar="FILE")
@click.option(
    "--replace", is_flag=True, help="Put it in the place of a database that is there, which is kept."
)
@with_appcontext
def restore(path: Path, replace: bool) -> None:
    """Make FILE, a copy by `flask backup`, the database of this site. Stop the site first."""
    held, now = database(), now_utc()
    told: list[Aftermath] = []

    def finish(restored: Database) -> None:
        upgrade(restored)
        with restored.transaction() as session:
            told.append(after_restore(session, now))

    with _told():
        if held.file is None:
            _fill_postgres(held, path)
            with _not_to_be_used_before_its_end():
                finish(held)
            kept = None
        else:
            with _bar("Restoring") as progress:
                kept = restore_sqlite(
                    path, held.file, replace=replace, now=now, finish=finish, progress=progress
                )
    _tell(told[0], kept)


def _copy(path: Path) -> None:
    held = database()
    if held.dialect_name == "postgresql":
        postgres.copy_postgres(held.engine.url, path)
        click.echo(f"{path}: {path.stat().st_size:,} bytes.")
        return
    if held.file is None:
        raise NotFound("The database is in memory, so there is nothing to copy.")
    with _bar("Copying") as progress:
        checked = copy_sqlite(held.file, path, progress=progress)
    click.echo(f"{path}: {_words(checked)}")


def _check(path: Path) -> None:
    if not path.is_file():
        raise NotFound(f"There is no file {path}.")
    if postgres.is_postgres_dump(path):
        tables = postgres.check_postgres(path)
        click.echo(f"{path} can be read: {path.stat().st_size:,} bytes, {len(tables):,} tables.")
    else:
        click.echo(f"{path} is sound: {_words(check_sqlite(path))}")


def _prune(folder: Path, days: int) -> None:
    if not folder.is_dir():
        raise NotFound(f"There is no folder {folder}.")
    found = old_files(
        folder,
        days,
        now_utc(),
        lambda path: is_our_sqlite_copy(path) or postgres.is_our_dump(path) or is_kept_aside(path),
    )
    if (file := database().file) is not None and file.parent.resolve() != folder.resolve():
        # What a restore has put aside lies beside the database, where nobody looks for copies.
        beside = f"{file.name}.before-"
        found += old_files(
            file.parent, days, now_utc(), lambda path: path.name.startswith(beside) and is_kept_aside(path)
        )
    for path in found:
        path.unlink()
        click.echo(f"{path} deleted.")
    click.echo(f"{len(found):,} copies older than {days:,} days deleted.")


def _fill_postgres(database: Database, path: Path) -> None:
    """Into an empty database alone: the one that is there stays as it is, under its own name."""
    if database.dialect_name != "postgresql":
        raise NotFound("The database is in memory, so nothing can be restored into it.")
    with database.reading() as session:
        if inspect(session.connection()).get_table_names():
            raise Clash(
                "The database has tables already. Make an empty one (createdb), let DATABASE_URL name it, and"
                " restore into that; the one that is there stays as it is."
            )
    database.dispose()
    click.echo(
        "Let no site use this database until this says ‘Restored’: its sign-ins and mail are those of the copy.",
        err=True,
    )
    postgres.fill_postgres(database.engine.url, path)


@contextmanager
def _not_to_be_used_before_its_end() -> Iterator[None]:
    """PostgreSQL's program has filled the database, which cannot be taken back together with what follows."""
    try:
        yield
    except (Exception, KeyboardInterrupt) as problem:
        raise Clash(
            f"The copy was filled in, but could not be set right ({type(problem).__name__}: {problem}). Let no site use"
            " it: its sign-ins and mail are those of the copy. Make another empty one, and restore into that."
        ) from problem


def _words(checked: Checked) -> str:
    rows = ", ".join(f"{name} {count:,}" for name, count in checked.rows.items())
    return f"{checked.byte_count:,} bytes, tables of version {checked.version}; rows: {rows}."


def _tell(done: Aftermath, kept: Path | None) -> None:
    if kept is not None:
        click.echo(
            f"What was there is kept in {kept}. It holds people's data: delete it when it is not needed."
        )
    click.echo(
        f"Restored. {done.sign_ins:,} sign-ins ended, {done.invitations:,} open invitations withdrawn,"
        f" {done.mails:,} unsent mails given up."
    )
    since = f"{done.newest:%d %B %Y, %H:%M} UTC" if done.newest else "it was made"
    click.echo(
        f"The last act in the copy is of {since}. What was done later is gone: place again every hold, and"
        " end or erase again every account, that came after it.",
        err=True,
    )
    click.echo(
        "Passwords and second factors are those of the copy. One that was changed since because somebody else knew"
        " it opens the account again: let its owner choose a new password, or take the second factor away with"
        " `flask accounts reset-second-factor`.",
        err=True,
    )


@contextmanager
def _told() -> Iterator[None]:
    """What went wrong, as a message of a command."""
    try:
        yield
    except RuleBroken as broken:
        raise click.ClickException(broken.message) from None
    except (NotFound, Clash) as problem:
        raise click.ClickException(str(problem)) from None
    except OSError as problem:
        raise click.ClickException(f"{problem.filename or 'The file'}: {problem.strerror}.") from None


@contextmanager
def _bar(doing: str) -> Iterator[Progress]:
    """A bar over the pages of a database; on the error stream."""
    with tqdm(unit=" pages", desc=doing, leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress
