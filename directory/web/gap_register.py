"""The register of an area as a request asks for it: its lines, those that pass the filters, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import current_app, request

from directory.matrix.areas import MatrixArea
from directory.matrix.findings import rule_in
from directory.queries.current_gaps import CurrentGaps, Registers
from directory.queries.gap_register import Decision, decisions, followed
from directory.queries.said_of_services import ReplyView, replies
from directory.queries.snapshots import SnapshotWorld
from directory.security.who_sees import Fact, sees
from directory.web.gap_asked import GapsAsked, read_gaps_asked
from directory.web.gap_lines import Line, chosen, is_for_reader, register_lines, visible_history
from directory.web.matrix_world import area_named, matrix_world
from directory.web.permanent import address_in, permanent_address


@dataclass(frozen=True, slots=True)
class Register:
    """An area's register as somebody asked for it. lines: all of them; shown: those that pass the filters.

    history: gap id → every decision that whoever asks may see; no id without one.
    permanent: the path that shows these lines again; '' where none could be made.
    replies: statement → the replies to it. A snapshot keeps none: a reply can be taken back, or taken down.
    """

    area: MatrixArea
    asked: GapsAsked
    registers: Registers
    lines: tuple[Line, ...]
    shown: tuple[Line, ...]
    history: Mapping[str, tuple[Decision, ...]]
    permanent: str
    replies: Mapping[int, tuple[ReplyView, ...]] = field(default_factory=dict)

    @property
    def gone(self) -> Mapping[str, tuple[Decision, ...]]:
        """Ids about which somebody decided, and that no line has or follows, with what was decided."""
        held = {line.gap_id for line in self.lines} | self.moved.keys()
        return {gap_id: history for gap_id, history in self.history.items() if gap_id not in held}

    @property
    def moved(self) -> Mapping[str, str]:
        """Id that a gap had when somebody decided about it → the id it has today, where that is another."""
        return {
            decision.gap_id: line.gap_id
            for line in self.lines
            for decision in line.history
            if decision.gap_id != line.gap_id
        }


def register_of(area_code: str) -> Register:
    """The register of the area in an address, as the address asks for it. Raises NotFound or RuleBroken."""
    world = matrix_world()
    found = area_named(world, area_code)
    asked = read_gaps_asked(request.args, sees_weights=sees(Fact.WEIGHT))
    with current_app.extensions["database"].reading() as session:
        registers: Registers = current_app.extensions["gaps"].get(
            session, world, asked.limits_in_use, with_funding=sees(Fact.FUNDING_DATE)
        )
        decided = decisions(session, found.code)
        answered = replies(session)
    history = {
        gap_id: seen
        for gap_id, every in decided.items()
        if is_for_reader(rule_in(gap_id)) and (seen := visible_history(every))
    }
    lines = register_lines(registers, found, asked, followed(history, registers.of(found), found.code))
    permanent = permanent_address(world, found, "gaps", **asked.args())
    return Register(found, asked, registers, lines, chosen(lines, asked), history, permanent, answered)


def register_in(snapshot: SnapshotWorld, area: MatrixArea) -> Register:
    """The register of an area as a snapshot has it, as the address asks for it. Raises RuleBroken.

    The snapshot's tables are in force, and whoever asks sees what anyone may.
    """
    number = snapshot.view.id
    asked = read_gaps_asked(request.args, sees_weights=False, snapshot=number)
    gaps: CurrentGaps = current_app.extensions["snapshot_gaps"]
    registers = gaps.get(None, snapshot.world, asked.limits_in_use)
    history = {
        gap_id: tuple(Decision(gap_id, one.status, "", "", one.on) for one in every)
        for gap_id, every in snapshot.decisions.get(area.code, {}).items()
    }
    lines = register_lines(registers, area, asked, followed(history, registers.of(area), area.code))
    permanent = address_in(number, area, "gaps", **asked.args())
    return Register(area, asked, registers, lines, chosen(lines, asked), history, permanent)
