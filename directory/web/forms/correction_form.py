"""What is wrong with a listing, from a list, and a box for the rest."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput, GovTextArea
from wtforms import RadioField, StringField, SubmitField
from wtforms.validators import InputRequired, Length

from directory.actions.corrections import WORDS_LENGTH_MAX


class CorrectionForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """POST /services/<id>/correct. Other sites' forms are refused before this is read, so it needs no token."""

    class Meta:
        csrf = False

    about = RadioField(
        _l("What is wrong?"),
        widget=GovRadioInput(),
        choices=[],
        validators=[InputRequired(message=_l("Choose what is wrong."))],
    )
    words = StringField(
        _l("What is right, or what happened (you can leave this empty)"),
        description=_l("Don’t tell us about a child or yourself here. Up to 1,000 letters."),
        widget=GovTextArea(),
        validators=[
            Length(max=WORDS_LENGTH_MAX, message=_l("Use fewer words: 1,000 letters at most.")),
        ],
    )
    send = SubmitField(_l("Send"), widget=GovSubmitInput())

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.about.choices = [
            ("telephone", _("The telephone number is wrong")),
            ("website", _("The website is wrong")),
            ("address", _("The address is wrong, or should not be shown")),
            ("closed", _("It has closed")),
            ("who it is for", _("Who it is for is wrong")),
            ("waiting", _("The waiting time is wrong")),
            ("other", _("Something else")),
        ]
