"""The facts of services in PostgreSQL, and the queries that ask it for the states of the whole country."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from bench.generated_services import TODAY
from directory.geo.areas import areas
from directory.matrix.areas import Areas
from directory.matrix.types import STALE_AFTER_DAYS, MatrixService, Mode

_TABLES = """
CREATE TABLE scope (authority text NOT NULL, area text NOT NULL, PRIMARY KEY (authority, area));
CREATE TABLE service (id int PRIMARY KEY, in_person boolean, remote boolean, free boolean, is_active boolean NOT NULL,
  confirmed_on date, waiting_list text NOT NULL, accepting boolean);
CREATE TABLE service_type (service_id int NOT NULL, type text NOT NULL, is_certain boolean NOT NULL);
CREATE TABLE service_area (service_id int NOT NULL, area text NOT NULL, is_partial boolean NOT NULL);
"""
_INDEXES = """
ALTER TABLE service_type ADD PRIMARY KEY (service_id, type);
ALTER TABLE service_area ADD PRIMARY KEY (service_id, area);
CREATE INDEX ON service_type (type, service_id) INCLUDE (is_certain);
CREATE INDEX ON service_area (area, service_id) INCLUDE (is_partial);
CREATE INDEX ON scope (area, authority);
"""
# How far each service goes by its own answers: as in directory.matrix.judge.service_tests.
_JUDGED = f"""
judged AS (
  SELECT id, in_person, remote,
    free IS TRUE AND is_active AND waiting_list <> 'closed' AND accepting IS NOT FALSE
      AND coalesce(confirmed_on >= DATE '{TODAY}' - {STALE_AFTER_DAYS}, false) AS passes
  FROM service
)"""


def _level(mode: str) -> str:
    """0 does not count, 1 partly, 2 available: the best of a group of (service, type, area)."""
    return (
        f"max(CASE WHEN {mode} IS FALSE THEN 0 "
        f"WHEN {mode} AND passes AND is_certain AND NOT is_partial THEN 2 ELSE 1 END)"
    )


def _certain(mode: str) -> str:
    return f"bool_or(is_certain AND {mode} IS NOT FALSE)"


_ASKED = ", ".join(
    f"{what(mode)} AS {mode}_{name}"
    for mode in ("in_person", "remote")
    for name, what in (("level", _level), ("certain", _certain))
)
_PAIRS = """
judged JOIN service_type ON service_type.service_id = judged.id
JOIN service_area ON service_area.service_id = judged.id"""

FLAT = f"""WITH {_JUDGED}
SELECT authority, type, {_ASKED}
FROM {_PAIRS} JOIN scope ON scope.area = service_area.area
GROUP BY authority, type"""
"""As one would write it first: every authority of a nation meets every service of that nation."""

STACKED = f"""WITH {_JUDGED},
reached AS (SELECT area, type, {_ASKED} FROM {_PAIRS} GROUP BY area, type)
SELECT authority, type,
  max(in_person_level), bool_or(in_person_certain), max(remote_level), bool_or(remote_certain)
FROM reached JOIN scope ON scope.area = reached.area
GROUP BY authority, type"""
"""Each area is worked out once, a nation as well, before authorities take theirs and their nation's together."""

Reached = dict[tuple[str, str, Mode], tuple[int, bool]]
"""Half a cell → the Level its listings reach, and whether one that counts offers the type for certain."""


def fill(connection: Connection, services: Sequence[MatrixService], where: Areas) -> None:
    """Make the tables, copy the facts in, index and analyse them."""
    for statement in _TABLES.split(";\n"):
        connection.execute(text(statement)) if statement.strip() else None
    _copy(
        connection,
        "scope",
        [row for code in areas() for row in ((code, code), (code, where.nation_of(code)))],
    )
    _copy(
        connection,
        "service",
        [
            (one.id, one.in_person, one.remote, one.free, one.is_active, one.confirmed_on, one.waiting_list,
             one.accepting)
            for one in services
        ],
    )  # fmt: skip
    _copy(
        connection,
        "service_type",
        [(one.id, code, sure) for one in services for code, sure in one.types.items()],
    )
    _copy(
        connection,
        "service_area",
        [(one.id, code, code in one.partly) for one in services for code in one.authorities | one.nations],
    )
    for statement in _INDEXES.split(";\n"):
        connection.execute(text(statement)) if statement.strip() else None
    connection.commit()
    connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))


def _copy(connection: Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def ask(connection: Connection, query: str) -> Sequence[tuple[str, str, int, bool, int, bool]]:
    """The rows of a query: authority, type, and for each mode the level and whether it is certain."""
    return connection.connection.cursor().execute(query).fetchall()  # type: ignore[no-any-return]  # psycopg's own


def reached(rows: Sequence[tuple[str, str, int, bool, int, bool]]) -> Reached:
    """The same by half cell; what no row names is reached by nothing."""
    found: Reached = {}
    for authority, code, in_person, in_person_certain, remote, remote_certain in rows:
        found[authority, code, Mode.IN_PERSON] = in_person, bool(in_person_certain)
        found[authority, code, Mode.REMOTE] = remote, bool(remote_certain)
    return {half: reach for half, reach in found.items() if reach[0]}
