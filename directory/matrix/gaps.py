"""The gap register: findings of an authority, and of a wider area from those of its authorities."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from directory.geo.types import Point
from directory.matrix.cells import Authority, CellType, HalfCell, half_cell
from directory.matrix.findings import Finding, GapRule, Limits, Told
from directory.matrix.half_rules import Surroundings, half_findings, weakest
from directory.matrix.judge import acceptance
from directory.matrix.near import Near
from directory.matrix.statements import Said
from directory.matrix.types import Level, MatrixService, Mode, Rules, Test

_ORDER = {rule: place for place, rule in enumerate(GapRule)}


class GapFinder:
    """Finds the gaps of any authority, over the same services, statements and day."""

    def __init__(
        self,
        cells: Mapping[str, CellType],
        services: Iterable[MatrixService],
        said: Said,
        rules: Rules,
        middles: Mapping[str, Point],
        *,
        limits: Limits,
        funding: Mapping[int, date] | None = None,
    ) -> None:
        """cells: code → support type, in the table's order. middles: LAD code → the middle of the authority.

        funding: service → the day on which its money ends.
        """
        self._cells = cells
        self._said = said
        self._rules = rules
        self._limits = limits
        self._funding = funding or {}
        self._found: dict[Hashable, tuple[Finding, ...]] = {}
        self.near = Near(held := tuple(services), middles, limits.near_miles)
        self._services = held

    def find_gaps(self, authority: Authority) -> tuple[Finding, ...]:
        """Its findings, both lists, in the order of the table and then of GapRule."""
        # Each half is asked only of those that offer its type and take somebody from here.
        offering: dict[str, list[MatrixService]] = {}
        for one in self._services:
            if acceptance(one, authority.code, authority.nation) is not Level.NOTHING:
                for code in one.types:
                    offering.setdefault(code, []).append(one)
        return tuple(
            found
            for cell in self._cells.values()
            for found in self._of_cell(cell, authority, offering.get(cell.code, []))
        )

    def _of_cell(
        self, cell: CellType, authority: Authority, services: Iterable[MatrixService]
    ) -> Iterable[Finding]:
        halves = tuple(
            half_cell(cell, authority, mode, services, self._said, self._rules)
            for mode in Mode
            if mode in cell.modes
        )
        for_others = self.near.for_others(authority.code, authority.nation, cell.code)
        # Neighbours mostly share their services and statements, and so their findings, but for whose they are.
        alike = (cell.code, tuple(_evidence(half) for half in halves), tuple(one.id for one in for_others))
        if alike not in self._found:
            around = Surroundings(authority.code, self._rules, self._limits, for_others, self._funding)
            found = [one for half in halves for one in half_findings(half, cell, around)]
            self._found[alike] = tuple(join_halves(found, cell))
        where = (authority.code,)
        return (
            one if one.authorities == where else replace(one, authorities=where) for one in self._found[alike]
        )


def _evidence(half: HalfCell) -> Hashable:
    """All of half a cell that its findings follow from; alike for two authorities where they are."""
    return (
        half.mode,
        half.state,
        half.is_disputed,
        tuple((one.service.id, one.failed) for one in half.services),
        tuple(one.id for one in half.holding.statements) if half.holding else (),
    )


def join_halves(found: Iterable[Finding], cell: CellType) -> list[Finding]:
    """The findings of one cell: what holds for each half that applies becomes one that names no half."""
    by_key: dict[tuple[GapRule, str, bool], list[Finding]] = {}
    for one in found:
        by_key.setdefault((one.rule, one.detail, one.is_gap), []).append(one)
    joined: list[Finding] = []
    for halves in by_key.values():
        if len(halves) == len(cell.modes):
            joined.append(replace(merged(halves), mode=None))
        else:
            joined += halves
    return sorted(joined, key=lambda one: (_ORDER[one.rule], one.detail))


def merge_areas(registers: Iterable[Iterable[Finding]]) -> tuple[Finding, ...]:
    """The register of a wider area: the same finding in several authorities is one, which names them all."""
    by_name: dict[str, list[Finding]] = {}
    for register in registers:
        for one in register:
            by_name.setdefault(one.name, []).append(one)
    return tuple(merged(found) for found in by_name.values())


def merged(found: list[Finding]) -> Finding:
    """Several findings of one rule as one, on the evidence of all of them; as firm as the least firm."""
    if len(found) == 1:
        return found[0]
    waits = [one.wait_weeks for one in found if one.wait_weeks is not None]
    ends = [one.ends_on for one in found if one.ends_on is not None]
    tests = {test for one in found for test in one.tests}
    asked = {fact for one in found for fact in one.not_told}
    return replace(
        found[0],
        authorities=tuple(sorted({code for one in found for code in one.authorities})),
        services=tuple(sorted({number for one in found for number in one.services})),
        statements=tuple(sorted({number for one in found for number in one.statements})),
        tests=tuple(test for test in Test if test in tests),
        not_told=tuple(fact for fact in Told if fact in asked),
        firmness=weakest(one.firmness for one in found),
        dates=tuple(sorted({day for one in found for day in one.dates})),
        wait_weeks=max(waits, default=None),
        is_shut=any(one.is_shut for one in found),
        ends_on=min(ends, default=None),
    )
