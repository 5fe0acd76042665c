"""What a commissioner decides about a gap, and what she tells of a service's money."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextArea
from wtforms import DateField, RadioField, TextAreaField
from wtforms.validators import InputRequired

from directory.actions.set_gap_status import OPEN
from directory.reference.terms import terms
from directory.web.statements.forms import DayInput, Said
from directory.web.words import term

_ONLY_COMMISSIONERS = _l("Only commissioners see this. Nothing about a person or a case.")


class DecideForm(Said):
    """GET, POST /statements/<area>/gaps/<gap>."""

    status = RadioField(
        _l("What is decided?"),
        widget=GovRadioInput(),
        validators=[InputRequired(message=_l("Choose what is decided."))],
    )
    because = TextAreaField(
        _l("Why: what is planned, what closed it, or why it is not so"),
        description=_ONLY_COMMISSIONERS,
        widget=GovTextArea(),
    )
    stated_on = DateField(
        _l("On which day was it decided?"),
        widget=DayInput(),
        format="%d %m %Y",
        validators=[InputRequired(message=_l("Enter the day on which it was decided, such as 3 11 2026."))],
    )

    def __init__(self, *args: object, is_decided: bool, **kwargs: object) -> None:
        """is_decided: somebody has decided about it, so that ‘open’ takes that back."""
        super().__init__(*args, **kwargs)
        again = _("Open again: what was decided is taken back")
        self.status.choices = [
            (code, again if code == OPEN and is_decided else term(code, "gap_status"))
            for code in terms("gap_status")
        ]
        hints = _status_hints()
        # The widget takes what belongs to a choice by its place.
        self.status.render_kw = {
            "params": {"items": [{"hint": {"text": hints[code]}} for code in terms("gap_status")]}
        }


def _status_hints() -> dict[str, str]:
    """Status → what it says, and what it asks for."""
    return {
        "open": _("Nobody has taken it up yet."),
        "accepted": _("You agree that it is missing."),
        "disputed": _("You say that it is not so. Write why. Only commissioners see this."),
        "planned": _("There is a plan for it. Write what is planned, and by when."),
        "closed": _("It has been dealt with. Write what closed it."),
    }


class FundingForm(Said):
    """GET, POST /statements/<area>/funding/<service>."""

    ends_on = DateField(
        _l("On which day does its money end?"),
        description=_l("The last day that is paid for, such as 31 3 2027."),
        widget=DayInput(),
        format="%d %m %Y",
        validators=[InputRequired(message=_l("Enter the day on which its money ends, such as 31 3 2027."))],
    )
    words = TextAreaField(
        _l("How you know, and what is known of it (optional)"),
        description=_ONLY_COMMISSIONERS,
        widget=GovTextArea(),
    )


class TakeBackForm(Said):
    """GET, POST /statements/<area>/funding/<service>/take-back."""

    words = TextAreaField(
        _l("Why is it taken back?"),
        description=_ONLY_COMMISSIONERS,
        widget=GovTextArea(),
        validators=[InputRequired(message=_l("Write why it is taken back."))],
    )
