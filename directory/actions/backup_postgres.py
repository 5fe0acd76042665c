"""A copy of a PostgreSQL database, by PostgreSQL's own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg.conninfo import make_conninfo

from directory.actions.backup import written_aside
from directory.errors import NotFound, RuleBroken

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

DUMP_START = b"PGDMP"
# A dump is taken for one of ours only if it holds these of our tables.
OUR_TABLES = frozenset({"listings_version", "contact_route", "alembic_version"})


def copy_postgres(address: URL, target: Path) -> None:
    """Write a dump of the database in pg_dump's own form, for pg_restore; its owner's alone.

    Raises NotFound where pg_dump is not installed, Clash where the target exists, RuleBroken('file') with what
    pg_dump said.
    """
    dump = _program("pg_dump")
    conninfo, environment = _connection(address)
    with written_aside(target) as part:
        _run(
            [
                dump,
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--file={part}",
                f"--dbname={conninfo}",
            ],
            environment,
        )
        check_postgres(part)


def check_postgres(path: Path) -> list[str]:
    """The tables a dump holds. Raises RuleBroken('file') for one that cannot be read, or is none of ours."""
    listed = _run([_program("pg_restore"), "--list", str(path)], {})
    tables = sorted(line.split()[5] for line in listed.splitlines() if " TABLE public " in line)
    if not set(tables) >= OUR_TABLES:
        raise RuleBroken("file", f"{path} is no copy of a database of this site.")
    return tables


def fill_postgres(address: URL, path: Path) -> None:
    """Fill an empty database from a dump, all of it or nothing. Raises RuleBroken('file') with what was said."""
    check_postgres(path)
    conninfo, environment = _connection(address)
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _run([_program("pg_restore"), *options, f"--dbname={conninfo}", str(path)], environment)


def is_postgres_dump(path: Path) -> bool:
    """Whether the file begins as pg_dump's own form does."""
    with path.open("rb") as file:
        return file.read(len(DUMP_START)) == DUMP_START


def is_our_dump(path: Path) -> bool:
    """Whether the file is a dump with our tables in it."""
    if not is_postgres_dump(path):
        return False
    try:
        check_postgres(path)
    except RuleBroken:
        return False
    return True


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NotFound(f"{name} is not installed here (Debian: apt-get install postgresql-client).")
    return found


def _connection(address: URL) -> tuple[str, dict[str, str]]:
    """What the programs connect by; the password apart, where no list of processes shows it."""
    parts = {**address.query, **address.translate_connect_args(database="dbname", username="user")}
    password = parts.pop("password", "")
    return make_conninfo("", **parts), {"PGPASSWORD": str(password)} if password else {}


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603  # PostgreSQL's own programs, with no shell between
        command, capture_output=True, text=True, env={**os.environ, **environment}, check=False
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise RuleBroken("file", f"{Path(command[0]).name}: {said[-1] if said else 'it failed'}")
    return done.stdout
