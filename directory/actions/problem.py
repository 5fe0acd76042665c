"""What is wrong with a row of a file, in the words of the person who must mend it."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN_LENGTH_MAX = 80


class Refused(Exception):
    """A cell that cannot be read: what is wrong with it, and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


class FileRefused(Exception):
    """A file that cannot be read at all, or not beyond a line. Nothing of it is imported."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Problem:
    """line: where the row begins in the file, from 1; the header is line 1. column: '' for the whole row."""

    line: int
    column: str
    value: str
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"line {self.line}"
        if self.column:
            where += f", {self.column}"
        if self.value:
            where += f" {shown(self.value)}"
        return f"{where}: {self.what} {self.remedy}".rstrip()


def shown(value: str) -> str:
    """A value between quotes, cut short, with anything that a terminal might obey spelled out."""
    cut = value if len(value) <= SHOWN_LENGTH_MAX else value[: SHOWN_LENGTH_MAX - 1] + "…"
    safe = "".join(mark if mark.isprintable() else repr(mark)[1:-1] for mark in cut)
    return f"‘{safe}’"
