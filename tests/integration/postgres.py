"""A private PostgreSQL for tests: its own folder, reached by a socket only, gone when the tests end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

_NUMBERS = count(1)


def installed() -> Path | None:
    """The folder of the newest installed server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def _as_postgres(*command: str) -> list[str]:
    # The server refuses to run as root; Debian's package makes a user for it.
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a running server. Fails under CI=true when none is installed, else skips."""
    programs = installed()
    if programs is None:
        message = "PostgreSQL is not installed (Debian: apt-get install postgresql), so it was not tested."
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with running_server(programs) as address:
        yield address


@contextmanager
def running_server(programs: Path) -> Iterator[str]:
    """The address of a new server, which stops and is forgotten at the end. programs: as installed() finds them."""
    folder = Path(tempfile.mkdtemp(prefix="directory-postgres-"))
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        _run(*_as_postgres(f"{programs}/initdb", "-D", str(data), *options))
        settings = f"-c listen_addresses='' -c fsync=off -k {folder}"
        log = ["-l", str(folder / "log"), "-o", settings]
        _run(*_as_postgres(f"{programs}/pg_ctl", "-D", str(data), "-w", *log, "start"))
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            _run(*_as_postgres(f"{programs}/pg_ctl", "-D", str(data), "-m", "immediate", "stop"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command: str) -> None:
    # Into a file, not a pipe: the server inherits it and would keep a pipe open.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(command, stdout=output, stderr=output, cwd="/", timeout=60)
        output.seek(0)
        assert done.returncode == 0, f"{' '.join(command)}\n{output.read()}"


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """The address of a new, empty database."""
    name = f"directory_{next(_NUMBERS)}"
    engine = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return postgres_server.replace("/postgres?", f"/{name}?")
