"""The answer on one page, before the register: what is surely missing, whom to ask what, how much is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from directory.matrix.areas import MatrixArea
from directory.matrix.findings import GapRule
from directory.matrix.questions import Question, most_useful
from directory.matrix.types import State
from directory.matrix.wide import Share
from directory.queries.current_gaps import Registers
from directory.queries.telephones import Telephone
from directory.queries.views import ListingView, RouteView
from directory.reference.commissioners import commissioners_of
from directory.reference.support_types import support_types
from directory.web.gap_lines import Line, firmest
from directory.web.lead_words import are_welsh, lead_words
from directory.web.words import translated

QUESTIONS_MAX = 5
TYPES_NAMED_MAX = 4


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question, with whom to ask.

    who: a service's name, or a usual commissioner. service_id: None for a commissioner.
    ask: what to ask. types: labels of the support types it is about, and `more` that are not named.
    """

    who: str
    service_id: int | None
    telephones: tuple[Telephone, ...]
    ask: str
    types: tuple[str, ...]
    more: int
    settles: str


@dataclass(frozen=True, slots=True)
class KeptService:
    """A service as a snapshot has it: without a telephone number, which may have changed since."""

    name: str
    organisation: str
    contact_routes: tuple[RouteView, ...] = ()


Askable = ListingView | KeptService


@dataclass(frozen=True, slots=True)
class NotKnown:
    """How much is not known: of all the halves of cells that apply, in all the area's authorities."""

    halves: int
    of: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """firm: the gaps to begin with. questions: the most useful. not_known: how much nobody has told."""

    firm: tuple[Line, ...]
    questions: tuple[Question, ...]
    not_known: NotKnown
    counts: Mapping[State, int]

    @property
    def asked_services(self) -> tuple[int, ...]:
        """The services that somebody should ring."""
        return tuple(one.asked.service for one in self.questions if one.asked.service is not None)


def answer(registers: Registers, area: MatrixArea, lines: tuple[Line, ...]) -> Answer:
    """The answer for an area. lines: its register, unfiltered."""
    worth = {id(line.finding): max(1, line.score.points) * len(line.finding.authorities) for line in lines}
    questions = most_useful(
        (line.finding for line in lines if not line.finding.is_gap),
        commissioners_of(),
        lambda finding: worth[id(finding)],
        QUESTIONS_MAX,
    )
    counts = registers.world.states.counts(area.members)
    total, unknown = sum(counts.values()), counts[State.NOT_KNOWN]
    # Rounded as every share of the matrix is: some is never nought per cent.
    share = Share(State.NOT_KNOWN, (), unknown, total)
    return Answer(firmest(lines), questions, NotKnown(unknown, total, share.percent), counts)


def question_views(found: Answer, listings: Mapping[int, Askable]) -> tuple[QuestionView, ...]:
    """The questions in words. listings: those of `asked_services`."""
    return tuple(_view(one, listings) for one in found.questions)


def _view(question: Question, listings: Mapping[int, Askable]) -> QuestionView:
    codes = list(dict.fromkeys(finding.support_type for finding in question.findings))
    labels = tuple(translated(support_types()[code].label) for code in codes[:TYPES_NAMED_MAX])
    more = len(codes) - len(labels)
    settles = ngettext(
        "The answer could settle %(num)s line of the register.",
        "The answer could settle %(num)s lines of the register.",
        len(question.findings),
    )
    if question.asked.service is None:
        rules = {finding.rule for finding in question.findings}
        ask = _("Is there any of this here, and who gives it?")
        if rules == {GapRule.NOT_LISTED}:
            ask = _("You say that this exists. Which service is it?")
        places = {code for finding in question.findings for code in finding.authorities}
        who = lead_words(question.asked.commissioner, is_welsh=are_welsh(places))
        return QuestionView(who, None, (), str(ask), labels, more, settles)
    listing = listings.get(question.asked.service)
    who = listing.name if listing else str(_("Service %(number)s", number=question.asked.service))
    if listing and listing.organisation not in ("", listing.name):
        who = str(_("%(service)s, %(organisation)s", service=listing.name, organisation=listing.organisation))
    ask = _("Is its listing right, whom does it take, how long do people wait, and when is it open?")
    return QuestionView(who, question.asked.service, telephones_of(listing), str(ask), labels, more, settles)


def telephones_of(listing: Askable | None) -> tuple[Telephone, ...]:
    """The numbers of a listing, in its order."""
    if listing is None:
        return ()
    return tuple(
        Telephone(route.value, route.href, route.hours, route.note)
        for route in listing.contact_routes
        if route.kind == "telephone" and route.value
    )
