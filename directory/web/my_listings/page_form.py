"""The form of one page: made of its columns' questions, filled from cells, and read back into cells."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovRadioInput,
    GovTextArea,
    GovTextInput,
)
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from directory.actions.lines import LINES_MAX
from directory.actions.vocabulary import codes
from directory.reference.groups import groups
from directory.reference.support_types import support_types
from directory.reference.terms import terms
from directory.web.my_listings.cells_of_forms import NOT_KNOWN, cell_of, data_of, unsure_codes
from directory.web.my_listings.questions import QUESTIONS, Kind, Question

WAS = "was"
"""The hidden field that holds the cells as they were shown, so that two people's answers can be told apart."""
UNSURE = "unsure"
# JSON can write half of a letter, which no browser sends and no database keeps.
_NEVER_SENT = re.compile("[\x00\ud800-\udfff]")
_OfGroup = tuple[str, str, list[dict[str, Any]]]
"""A group, who that is, and the items for GOV.UK's checkboxes."""
_KEY = re.compile(r"[A-Za-z0-9_.\-]{1,80}")


class RouteRow(Form):  # type: ignore[misc]  # wtforms ships no types
    """One way to reach a service."""

    kind = SelectField(validate_choice=False)
    value = StringField()
    hours = StringField()
    note = StringField()
    remove = BooleanField()


class PlaceRow(Form):  # type: ignore[misc]  # wtforms ships no types
    """One place."""

    precision = SelectField(validate_choice=False)
    town = StringField()
    postcode = StringField()
    note = StringField()
    remove = BooleanField()


class DateParts(Form):  # type: ignore[misc]  # wtforms ships no types
    """A date as exact as it is known."""

    day = StringField()
    month = StringField()
    year = StringField()


class PageForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """The questions of one page. Other sites' forms are refused before this is read, so it needs no token."""

    columns: tuple[str, ...] = ()
    before: Mapping[str, str] = {}
    for_groups: Collection[str] = frozenset()
    """The codes of those whom the listing is for: their kinds of support stand first. Empty: nobody has said yet."""

    class Meta:
        csrf = False

    def cells(self) -> dict[str, str]:
        """Column → the cell that the answers make, unread and unchecked."""
        found = {}
        for name in self.columns:
            before = self.before.get(name, "")
            unsure = {code: self[f"{UNSURE}-{code}"].data or "" for code in self.unsure(name)}
            found[name] = cell_of(name, self[name].data, before, unsure)
        return found

    def unsure(self, name: str) -> list[str]:
        """The codes of a column that are asked of one by one, because their source does not say for certain."""
        return unsure_codes(self.before.get(name, "")) if QUESTIONS[name].kind is Kind.TAGS else []

    def by_group(self, name: str) -> tuple[list[_OfGroup], list[_OfGroup]]:
        """The choices of support types, group by group: those to show, and those of groups that it is not for.

        Nothing that is chosen is ever among the latter.
        """
        chosen = set(self[name].data or ())
        found: dict[str, list[dict[str, Any]]] = {}
        for code, label in self[name].choices:
            hint = _(support_types()[code].definition)
            item = {"value": code, "text": label, "hint": {"text": hint}, "checked": code in chosen}
            found.setdefault(support_types()[code].group, []).append(item)
        shown: list[_OfGroup] = []
        apart: list[_OfGroup] = []
        for group, items in found.items():
            is_theirs = (
                not self.for_groups or group in self.for_groups or any(one["checked"] for one in items)
            )
            (shown if is_theirs else apart).append((group, _(groups()[group].plain), items))
        return shown, apart

    def add_row(self, name: str) -> None:
        """One more empty row for a way to reach it, or a place."""
        if len(self[name].entries) < LINES_MAX:
            self[name].append_entry()
            _prepare_rows(self[name], QUESTIONS[name].kind)


def page_form(
    columns: Sequence[str], before: Mapping[str, str], typed: MultiDict[str, str] | None = None
) -> PageForm:
    """The form of some columns. before: the cells they are shown with. typed: what was sent, if anything."""
    fields: dict[str, Any] = {"columns": tuple(columns), "before": before}
    for name in columns:
        question = QUESTIONS[name]
        fields[name] = _field(
            question, unsure_codes(before.get(name, "")) if question.kind is Kind.TAGS else ()
        )
        if question.kind is Kind.TAGS:
            for code in unsure_codes(before.get(name, "")):
                fields[f"{UNSURE}-{code}"] = RadioField(
                    label_of(question.vocabulary, code),
                    choices=[("yes", _("Yes")), ("no", _("No")), (NOT_KNOWN, _("Not said yet"))],
                    default=NOT_KNOWN,
                    widget=GovRadioInput(),
                    validate_choice=False,
                )
    made = type("AskedForm", (PageForm,), fields)
    data = {name: data_of(name, before.get(name, "")) for name in columns}
    form: PageForm = made(formdata=_safe(typed) if typed is not None else None, data=data)
    for name in columns:
        _prepare_rows(form[name], QUESTIONS[name].kind)
    return form


def was_in(typed: MultiDict[str, str], columns: Sequence[str]) -> dict[str, str] | None:
    """The cells that the page had been shown with; None where it does not say, or says nonsense."""
    held = held_cells(typed.get(WAS, ""))
    return None if held is None else {name: held.get(name, "") for name in columns}


def held_cells(text: str) -> dict[str, str] | None:
    """Column → cell, as a hidden field of ours holds them; None for anything else, and for what cannot be stored."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(held, dict):
        return None
    for name, cell in held.items():
        if not isinstance(cell, str) or _NEVER_SENT.search(name + cell):
            return None
    return held


def was_text(before: Mapping[str, str], columns: Sequence[str]) -> str:
    """What `was_in` reads back."""
    return json.dumps({name: before.get(name, "") for name in columns}, ensure_ascii=False)


def label_of(vocabulary: str, code: str) -> str:
    """A code in plain words."""
    if vocabulary == "groups":
        return _(groups()[code].plain) if code in groups() else code
    if vocabulary == "support_types":
        return _(support_types()[code].label) if code in support_types() else code
    found = terms(vocabulary).get(code)
    return _(found.label) if found else code


def _field(question: Question, asked_apart: Collection[str]) -> Field:
    label, hint = question.label, question.hint
    match question.kind:
        case Kind.WORDS | Kind.NAMES:
            return TextAreaField(label, description=hint, widget=GovTextArea())
        case Kind.YES_NO:
            choices = [("yes", _("Yes")), ("no", _("No")), (NOT_KNOWN, _("Not known"))]
            return RadioField(
                label, description=hint, choices=choices, widget=GovRadioInput(), validate_choice=False
            )
        case Kind.ONE_OF:
            choices = [(code, label_of(question.vocabulary, code)) for code in codes(question.vocabulary)]
            if not question.is_required:
                choices.append((NOT_KNOWN, _("Not known")))
            return RadioField(
                label, description=hint, choices=choices, widget=GovRadioInput(), validate_choice=False
            )
        case Kind.SOME_OF | Kind.TAGS:
            choices = [
                (code, label_of(question.vocabulary, code))
                for code in codes(question.vocabulary)
                if code not in asked_apart
            ]
            return SelectMultipleField(
                label, description=hint, choices=choices, widget=GovCheckboxesInput(), validate_choice=False
            )
        case Kind.DATE:
            return FormField(DateParts, label=label, description=hint)
        case Kind.ROUTES:
            return FieldList(FormField(RouteRow), label=label, description=hint, max_entries=LINES_MAX)
        case Kind.PLACES:
            return FieldList(FormField(PlaceRow), label=label, description=hint, max_entries=LINES_MAX)
        case _:
            return StringField(label, description=hint, widget=GovTextInput())


def _prepare_rows(field: Field, kind: Kind) -> None:
    """An empty row at the end of a page that is opened, and the choices of every row."""
    if kind is Kind.ROUTES:
        _open_rows(field, "kind", "route")
    elif kind is Kind.PLACES:
        _open_rows(field, "precision", "precision")


def _open_rows(field: Field, part: str, vocabulary: str) -> None:
    if not field.entries:
        field.append_entry()
    for entry in field.entries:
        choose(entry.form[part], vocabulary)


def choose(field: Field, vocabulary: str) -> None:
    """The choices of a row's first part."""
    words = {
        "exact": _("A place that anyone may know, with its postcode"),
        "town": _("Only the town may be known"),
        "confidential": _("It must stay confidential"),
    }
    field.choices = [
        ("", _("Choose")),
        *((code, words.get(code) or label_of(vocabulary, code)) for code in codes(vocabulary)),
    ]


def _safe(typed: MultiDict[str, str]) -> MultiDict[str, str]:
    """What was sent, under names that a form of ours can have: '²' counts as a digit and is no number."""
    return MultiDict((name, value) for name, value in typed.items(multi=True) if _KEY.fullmatch(name))
