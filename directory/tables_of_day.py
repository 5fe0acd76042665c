"""Which tables of data/ are in force: those that ship, or those of a snapshot while a page of it is made.

What is made of a table is kept for as long as that table is in force, so a page of an earlier
day never sees a figure of today, and no other page one of an earlier day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from directory.config import DATA

KEPT_MOST = 4_096
"""Of a function with arguments no more answers are kept than this."""

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """The tables of a day. texts: name of a file in data/ → its text; what is not there is as it ships."""

    texts: Mapping[str, str]
    _made: dict[object, Callable[..., Any]] = field(default_factory=dict)

    def keeping(self, make: Callable[Asked, Made]) -> Callable[Asked, Made]:
        """The function, with what it made of these tables kept."""
        return cast("Callable[Asked, Made]", self._made.setdefault(make, lru_cache(maxsize=KEPT_MOST)(make)))


_in_force: ContextVar[Tables | None] = ContextVar("tables_in_force", default=None)


@contextmanager
def in_force(tables: Tables) -> Iterator[None]:
    """Until the end of the block the tables are those of that day, in this thread alone."""
    before = _in_force.set(tables)
    try:
        yield
    finally:
        _in_force.reset(before)


def table_text(path: Path) -> str:
    """The text of a CSV file, without a byte order mark; of one in data/, as it is in force."""
    tables = _in_force.get()
    if tables is not None and path.parent == DATA and path.name in tables.texts:
        return tables.texts[path.name]
    return path.read_bytes().decode("utf-8-sig")


def of_the_tables(make: Callable[Asked, Made]) -> Callable[Asked, Made]:
    """Keeps what a function makes of tables, once for those that ship and once for each day's that are shown."""
    shipped = cast("Callable[Asked, Made]", lru_cache(maxsize=KEPT_MOST)(make))

    @wraps(make)
    def made(*args: Asked.args, **named: Asked.kwargs) -> Made:
        tables = _in_force.get()
        found = shipped if tables is None else tables.keeping(make)
        return found(*args, **named)

    return made
