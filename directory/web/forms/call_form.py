"""What came of a call to a service."""

from __future__ import annotations

import re
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovRadioInput, GovSelect, GovTextInput
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length

from directory.actions.changes.refused import ChangedMeanwhile
from directory.actions.upkeep.calls import NOTE_LENGTH_MAX, Outcome
from directory.queries.views import ListingView
from directory.reference.hours_in_words import TYPED_MAX, HoursUnclear, hours_from_words
from directory.web.cell_words import cell_words
from directory.web.forms.call_facts import CallFacts
from directory.web.my_listings.cells_of_forms import hours_typed
from directory.web.my_listings.field_words import hours_error

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
    rest_is_right = SelectMultipleField(
        _l("And the rest?"),
        description=_l(
            "Only if something has changed and you asked about all else. The listing counts as confirmed by this call "
            "once a second moderator has approved the change."
        ),
        widget=GovCheckboxesInput(),
        validate_choice=False,
    )
    rung = SelectField(_l("The number that you rang"), widget=GovSelect(), validate_choice=False)
    hours = StringField(
        _l("When somebody answers"),
        description=_l("In plain words: Monday to Friday 9am to 5pm; closed bank holidays. Or: 24 hours."),
        widget=GovTextInput(),
        validators=[Length(max=TYPED_MAX, message=_l("Shorten it to 300 letters or fewer."))],
    )
    email = StringField(
        _l("The e-mail address as it should be"),
        widget=GovTextInput(),
        validators=[Length(max=200, message=_l("Enter one e-mail address, such as hello@example.org."))],
    )
    # What the page showed: only what differs from it was said to have changed.
    telephone_was = HiddenField()
    hours_was = HiddenField()
    email_was = HiddenField()
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
        self.rest_is_right.choices = [("yes", _("Everything else is right"))]
        self.rung.choices = []

    @classmethod
    def of(cls, listing: ListingView) -> CallForm:
        """The form as it is first shown: with what is listed."""
        return cls(formdata=None, data=_ways_of(listing))

    def offer_numbers(self, listing: ListingView) -> None:
        """The numbers of the listing, to say which one was rung."""
        self.rung.choices = [
            (one.value, one.value) for one in listing.contact_routes if one.kind == "telephone"
        ]

    def read_outcome(self, facts: CallFacts) -> Outcome | None:
        """What was said; None where a field cannot be read, or does not go with another, which then says so."""
        is_good = self.validate()
        again = (self.call_again_on.data or "").strip()
        day = _day(again)
        if again and day is None:
            self.call_again_on.errors = [_("Enter a date, such as 27 3 2027.")]
            is_good = False
        hours = self._hours()
        is_good = hours is not None and is_good
        ways = self._ways(hours or "")
        result = self.result.data or ""
        is_good = facts.check(_differing(ways)) and is_good
        rest_is_right = "yes" in (self.rest_is_right.data or [])
        if wrong := facts.against(result, _differing(ways), rest_is_right=rest_is_right):
            self.result.errors = [*self.result.errors, wrong]
            is_good = False
        if not is_good:
            return None
        return Outcome(
            result=result,
            note=self.note.data or "",
            call_again_on=day,
            rest_is_right=rest_is_right,
            rung=(self.rung.data or "").strip(),
            cells=facts.cells,
            # A website that is taken down is shown to nobody, and not compared.
            base={name: cell for name, cell in facts.before.items() if name != "url" or cell},
            asked=facts.in_words(result),
            **ways,
        )

    def _ways(self, hours: str) -> dict[str, str]:
        names = ("telephone", "telephone_was", "hours_was", "email", "email_was")
        return {"hours": hours} | {name: (self[name].data or "").strip() for name in names}

    def _hours(self) -> str | None:
        """In the notation; None where they cannot be told, which then says so."""
        typed, was = (self.hours.data or "").strip(), (self.hours_was.data or "").strip()
        if not self.hours.raw_data or typed == hours_typed(was):
            return was
        try:
            return hours_from_words(typed)
        except HoursUnclear as unclear:
            self.hours.errors = [*self.hours.errors, hours_error(unclear, typed)]
            return None

    def show_both(self, clash: ChangedMeanwhile, facts: CallFacts, listing: ListingView) -> None:
        """What somebody else wrote meanwhile stands beside what was typed here; sent again, the latter is asked for."""
        for column, two in clash.columns.items():
            words = _(
                "Somebody else changed this during the call: it is ‘%(now)s’ now, and you wrote ‘%(yours)s’."
                " Leave here what is right, and send this again.",
                now="; ".join(cell_words(column, two.is_now)) or _("Not known"),
                yours=two.yours if column == "contact_routes" else "; ".join(cell_words(column, two.yours)),
            )
            self.show(column, words, facts)
        for name, there in _ways_of(listing).items():
            if name.endswith("_was"):
                continue
            shown = (self[f"{name}_was"].data or "").strip()
            if (self[name].data or "").strip() == (hours_typed(shown) if name == "hours" else shown):
                self[name].data = there
        for name, there in _ways_of(listing).items():
            if name.endswith("_was"):
                self[name].data = there

    def show(self, column: str, words: str, facts: CallFacts) -> None:
        """Put a problem beside its field; what has none of its own stands with the first."""
        if column in facts.form:
            facts.form[column].errors = [*facts.form[column].errors, words]
            return
        shown = (
            self[column] if column in self else self.telephone if column == "contact_routes" else self.result
        )
        shown.errors = [*shown.errors, words]


def _ways_of(listing: ListingView) -> dict[str, str]:
    """The first number with its hours, and the first e-mail address; each as it is shown, too."""
    number = next((one for one in listing.contact_routes if one.kind == "telephone"), None)
    email = next((one.value for one in listing.contact_routes if one.kind == "email"), "")
    telephone, hours = (number.value, number.hours) if number else ("", "")
    return {
        "telephone": telephone,
        "telephone_was": telephone,
        "hours": hours_typed(hours),
        "hours_was": hours,
        "email": email,
        "email_was": email,
    }


def _differing(ways: dict[str, str]) -> frozenset[str]:
    """Those of the ways of which something else was written."""
    return frozenset(
        name
        for name in ("telephone", "hours", "email")
        if ways[name] != ways[f"{name}_was"] and (ways[name] or name == "hours")
    )


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
