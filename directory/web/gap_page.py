"""The page of one gap: its evidence, what made its priority, what would change it, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from directory.geo.areas import areas
from directory.matrix.areas import MatrixArea
from directory.matrix.findings import PARTS_OF_ID, Finding, rule_in
from directory.matrix.priority import Component, Part
from directory.matrix.statements import Statement
from directory.queries.current_gaps import Registers
from directory.queries.gap_register import DISPUTED, OPEN, Decision
from directory.queries.telephones import Telephone
from directory.queries.views import ListingView
from directory.reference.collaboration_duty import Scope, duty_scope
from directory.reference.groups import groups
from directory.reference.priority_weights import priority_weights
from directory.reference.support_types import support_types
from directory.web.dates import day, when
from directory.web.gap_answer import telephones_of
from directory.web.gap_lines import Line
from directory.web.gap_tables import Row, row_of
from directory.web.gap_words import closing_words
from directory.web.words import term, term_list, translated

SERVICES_SHOWN_MAX = 20


@dataclass(frozen=True, slots=True)
class ServiceEvidence:
    """A service that a finding rests on, with what is known of it and from when, in words."""

    service_id: int
    name: str
    organisation: str
    telephones: tuple[Telephone, ...]
    confirmed: str
    source: str
    wait: str


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of the priority: points of out_of, and why it weighs what it does."""

    label: str
    points: int
    out_of: int
    reason: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class Place:
    """An authority of a wider area where the gap holds, and the id of the gap there."""

    name: str
    area_code: str
    gap_id: str


@dataclass(frozen=True, slots=True)
class GapView:
    """Everything on the page. services_more: how many are not named."""

    row: Row
    definition: str
    closing: str
    changes: tuple[str, ...]
    tests: tuple[str, ...]
    services: tuple[ServiceEvidence, ...]
    services_more: int
    statements: tuple[Statement, ...]
    places: tuple[Place, ...]
    parts: tuple[PartView, ...]
    scope: Scope


@dataclass(frozen=True, slots=True)
class GoneView:
    """A gap about which somebody decided, and that is no longer found. label: '' for a type that is no more."""

    gap_id: str
    label: str
    group: str
    rule: str
    history: tuple[Decision, ...]


def gap_view(
    line: Line,
    registers: Registers,
    area: MatrixArea,
    listings: Mapping[int, ListingView],
) -> GapView:
    """The page of a line. listings: of the services it rests on."""
    finding = line.finding
    held = [listings[number] for number in finding.services if number in listings]
    return GapView(
        row=row_of(line, area, registers.limits),
        definition=translated(line.support_type.definition),
        closing=closing_words(finding),
        changes=tuple(_change(part) for part in line.score.could_change),
        tests=tuple(term_list(finding.tests, "cell_test")),
        services=tuple(_service(one) for one in held[:SERVICES_SHOWN_MAX]),
        services_more=max(0, len(held) - SERVICES_SHOWN_MAX),
        statements=_statements(finding, registers),
        places=_places(finding, area),
        parts=tuple(_part(part) for part in line.score.parts),
        scope=duty_scope()[finding.support_type],
    )


def gone_view(gap_id: str, history: tuple[Decision, ...]) -> GoneView:
    """A gap that is known by its id alone."""
    parts = PARTS_OF_ID.fullmatch(gap_id)
    row = support_types().get(parts["type"]) if parts else None
    rule = rule_in(gap_id)
    return GoneView(
        gap_id,
        translated(row.label) if row else "",
        translated(groups()[row.group].label) if row else "",
        term(rule.value, "gap_rule") if rule else "",
        history,
    )


def _statements(finding: Finding, registers: Registers) -> tuple[Statement, ...]:
    """What was said, of what the finding may tell this reader."""
    return tuple(one for one in registers.world.statements if one.id in finding.statements)


def _service(listing: ListingView) -> ServiceEvidence:
    confirmed = day(listing.last_confirmed) if listing.last_confirmed else str(_("not yet"))
    wait = str(_("not known"))
    if listing.waiting_weeks is not None:
        weeks = ngettext("%(num)s week", "%(num)s weeks", listing.waiting_weeks)
        wait = str(_("%(weeks)s (%(date)s)", weeks=weeks, date=when(listing.waiting_as_at)))
    elif listing.waiting_list:
        label = term(listing.waiting_list, "waiting")
        wait = str(_("%(list)s (%(date)s)", list=label, date=when(listing.waiting_as_at)))
    source = str(_("%(source)s, %(date)s", source=listing.source_name, date=when(listing.source_date)))
    return ServiceEvidence(
        listing.id,
        listing.name,
        listing.organisation if listing.organisation != listing.name else "",
        telephones_of(listing),
        confirmed,
        source,
        wait,
    )


def _places(finding: Finding, area: MatrixArea) -> tuple[Place, ...]:
    if not area.is_wide:
        return ()
    named = ((areas()[code].name, code) for code in finding.authorities)
    return tuple(Place(name, code, finding.id_in(code)) for name, code in sorted(named))


def _part(part: Part) -> PartView:
    reason = translated(priority_weights()[part.component].reason)
    return PartView(
        term(part.component.value, "gap_component"), part.points, part.out_of, reason, part.is_known
    )


def _change(part: Part) -> str:
    """What better knowledge would do to the priority, without saying by how much: the public may read it."""
    if part.component is Component.FIRMNESS:
        return str(
            _(
                "Firmer evidence would raise its priority: a statement of somebody who knows, or a confirmed listing."
            )
        )
    return str(_("How many people it touches is not known; it counts as half until it is."))


def done_words(history: tuple[Decision, ...]) -> str:
    """What the public sees of a gap now that somebody has decided. history: every decision, the oldest first."""
    newest = history[-1]
    if newest.status != DISPUTED:
        status = term(newest.status, "gap_status")
        return str(
            _(
                "Anyone can now see: %(status)s, %(day)s. Only commissioners see the reason and who decided.",
                status=status, day=day(newest.on),
            )
        )  # fmt: skip
    before = next((one.status for one in reversed(history) if one.status != DISPUTED), OPEN)
    return str(
        _(
            "It is recorded. Only commissioners see that it is disputed, and why. Anyone else still sees: %(status)s.",
            status=term(before, "gap_status"),
        )
    )
