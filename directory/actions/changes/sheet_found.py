"""What a file of somebody's listings comes to: what would change, what is wrong, and how much says nothing new."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from directory.actions.problem import Problem


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that would change: what it is now, and what the file says.

    waits_since: where an earlier change of the same column waits, whose place this one takes.
    """

    service_id: int
    name: str
    column: str
    was: str
    will_be: str
    waits_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """What is wrong with a row. service_id: of the listing, where the row names one of theirs."""

    problem: Problem
    service_id: int | None = None
    name: str = ""


@dataclass(slots=True)
class Compared:
    """What the rows up to now come to. rows: how many; unchanged: of those, how many say nothing new.

    waiting: how many cells ask for what waits already, and are not sent again.
    """

    rows: int = 0
    unchanged: int = 0
    waiting: int = 0
    differences: list[Difference] = field(default_factory=list)
    problems: list[SheetProblem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
