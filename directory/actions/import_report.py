"""What an import did, or would do."""

from __future__ import annotations

from dataclasses import dataclass, field

from directory.actions.problem import Problem, shown

PROBLEMS_LISTED_MAX = 10_000
"""More are counted, not listed: nobody mends ten thousand cells one by one, and memory has an end."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A field that a person has changed since the last import, so that the file's value was not taken."""

    service_id: int
    line: int
    column: str
    in_file: str
    here: str

    def __str__(self) -> str:
        values = f"kept {shown(self.here)}, the file says {shown(self.in_file)}"
        if self.column == "locations":
            # May be a confidential place, which no screen or log should hold.
            values = "kept as it is"
        return f"service {self.service_id}, {self.column} (line {self.line}): changed by a person; {values}"


@dataclass(slots=True)
class ImportReport:
    """Counts are of rows, unless said.

    changed_fields: column → services in which it changed.
    given_ids: (line, id) of rows that came without one.
    missing: listings that are not in the file; they are left alone.
    written: False when nothing was changed: a dry run, or problems.
    whole_file_refused: a problem that --skip-bad cannot step over.
    """

    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    bad_rows: int = 0
    missing: int = 0
    changed_fields: dict[str, int] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    given_ids: list[tuple[int, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    whole_file_refused: bool = False
    written: bool = False

    def refuse(self, problems: list[Problem]) -> None:
        """Take note of problems; the first ten thousand are kept word by word."""
        self.problem_count += len(problems)
        self.problems += problems[: max(0, PROBLEMS_LISTED_MAX - len(self.problems))]
