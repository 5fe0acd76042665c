"""What came of a call to a service."""

from __future__ import annotations

import re
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovTextInput
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import Length

from directory.actions.changes.refused import ChangedMeanwhile
from directory.actions.upkeep.calls import NOTE_LENGTH_MAX, Outcome
from directory.actions.upkeep.use_link import WAITING
from directory.queries.views import ListingView
from directory.web.cell_words import cell_words
from directory.web.confirm_form import base_of, cells_of, shown_of, waiting_choices, yes_no_choices

_DAY = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")


class CallForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """POST /moderation/calls/<id>. Other sites' forms are refused before this is read, so it needs no token."""

    class Meta:
        csrf = False

    result = RadioField(_l("What came of the call?"), widget=GovRadioInput(), validate_choice=False)
    call_again_on = StringField(
        _l("Ring again on"),
        description=_l(
            "For example, 27 3 2027. Needed only if you are to ring again; after no answer it is the next working day."
        ),
        widget=GovTextInput(),
        validators=[Length(max=20, message=_l("Enter a date, such as 27 3 2027."))],
    )
    telephone = StringField(
        _l("The number as it should be"),
        widget=GovTextInput(),
        validators=[Length(max=40, message=_l("Enter a telephone number of the United Kingdom."))],
    )
    rung = SelectField(_l("The number that you rang"), widget=GovSelect(), validate_choice=False)
    # What the page showed: only what differs from it was said to have changed.
    telephone_was = HiddenField()
    url_was = HiddenField()
    shown = HiddenField()
    url = StringField(
        _l("The website as it should be"),
        widget=GovTextInput(),
        validators=[Length(max=500, message=_l("Enter the whole address, with https://."))],
    )
    waiting_list = SelectField(_l("Waiting list"), widget=GovSelect(), validate_choice=False)
    waiting_weeks = StringField(
        _l("How many weeks people wait now"),
        widget=GovTextInput(),
        validators=[Length(max=4, message=_l("Enter the weeks as a whole number, or leave it blank."))],
    )
    accepting_referrals = SelectField(_l("Taking new people now"), widget=GovSelect(), validate_choice=False)
    note = StringField(
        _l("Note for the next moderator"),
        description=_l(
            "About the service, never about a person: no names, no dates of birth, nobody’s case."
        ),
        widget=GovTextInput(),
        validators=[Length(max=NOTE_LENGTH_MAX, message=_l("Shorten it to 500 letters or fewer."))],
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.result.choices = [
            ("confirmed", _("Everything is still right")),
            ("changed", _("Something has changed")),
            ("no answer", _("Nobody answered")),
            ("call again", _("Ring again on another day")),
            ("closed", _("The service is not run any more")),
            ("wrong number", _("The number is somebody else’s")),
        ]
        self.rung.choices = []
        self.waiting_list.choices = waiting_choices()
        self.accepting_referrals.choices = yes_no_choices()

    @classmethod
    def of(cls, listing: ListingView) -> CallForm:
        """The form as it is first shown: with what is listed."""
        number = next((one.value for one in listing.contact_routes if one.kind == "telephone"), "")
        shown = {"telephone": number, "telephone_was": number, "url": listing.url, "url_was": listing.url}
        return cls(formdata=None, data={**cells_of(listing), **shown, "shown": shown_of(listing)})

    def offer_numbers(self, listing: ListingView) -> None:
        """The numbers of the listing, to say which one was rung."""
        self.rung.choices = [
            (one.value, one.value) for one in listing.contact_routes if one.kind == "telephone"
        ]

    def read_outcome(self) -> Outcome | None:
        """What was said; None where a field cannot be read, which then says so."""
        is_good = self.validate()
        again = (self.call_again_on.data or "").strip()
        day = _day(again)
        if again and day is None:
            self.call_again_on.errors = [_("Enter a date, such as 27 3 2027.")]
            is_good = False
        if not is_good:
            return None
        names = list(WAITING)
        if (self.url.data or "").strip() != (self.url_was.data or "").strip():
            names.append("url")
        return Outcome(
            result=self.result.data or "",
            note=self.note.data or "",
            call_again_on=day,
            telephone=(self.telephone.data or "").strip(),
            telephone_was=(self.telephone_was.data or "").strip(),
            rung=(self.rung.data or "").strip(),
            # A field that was not sent says nothing; one that was sent blank says that there is none.
            cells={name: (self[name].data or "").strip() for name in names if self[name].raw_data},
            base=self._base(),
        )

    def _base(self) -> dict[str, str]:
        """What the page showed, column by column; a website that is taken down is shown to nobody, and not compared."""
        base = base_of(self.shown.data or "")
        if shown := (self.url_was.data or "").strip():
            base["url"] = shown
        return base

    def show_both(self, clash: ChangedMeanwhile, listing: ListingView) -> None:
        """What somebody else wrote meanwhile stands beside what was typed here; sent again, the latter is asked for."""
        held, base = {**cells_of(listing), "url": listing.url}, self._base()
        for column, two in clash.columns.items():
            words = _(
                "Somebody else changed this during the call: it is ‘%(now)s’ now, and you wrote ‘%(yours)s’."
                " Leave here what is right, and send this again.",
                now="; ".join(cell_words(column, two.is_now)) or _("Not known"),
                yours=two.yours if column == "contact_routes" else "; ".join(cell_words(column, two.yours)),
            )
            self.show(column, words)
        for name, cell in held.items():
            # What this person left alone goes along with what somebody else has written.
            if (self[name].data or "").strip() == base.get(name):
                self[name].data = cell
        number = next((one.value for one in listing.contact_routes if one.kind == "telephone"), "")
        if (self.telephone.data or "").strip() == (self.telephone_was.data or "").strip():
            self.telephone.data = number
        self.telephone_was.data, self.url_was.data = number, listing.url
        self.shown.data = shown_of(listing)

    def show(self, column: str, words: str) -> None:
        """Put a problem beside its field; what has none of its own stands with the first."""
        shown = (
            self[column] if column in self else self.telephone if column == "contact_routes" else self.result
        )
        shown.errors = [*shown.errors, words]


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
