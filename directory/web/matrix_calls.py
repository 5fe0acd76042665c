"""A round of telephone calls for an area: whom to ring, on what number, and what to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _

from directory.matrix.areas import MatrixArea
from directory.matrix.calls import Call, Country, Round, round_of_calls
from directory.matrix.types import Test
from directory.queries.area_states import states_of
from directory.queries.current_matrix import MatrixWorld, cell_types
from directory.queries.of_world import OfArea
from directory.queries.telephones import Telephone, telephones
from directory.reference.support_types import support_types
from directory.web.words import translated

Numbers = Mapping[int, tuple[Telephone, ...]]


@dataclass(frozen=True, slots=True)
class CallLine:
    """One service to ring. unclear: support types to ask about by name."""

    call: Call
    telephones: tuple[Telephone, ...]
    questions: tuple[str, ...]
    unclear: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallsPage:
    """A round, with what to say. calls: those that add something; second: those that only confirm more choice."""

    round: Round
    calls: tuple[CallLine, ...]
    second: tuple[CallLine, ...]
    unreachable: tuple[CallLine, ...]


def _round(world: MatrixWorld, area: MatrixArea) -> tuple[Round, Numbers]:
    with current_app.extensions["database"].reading() as session:
        numbers = telephones(session)
    country = Country(
        {code: world.areas.nation_of(code) for code in area.members},
        tuple(cell_types().values()),
        states_of(world, area),
    )
    return round_of_calls(world.services, country, world.rules, numbers.keys()), numbers


the_round: OfArea[tuple[Round, Numbers]] = OfArea(_round)
"""(world, area) → the round for it, and every service's numbers."""


def calls_page(world: MatrixWorld, area: MatrixArea) -> CallsPage:
    """The round in words."""
    found, numbers = the_round(world, area)
    lines = tuple(_line(call, numbers) for call in found.calls)
    return CallsPage(
        found,
        tuple(line for line in lines if line.call.adds),
        tuple(line for line in lines if not line.call.adds),
        tuple(_line(call, numbers) for call in found.unreachable),
    )


def _line(call: Call, numbers: Numbers) -> CallLine:
    return CallLine(
        call,
        numbers.get(call.service.id, ()),
        tuple(question_words(test) for test in call.asks),
        tuple(translated(support_types()[code].label) for code in call.unclear_types),
    )


def question_words(test: Test) -> str:
    """What to ask about a test that a call settles."""
    words = {
        Test.SOURCE_UNCLEAR: _("Do you give this help, and to these people? See the list below."),
        Test.SOME_RESIDENTS: _("Do you take everyone who lives here, or only some?"),
        Test.MODE_NOT_KNOWN: _("Do you meet people in person, help by phone or online, or both?"),
        Test.COST_NOT_KNOWN: _("Is it free to the person?"),
        Test.NOT_CONFIRMED: _("Is what our listing says right?"),
        Test.CONFIRMED_LONG_AGO: _("Is what our listing says still right?"),
    }
    return str(words[test])
