"""A broken rule, shown by the field it is about."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_wtf import FlaskForm

from directory.errors import RuleBroken


def show_broken(form: FlaskForm, broken: RuleBroken) -> None:
    """By its field; by the first one where the form has none of that name."""
    field = form[broken.field] if broken.field in form else next(iter(form))
    field.errors = [*field.errors, str(_(broken.message))]
