"""A page with one form: shown, posted, done, or shown again with what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import redirect, request
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from directory.errors import RuleBroken
from directory.web.database import database
from directory.web.forms.field_errors import show_broken
from directory.web.standing import or_forbidden

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Answer = Response | str | tuple[str, int]


def form_page(
    form: FlaskForm, act: Callable[[Session], object], *, done: str, page: Callable[[], str]
) -> Answer:
    """The page; posted, what was asked for, and then the address `done`. 403 for what the person may not do.

    act: does it, in a transaction; a rule that it breaks is shown by its field. page: the form as it is by then.
    """
    if request.method != "POST":
        return page()
    if form.validate():
        try:
            with or_forbidden(), database().transaction() as session:
                act(session)
        except RuleBroken as broken:
            show_broken(form, broken)
        else:
            return redirect(done, code=303)
    return page(), 400
