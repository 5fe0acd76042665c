"""Statements and states as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from directory.cli.area_argument import kind_told, told
from directory.matrix.areas import MatrixArea
from directory.matrix.statements import Statement, in_force
from directory.matrix.types import Mode, State
from directory.queries.current_matrix import MatrixWorld, cell_types
from directory.reference.support_types import support_types
from directory.reference.terms import terms

MODES: Mapping[str, str] = {
    "in-person": "in person",
    "remote": "by phone or online",
    "both": "in person and by phone or online",
}
LABEL_WIDTH = 44
STATE_WIDTH = 24


def statement_told(one: Statement) -> str:
    """One statement in one line: its number, the cell, what is said, who said it and when."""
    parts = [
        f"statement {one.id}: {one.support_type} {MODES[one.mode]}: {_state(one.exists).lower()}",
        f"{terms('body')[one.body].label} ({one.role}), {one.stated_on}",
    ]
    if one.sector:
        parts.append(f"provided by: {terms('sector')[one.sector].label.lower()}")
    if one.effective:
        parts.append(terms("effective")[one.effective].label.lower())
    if one.what:
        parts.append(f"what: {one.what}")
    if one.evidence:
        parts.append(f"evidence: {one.evidence}")
    return "; ".join(parts)


def history_told(world: MatrixWorld, area: MatrixArea) -> Iterator[str]:
    """Lines: what was ever said for the area, the newest first, and what holds there from wider ones."""
    own = [one for one in world.statements if one.area_code == area.code]
    holds = {one.id for one in in_force(world.statements, world.rules.today)}
    yield f"Said for {told(area)}:"
    for one in sorted(own, key=lambda one: (one.stated_on, one.id), reverse=True):
        yield f"  {statement_told(one)}; {_standing(one, one.id in holds)}"
    if not own:
        yield "  nothing"
    if area.is_wide:
        yield "It holds for the authorities of this area until a more local statement is made."
        return
    wider = {
        statement.id: (statement, holding.area_code)
        for cell in cell_types().values()
        for mode in cell.modes
        if (holding := world.said.holding(cell.code, mode, world.areas.around(*area.members)))
        for statement in holding.statements
        if holding.area_code != area.code
    }
    if wider:
        yield "Said for other areas that it lies in, and held here until a more local statement is made:"
    for statement, code in wider.values():
        yield f"  {statement_told(statement)}; said for {_name(world, code)}"


def cells_told(world: MatrixWorld, area: MatrixArea) -> Iterator[str]:
    """Lines: each support type with its two halves; of a wider area, in how many of its authorities."""
    yield f"{told(area)}, {kind_told(area.kind)}, {world.rules.today}"
    if area.is_wide:
        yield f"In how many of its {len(area.members)} authorities:"
    width = STATE_WIDTH * (2 if area.is_wide else 1)
    yield f"{'':6} {'':{LABEL_WIDTH}} {'In person':{width}} By phone or online"
    for code, cell in cell_types().items():
        label = _cut(support_types()[code].label, LABEL_WIDTH)
        halves = {
            mode: _half(world, area, code, mode) if mode in cell.modes else "does not apply" for mode in Mode
        }
        yield f"{code:6} {label:{LABEL_WIDTH}} {halves[Mode.IN_PERSON]:{width}} {halves[Mode.REMOTE]}".rstrip()


def _half(world: MatrixWorld, area: MatrixArea, code: str, mode: Mode) -> str:
    found = world.states.over(area.members, code, mode)
    disputed = sum(world.states.is_disputed(member, code, mode) for member in found)
    if not area.is_wide:
        (state,) = found.values()
        return _state(state).lower() + (", disputed" if disputed else "")
    counts = {state: sum(own is state for own in found.values()) for state in State}
    words = [f"{_state(state).lower()} {count}" for state, count in counts.items() if count]
    return ", ".join([*words, f"disputed {disputed}"] if disputed else words)


def _standing(one: Statement, is_in_force: bool) -> str:
    taken_back = f"taken back on {one.withdrawn_on} ({one.withdrawn_reason})" if one.withdrawn_on else ""
    if is_in_force:
        return f"in force; to be {taken_back}" if taken_back else "in force"
    return taken_back or "a newer one has taken its place"


def _state(state: State) -> str:
    return terms("matrix_state")[state.value].label


def _name(world: MatrixWorld, code: str) -> str:
    area = world.areas.get(code)
    return code if area is None else told(area)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
