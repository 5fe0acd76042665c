"""The forms of a gap register: filters to choose from, and boxes for limits and weights of the reader's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from directory.matrix.areas import MatrixArea
from directory.matrix.priority import Component
from directory.queries.gap_register import DISPUTED
from directory.reference.gap_rules import gap_rules
from directory.reference.groups import groups
from directory.reference.priority_weights import priority_weights
from directory.reference.terms import terms
from directory.security.who_sees import Fact, sees
from directory.web.gap_asked import GAPS, LIMITS, OUTSIDE, QUESTIONS, WITHIN, GapsAsked, Number, weight_field
from directory.web.lead_words import are_welsh, lead_words
from directory.web.words import term, translated


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a list. The value '' is 'any'."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Select:
    """One filter: a list to choose one from."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class NumberBox:
    """One box for a number, with why it is what it is."""

    name: str
    label: str
    hint: str
    number: Number


def filter_form(asked: GapsAsked, area: MatrixArea) -> tuple[Select, ...]:
    """The filters for an area, with what is chosen."""
    is_welsh = are_welsh(area.members)
    statuses = [code for code in terms("gap_status") if code != DISPUTED or sees(Fact.DISPUTE)]
    return (
        _select("list", _("List"), asked.in_list, ((GAPS, _("Gaps")), (QUESTIONS, _("To find out")))),
        _select(
            "group", _("Group"), asked.group, ((one.code, translated(one.label)) for one in groups().values())
        ),
        _select(
            "lead",
            _("Usual commissioner"),
            asked.lead,
            ((code, lead_words(code, is_welsh=is_welsh)) for code in terms("commissioner")),
        ),
        _select(
            "duty",
            _("Duty to work together (Victims and Prisoners Act 2024)"),
            asked.duty,
            ((WITHIN, _("Within the duty")), (OUTSIDE, _("Outside the duty"))),
        ),
        _select("status", _("Status"), asked.status, ((code, term(code, "gap_status")) for code in statuses)),
    )


def _select(name: str, label: str, chosen: str, options: Iterable[tuple[str, str]]) -> Select:
    every = (("", str(_("Any"))), *((value, str(words)) for value, words in options))
    return Select(name, str(label), tuple(Choice(value, words, value == chosen) for value, words in every))


def limit_boxes(asked: GapsAsked) -> tuple[NumberBox, ...]:
    """The limits that rules turn on."""
    labels = {
        "weeks": _("Weeks of waiting that are too long"),
        "months": _("Months in which funding ends soon"),
        "miles": _("Miles from the middle of the area that are near"),
    }
    return tuple(
        NumberBox(name, str(labels[name]), _hint(number, gap_rules()[LIMITS[name]].reason), number)
        for name, number in asked.limits.items()
        if name != "months" or sees(Fact.FUNDING_DATE)
    )


def weight_boxes(asked: GapsAsked) -> tuple[NumberBox, ...]:
    """The weights of a priority."""
    return tuple(
        NumberBox(
            weight_field(part),
            term(part.value, "gap_component"),
            _hint(asked.weights[part], priority_weights()[part].reason),
            asked.weights[part],
        )
        for part in Component
    )


def _hint(number: Number, reason: str) -> str:
    return str(
        _(
            "%(reason)s. From %(least)s to %(most)s; ours is %(usual)s.",
            reason=translated(reason),
            least=number.least,
            most=number.most,
            usual=number.usual,
        )
    )
