"""What a commissioner says of a cell, and why she takes it back."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovDateInput, GovRadioInput, GovTextArea
from wtforms import DateField, RadioField, TextAreaField
from wtforms.validators import InputRequired

from directory.actions.state_cell import ToState
from directory.actions.state_cells import BODIES
from directory.errors import RuleBroken
from directory.matrix.statements import BOTH
from directory.matrix.types import Mode, State
from directory.reference.terms import terms
from directory.web.dates import day
from directory.web.words import term

FIELDS = {
    "for": "body",
    "on": "stated_on",
    "type": "exists",
    "by": "exists",
    "area": "exists",
    "id": "because",
    "ends": "ends_on",
}
"""Where the rules name a field in their own way: the box beside which the words stand."""
_NO_CASE = _l("Nothing about a person or a case. Anyone can read this.")


class DayInput(GovDateInput):  # type: ignore[misc]  # govuk_frontend_wtf ships no types
    """The three boxes of a date, also where another number of them came back than was sent out."""

    def map_gov_params(self, field: DateField, **kwargs: object) -> dict[str, object]:
        """What the macro needs."""
        if field.raw_data is not None:
            field.raw_data = [*field.raw_data, "", "", ""][:3]
        params: dict[str, object] = super().map_gov_params(field, **kwargs)
        return params


class Said(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    class Meta:
        csrf = False

    def tell(self, broken: RuleBroken) -> None:
        """Put the words of a broken rule by their box."""
        name = FIELDS.get(broken.field, broken.field)
        box = self[name] if name in self else next(iter(self))
        box.errors = [broken.message]

    def answers(self) -> list[tuple[str, str]]:
        """(question, answer in words) of each box, for the page on which answers are checked."""
        found = []
        for box in self:
            if isinstance(box, RadioField):
                words = dict(box.choices).get(box.data or "", "")
            elif isinstance(box, DateField):
                words = day(box.data) if box.data else ""
            else:
                words = box.data or _("Nothing")
            found.append((str(box.label.text), str(words)))
        return found


class StateForm(Said):
    """GET, POST /statements/<area>/state."""

    exists = RadioField(
        _l("Does it exist here?"),
        widget=GovRadioInput(),
        validators=[InputRequired(message=_l("Choose whether it exists here."))],
    )
    mode = RadioField(_l("In which way?"), widget=GovRadioInput(), default=BOTH)
    what = TextAreaField(
        _l("What there is, or what is missing (optional)"), description=_NO_CASE, widget=GovTextArea()
    )
    sector = RadioField(_l("Who provides it? (optional)"), widget=GovRadioInput(), default="")
    effective = RadioField(
        _l("Does it work here? (optional)"),
        description=_l("Only commissioners see this answer."),
        widget=GovRadioInput(),
        default="",
    )
    evidence = TextAreaField(
        _l("How you know (optional)"),
        description=_l(
            "A document, a count or a review, and its date. Only commissioners see it. No person."
        ),
        widget=GovTextArea(),
    )
    stated_on = DateField(
        _l("On which day was it said?"),
        widget=DayInput(),
        format="%d %m %Y",
        validators=[InputRequired(message=_l("Enter the day on which it was said, such as 3 11 2026."))],
    )
    body = RadioField(
        _l("For whom do you say it?"),
        widget=GovRadioInput(),
        validators=[InputRequired(message=_l("Choose for whom you say it."))],
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.exists.choices = [
            (State.AVAILABLE.value, _("Yes")),
            (State.PARTLY.value, _("Partly")),
            (State.NOT_AVAILABLE.value, _("No, there is none")),
            (State.NOT_KNOWN.value, _("We looked, and could not tell")),
        ]
        self.mode.choices = [
            (BOTH, _("In person, and by phone or online")),
            *((one.value, term(one.value, "mode")) for one in Mode),
        ]
        self.sector.choices = [
            *((code, term(code, "sector")) for code in terms("sector")),
            ("", _("Not known")),
        ]
        self.effective.choices = [
            *((code, term(code, "effective")) for code in terms("effective")),
            ("", _("Not known")),
        ]
        self.body.choices = [(code, term(code, "body")) for code in BODIES]

    def said(self, area_code: str, role: str) -> ToState:
        """What a form that was filled in well says; its support type is put in by whoever records it."""
        return ToState(
            area_code=area_code,
            support_type="",
            exists=State(self.exists.data),
            body=self.body.data,
            role=role,
            stated_on=self.stated_on.data,
            mode=self.mode.data or BOTH,
            what=self.what.data or "",
            sector=self.sector.data or "",
            effective=self.effective.data or "",
            evidence=self.evidence.data or "",
        )


class WithdrawForm(Said):
    """GET, POST /statements/<area>/<type>/<number>/withdraw."""

    because = TextAreaField(
        _l("Why is it taken back?"),
        description=_l("Only commissioners see this. Nothing about a person or a case."),
        widget=GovTextArea(),
        validators=[InputRequired(message=_l("Write why it is taken back."))],
    )
