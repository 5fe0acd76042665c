"""The lines of a register as whoever asks may see them: findings with people, priority, status and who leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from directory.matrix.areas import ENGLAND, MatrixArea
from directory.matrix.findings import FIRMNESSES, Finding, GapRule
from directory.matrix.need import Estimate
from directory.matrix.people import central, people_of
from directory.matrix.priority import Component, Score, Setting, out_of_a_hundred, score
from directory.matrix.types import Mode
from directory.queries.current_gaps import Registers
from directory.queries.current_matrix import MatrixWorld
from directory.queries.gap_register import DISPUTED, OPEN, Decision
from directory.reference.collaboration_duty import duty_scope
from directory.reference.commissioners import commissioners_of
from directory.reference.gap_rules import gap_rules
from directory.reference.support_types import SupportType, support_types
from directory.security.who_sees import Fact, sees
from directory.web.gap_asked import GAPS, WITHIN, GapsAsked
from directory.web.matrix_disputes import untold_statements

FIRMEST = 5
NEEDS: Mapping[GapRule, Fact] = {
    GapRule.THEY_DIFFER: Fact.DISPUTE,
    GapRule.FUNDING_ENDS: Fact.FUNDING_DATE,
}
"""The rules that tell, by their name alone, what not everybody may see."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. estimate: None where none is published, or it is not for whoever asks.

    status: of the newest decision this reader may see; history: every one of those, the oldest first.
    """

    gap_id: str
    finding: Finding
    score: Score
    estimate: Estimate | None
    commissioners: tuple[str, ...]
    is_duty: bool
    history: tuple[Decision, ...] = ()

    @property
    def support_type(self) -> SupportType:
        """The row of the working matrix that it is about."""
        return support_types()[self.finding.support_type]

    @property
    def status(self) -> str:
        """A code of the taxonomy `gap_status`."""
        return self.history[-1].status if self.history else OPEN


def register_lines(
    registers: Registers,
    area: MatrixArea,
    asked: GapsAsked,
    history: Mapping[str, tuple[Decision, ...]],
) -> tuple[Line, ...]:
    """Every line of an area, both lists, the first to look at first. No filter is applied.

    history: gap id → the decisions that whoever asks may see.
    """
    weights, world = out_of_a_hundred(asked.weights_in_use), registers.world
    lines = [
        _line(as_told(finding, world), registers, area, weights, history.get(finding.id_in(area.code), ()))
        for finding in registers.of(area)
        if is_for_reader(finding.rule)
    ]
    order = {code: place for place, code in enumerate(support_types())}
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                not line.finding.is_gap,
                -line.score.points,
                order[line.finding.support_type],
                line.gap_id,
            ),
        )
    )


def is_for_reader(rule: GapRule | None) -> bool:
    """Whether whoever asks may see lines of a rule; also whether they may know that there was one."""
    needed = NEEDS.get(rule) if rule else None
    return needed is None or sees(needed)


def as_told(finding: Finding, world: MatrixWorld) -> Finding:
    """The finding without what was said in a dispute that is not for whoever asks, and without its days."""
    if not finding.statements:
        return finding
    modes = (finding.mode,) if finding.mode else tuple(Mode)
    untold = untold_statements(world, finding.authorities, finding.support_type, modes)
    if not untold.intersection(finding.statements):
        return finding
    days = {one.stated_on.isoformat() for one in world.statements if one.id in untold}
    return replace(
        finding,
        statements=tuple(one for one in finding.statements if one not in untold),
        dates=tuple(one for one in finding.dates if one not in days),
    )


def visible_history(history: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that whoever asks may see: what is disputed is for commissioners."""
    if sees(Fact.DISPUTE):
        return tuple(history)
    return tuple(one for one in history if one.status != DISPUTED)


def _line(
    finding: Finding,
    registers: Registers,
    area: MatrixArea,
    weights: Mapping[Component, int],
    history: tuple[Decision, ...],
) -> Line:
    row = support_types()[finding.support_type]
    rule = gap_rules()[finding.rule]
    estimate = people_of(finding.authorities).get(row.group)
    is_duty = duty_scope()[row.code].is_in_scope and any(
        registers.world.areas.nation_of(code) == ENGLAND for code in finding.authorities
    )
    setting = Setting(
        severity=rule.severity,
        equality=rule.equality,
        level=row.level,
        people=central(estimate),
        # What is by phone or online by its nature is near everybody.
        far_share=registers.far_share(finding) if Mode.IN_PERSON in row.modes else 0.0,
        is_duty=is_duty,
    )
    return Line(
        finding.id_in(area.code),
        finding,
        score(finding, setting, weights),
        estimate if estimate is None or _may_be_seen(estimate) else None,
        commissioners_of()[row.code],
        is_duty,
        history,
    )


def _may_be_seen(estimate: Estimate) -> bool:
    return not estimate.is_upper_bound or sees(Fact.UPPER_BOUND_OF_NEED)


def chosen(lines: Iterable[Line], asked: GapsAsked) -> tuple[Line, ...]:
    """The lines that pass every filter."""
    return tuple(
        line
        for line in lines
        if (not asked.group or line.support_type.group == asked.group)
        and (not asked.lead or asked.lead in line.commissioners)
        and (not asked.duty or line.is_duty is (asked.duty == WITHIN))
        and (not asked.in_list or line.finding.is_gap is (asked.in_list == GAPS))
        and (not asked.status or line.status == asked.status)
    )


def firmest(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The few gaps to begin with: what is known best first, and among those what comes first."""
    gaps = [line for line in lines if line.finding.is_gap]
    gaps.sort(key=lambda line: (FIRMNESSES.index(line.finding.firmness), -line.score.points))
    return tuple(gaps[:FIRMEST])
