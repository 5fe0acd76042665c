"""Write what a form says, or see first whether it may be written: what breaks a rule is told by its box."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from flask import current_app

from directory.errors import RuleBroken
from directory.web.statements.forms import Said

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Came = TypeVar("Came")


def written(form: Said, write: Callable[[Session], Came]) -> Came | None:
    """What came of it, all or nothing; None where it broke a rule, which the form then tells."""
    try:
        with current_app.extensions["database"].transaction() as session:
            return write(session)
    except RuleBroken as broken:
        form.tell(broken)
        return None


def would_be_written(form: Said, write: Callable[[Session], object]) -> bool:
    """Try it, and leave no trace: what is wrong is told before the answers are checked, not after."""

    def tried(session: Session) -> None:
        write(session)
        raise _OnlyTried

    try:
        written(form, tried)
    except _OnlyTried:
        return True
    return False


class _OnlyTried(Exception):
    """Takes back what was written to see whether it may be."""
