"""A cell opened: its state in each half, the rule that gave it, the services, and what has been said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from flask import current_app
from flask_babel import gettext as _

from directory.matrix.areas import MatrixArea
from directory.matrix.reasons import Asked, Reason, asked_of, history, reason
from directory.matrix.statements import Statement
from directory.matrix.types import Judged, Mode, State, Test
from directory.matrix.wide import shares
from directory.queries.current_matrix import MatrixWorld, cell_types, delivery_models
from directory.queries.said_of_services import ReplyView, replies
from directory.reference.support_types import SupportType
from directory.security.who_sees import Fact, sees
from directory.web.dates import day
from directory.web.matrix_disputes import is_told_of, told_holding
from directory.web.matrix_states import StateLine, line, residents, share_line
from directory.web.words import term


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service that counts. failed, passed: its answers in words."""

    id: int
    name: str
    organisation: str
    state: StateLine
    failed: tuple[str, ...]
    passed: tuple[str, ...]
    confirmed: str


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One thing said. A field that this reader may not see is ''.

    taken_back: 'Taken back on 27 November 2026', and why for who may know; '' while it is not. It is said before
    all else of it: a page must not read as though it were still so.
    """

    said: StateLine
    stated_on: date
    body: str
    about: str
    what: str
    holds: str
    effective: str
    evidence: str
    role: str
    is_in_force: bool
    taken_back: str = ""
    replies: tuple[ReplyView, ...] = ()


@dataclass(frozen=True, slots=True)
class CellHalf:
    """One half that applies, in one authority."""

    mode: str
    label: str
    state: StateLine
    why: str
    rule: int
    services: tuple[ServiceLine, ...]
    statements: tuple[StatementLine, ...]
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One authority of a wider area."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class WideHalf:
    """One half that applies, in a wider area: each state with the authorities that are in it."""

    mode: str
    label: str
    shares: tuple[tuple[StateLine, tuple[Place, ...]], ...]


def halves(world: MatrixWorld, authority: str, one: SupportType) -> tuple[CellHalf, ...]:
    """The halves that apply in one authority."""
    cell = cell_types()[one.code]
    may_see_disputes = sees(Fact.DISPUTE)
    found = []
    for mode in Mode:
        if mode not in cell.modes:
            continue
        half = world.cell(authority, one.code, mode)
        hidden = half.is_disputed and not may_see_disputes
        # In a dispute the listings decide: a reader who may not see it is told what they give.
        told = told_holding(half.holding, is_disputed=half.is_disputed)
        why = reason(replace(half, holding=told), cell)
        said = () if hidden else tuple(_said(world, authority, one.code, mode))
        found.append(
            CellHalf(
                mode.value,
                term(mode.value, "mode"),
                line(half.state),
                why_words(why, was_said=bool(said)),
                why.rule,
                tuple(_service_line(judged) for judged in half.services),
                said,
                half.is_disputed and may_see_disputes,
            )
        )
    return tuple(found)


def wide_halves(world: MatrixWorld, area: MatrixArea, one: SupportType) -> tuple[WideHalf, ...]:
    """The halves that apply in an area of several authorities."""
    among = residents({one.group})
    found = []
    for mode in Mode:
        if mode in cell_types()[one.code].modes:
            told = shares(world.states.over(area.members, one.code, mode), among.people)
            lines = tuple(
                (
                    share_line(share, len(area.members), among.who),
                    places(world, share.authorities),
                )
                for share in told
            )
            found.append(WideHalf(mode.value, term(mode.value, "mode"), lines))
    return tuple(found)


def places(world: MatrixWorld, authorities: Iterable[str]) -> tuple[Place, ...]:
    """Authorities by name."""
    named = (Place(code, world.areas.authorities[code].name) for code in authorities)
    return tuple(sorted(named, key=lambda one: (one.name, one.code)))


def why_words(why: Reason, *, was_said: bool) -> str:
    """The rule that gave a state, as it applied here. was_said: something was, whether or not it still holds."""
    if was_said and why is Reason.NOTHING_KNOWN:
        return str(
            _(
                "No listed service counts, and nobody says anything of it now. This does not show that there is none."
            )
        )
    if was_said and why is Reason.LISTINGS_DO_NOT_FILL:
        return str(
            _(
                "Services are listed beside it, but a listing cannot show that everyday services do this. "
                "Nobody who may say so says so now."
            )
        )
    words = {
        Reason.LISTING_PASSES: _("At least one listed service passes every test."),
        Reason.LISTING_FAILS: _("Listed services count, but each of them fails at least one test."),
        Reason.NOTHING_KNOWN: _(
            "No listed service counts, and nobody has said anything of it. This does not show that there is none."
        ),
        Reason.LISTINGS_DO_NOT_FILL: _(
            "Services are listed beside it, but a listing cannot show that everyday services do this. "
            "Nobody who may say so has."
        ),
        Reason.THEY_COULD_NOT_TELL: _("Somebody looked, and could not tell. No listed service counts."),
        Reason.SAID: _("Somebody who may speak for it has said so."),
        Reason.SAID_BUT_NOT_LISTED: _(
            "Somebody has said that it exists. Until a service is listed for it, it is partly available."
        ),
        Reason.SAID_THERE_IS_NONE: _(
            "Somebody who knows has said that there is none. No listing offers it for certain."
        ),
        Reason.LISTING_AGAINST_STATEMENT: _(
            "Somebody has said that there is none, but a listing offers it for certain. "
            "The two differ, and the listing’s state stands."
        ),
        Reason.STATEMENTS_DIFFER: _(
            "Two statements for the same area differ. Until they agree, the listings alone decide."
        ),
    }
    return str(words[why])


def _service_line(judged: Judged) -> ServiceLine:
    asked = asked_of(judged)
    confirmed_on = judged.service.confirmed_on
    return ServiceLine(
        judged.service.id,
        judged.service.name,
        judged.service.organisation,
        line(State.PARTLY if judged.failed else State.AVAILABLE),
        tuple(term(one.failed.value, "cell_test") for one in asked if one.failed),
        tuple(passed_words(one, confirmed_on) for one in asked if one.failed is None),
        day(confirmed_on) if confirmed_on else "",
    )


def passed_words(asked: Asked, confirmed_on: date | None) -> str:
    """A test that a service passes, in words; silence that passes says that it is silence."""
    words = {
        Test.SOURCE_UNCLEAR: _("Its source names this help and this group"),
        Test.SOME_RESIDENTS: _("Takes everyone who lives here"),
        Test.MODE_NOT_KNOWN: _("Its source says that it is given in this way"),
        Test.CHARGES: _("Free to the person"),
        Test.CLOSED_FOR_NOW: _("Running"),
        Test.WAITING_LIST_CLOSED: _("Nothing says that its waiting list is closed"),
        Test.NOT_TAKING_PEOPLE: _("Nothing says that it takes no new people"),
    }
    if asked.question is Test.NOT_CONFIRMED and confirmed_on is not None:
        return str(_("Confirmed by the service on %(day)s", day=day(confirmed_on)))
    return str(words[asked.question])


def _said(world: MatrixWorld, authority: str, code: str, mode: Mode) -> Iterable[StatementLine]:
    """Everything ever said of this half for this authority, what holds first."""
    around = world.areas.around(authority)
    models = {model for model, filled in delivery_models().items() if code in filled}
    holding = world.said.holding(code, mode, around)
    in_force = {one.id for one in holding.statements} if holding else set()
    told = [
        one
        for one in history(world.statements, {code, *models}, around, mode)
        if is_told_of(world, one.area_code, one.support_type, mode)
    ]
    with current_app.extensions["database"].reading() as session:
        answered = replies(session, [one.id for one in told]) if told else {}
    lines = [
        _statement_line(
            world,
            one,
            authority,
            code,
            is_in_force=one.id in in_force,
            is_held=holding is not None,
            answered=answered.get(one.id, ()),
        )
        for one in told
    ]
    return sorted(lines, key=lambda one: not one.is_in_force)


def _statement_line(
    world: MatrixWorld,
    one: Statement,
    authority: str,
    code: str,
    *,
    is_in_force: bool,
    is_held: bool,
    answered: tuple[ReplyView, ...],
) -> StatementLine:
    area = world.areas.get(one.area_code)
    name = area.name if area else one.area_code
    if one.withdrawn_on:
        holds = _("Made for %(area)s", area=name)
    elif not is_in_force and not is_held:
        # What took its place was taken back, and nothing older comes back.
        holds = _("Made for %(area)s; it does not hold here now", area=name)
    elif not is_in_force:
        holds = _("Made for %(area)s; another statement holds here now", area=name)
    elif one.area_code == authority:
        holds = _("Made for %(area)s", area=name)
    else:
        holds = _("Made for %(area)s, and holds here until a more local one is made", area=name)
    return StatementLine(
        said=line(one.exists),
        stated_on=one.stated_on,
        body=term(one.body, "body"),
        about="" if one.support_type == code else one.support_type,
        what=one.what,
        holds=str(holds),
        effective=_effective(one),
        evidence=one.evidence if sees(Fact.NOTE) else "",
        role=one.role if sees(Fact.ASSESSOR) else "",
        is_in_force=is_in_force,
        taken_back=_taken_back(one),
        replies=answered,
    )


def _taken_back(one: Statement) -> str:
    if one.withdrawn_on is None:
        return ""
    words = str(_("Taken back on %(day)s", day=day(one.withdrawn_on)))
    return f"{words}: {one.withdrawn_reason}" if one.withdrawn_reason and sees(Fact.NOTE) else words


def _effective(one: Statement) -> str:
    if not sees(Fact.EFFECTIVENESS):
        return ""
    return term(one.effective, "effective") if one.effective else str(_("Not known"))
