"""Why a change is not taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.actions.problem import Problem
from directory.errors import Clash


class ChangeRefused(Exception):
    """The listing would not be one: every problem, column by column. Nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{one.column}: {one.what}" for one in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class TwoAnswers:
    """One column that two people changed: what it was when this person began, what it is now, what they wrote."""

    was: str
    is_now: str
    yours: str


class ChangedMeanwhile(Clash):
    """Somebody else changed the same columns since this person began. Nothing was written."""

    def __init__(self, columns: Mapping[str, TwoAnswers]) -> None:
        super().__init__(", ".join(columns))
        self.columns = dict(columns)
