"""One person of a family: a relation, what concerns them and an age band; and where, once for all."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovSelect, GovTextInput
from werkzeug.datastructures import MultiDict
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import Length

from directory.config import PLACE_LENGTH_MAX
from directory.reference.groups import groups
from directory.reference.relations import relations
from directory.reference.terms import terms
from directory.search.family import Person


class PersonForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """POST /family. Other sites' forms are refused before this is read, so it needs no token."""

    class Meta:
        csrf = False

    relation = SelectField(_l("Who is this person?"), widget=GovSelect(), validate_choice=False)
    group = SelectMultipleField(
        _l("Why might this person need support?"),
        description=_l("Choose all that apply. A parent may need support for two reasons."),
        widget=GovCheckboxesInput(),
        validate_choice=False,
    )
    age = SelectField(_l("Age"), widget=GovSelect(), validate_choice=False)
    place = StringField(
        _l("Where they live"),
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

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.relation.choices = [
            ("", _("Choose")),
            *((code, _(each.label)) for code, each in relations().items()),
        ]
        self.group.choices = [(code, _(each.plain)) for code, each in groups().items()]
        self.age.choices = [
            ("", _("Not known, or I would rather not say")),
            *((code, _(each.label)) for code, each in terms("age").items()),
        ]

    def read_person(self) -> Person | None:
        """The person in the form; None when the form has errors, which then stand by their fields."""
        held = frozenset(self.group.data or ())
        self.relation.errors, self.group.errors, self.age.errors = [], [], []
        if self.relation.data not in relations():
            self.relation.errors = [_("Choose who this person is.")]
        if not held:
            self.group.errors = [_("Choose at least one reason.")]
        elif not held <= groups().keys():
            self.group.errors = [_("One of these reasons is not on our list. Choose from those below.")]
        if self.age.data and self.age.data not in terms("age"):
            self.age.errors = [_("Choose an age from the list.")]
        if self.relation.errors or self.group.errors or self.age.errors:
            return None
        return Person(self.relation.data, held, self.age.data or "")


def says_of_a_person(fields: MultiDict[str, str]) -> bool:
    """Whether anything about a person was filled in."""
    return any(value for name in ("relation", "group", "age") for value in fields.getlist(name))


def form_of(person: Person) -> PersonForm:
    """The form as somebody would have filled it in for this person."""
    return PersonForm(
        formdata=None, data={"relation": person.relation, "group": sorted(person.groups), "age": person.age}
    )
