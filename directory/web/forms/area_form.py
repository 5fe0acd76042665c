"""The form that asks for which area a matrix is wanted."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput, GovTextInput
from wtforms import StringField, SubmitField
from wtforms.validators import InputRequired, Length

from directory.config import PLACE_LENGTH_MAX


class AreaForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """POST /matrix. It changes nothing, so it needs no token."""

    class Meta:
        csrf = False

    area = StringField(
        _l("Which area"),
        description=_l(
            "A council, county, region, police force area or nation, such as Peterborough or Staffordshire; "
            "or its code, such as E06000031."
        ),
        widget=GovTextInput(),
        validators=[
            InputRequired(message=_l("Enter the name or the code of an area, such as Peterborough.")),
            Length(
                max=PLACE_LENGTH_MAX,
                message=_l("That is too long for an area. Enter its name or its code, such as Peterborough."),
            ),
        ],
    )
    find = SubmitField(_l("Open the matrix"), widget=GovSubmitInput())
