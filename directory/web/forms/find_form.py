"""The finder's form: where, who, what kind, and words; all of it may be left empty."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovSubmitInput, GovTextInput
from werkzeug.datastructures import MultiDict
from wtforms import SelectMultipleField, StringField, SubmitField
from wtforms.validators import Length

from directory.config import PLACE_LENGTH_MAX, WORDS_LENGTH_MAX
from directory.errors import RuleBroken
from directory.search.types import Facet
from directory.web.facets import FILTERS, values


class FindForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """POST /find. It changes nothing, so it needs no token."""

    class Meta:
        csrf = False

    place = StringField(
        _l("Where"),
        description=_l(
            "A postcode, the first half of one, or a town or council area. You can leave this empty."
        ),
        widget=GovTextInput(),
        validators=[
            Length(
                max=PLACE_LENGTH_MAX,
                message=_l("Enter a postcode or the name of a place, such as PE1 or Peterborough."),
            )
        ],
    )
    text = StringField(
        _l("In your own words"),
        description=_l(
            "For example: counselling for my son, or the name of a service. You can leave this empty."
        ),
        widget=GovTextInput(),
        validators=[Length(max=WORDS_LENGTH_MAX, message=_l("Use fewer words: 200 letters at most."))],
    )
    group = SelectMultipleField(
        _l("Who needs support"),
        description=_l("Choose all that apply. You can leave this empty."),
        widget=GovCheckboxesInput(),
        validate_choice=False,
    )
    kind = SelectMultipleField(
        _l("Kind of support"),
        description=_l("Choose all that apply. You can leave this empty."),
        widget=GovCheckboxesInput(),
        validate_choice=False,
    )
    at = StringField(validators=[Length(max=200)])
    find = SubmitField(_l("Find support"), widget=GovSubmitInput())

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.group.choices = _choices(Facet.GROUP)
        self.kind.choices = _choices(Facet.KIND)


def _choices(facet: Facet) -> list[tuple[str, str]]:
    return [(code, _(term.plain or term.label)) for code, term in values(facet).items()]


def chosen_in(fields: MultiDict[str, str]) -> dict[Facet, frozenset[str]]:
    """The filters ticked in a posted form. Raises RuleBroken(field) for a value not on our lists."""
    chosen: dict[Facet, frozenset[str]] = {}
    for each in FILTERS:
        ticked = frozenset(value for value in fields.getlist(each.field) if value)
        strange = ticked - values(each.facet).keys()
        if strange:
            raise RuleBroken(each.field, _("‘%(value)s’ is not one of the choices.", value=min(strange)[:40]))
        if ticked:
            chosen[each.facet] = ticked
    return chosen
