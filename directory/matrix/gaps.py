"""The gap register: findings of an authority, and of a wider area from those of its authorities."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from directory.geo.types import Point
from directory.matrix.cells import Authority, CellType, half_cell
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
        where = (authority.code,)
        return tuple(replace(one, authorities=where) for one in self._shared(authority))

    def find_wide(self, authorities: Iterable[Authority]) -> tuple[Finding, ...]:
        """The register of a wider area: the same finding in several authorities is one, which names them all."""
        held: dict[str, tuple[dict[int, Finding], list[str]]] = {}
        for authority in authorities:
            for one in self._shared(authority):
                different, where = held.setdefault(one.name, ({}, []))
                # Neighbours share the very findings, so that each is merged once.
                different[id(one)] = one
                where.append(authority.code)
        return tuple(
            replace(merged(list(different.values())), authorities=tuple(sorted(set(where))))
            for different, where in held.values()
        )

    def _shared(self, authority: Authority) -> Iterator[Finding]:
        """Its findings, but for whose they are: those of the authority that was first found alike."""
        # Each half is asked only of those that offer its type and take somebody from here.
        offering: dict[str, list[tuple[MatrixService, Level]]] = {}
        for one in self._services:
            accepts = acceptance(one, authority.code, authority.nation)
            if accepts is not Level.NOTHING:
                for code in one.types:
                    offering.setdefault(code, []).append((one, accepts))
        for cell in self._cells.values():
            yield from self._of_cell(cell, authority, offering.get(cell.code, []))

    def _of_cell(
        self, cell: CellType, authority: Authority, offering: Sequence[tuple[MatrixService, Level]]
    ) -> tuple[Finding, ...]:
        """The findings of one cell: worked out once for all authorities of which the same is known."""
        for_others = self.near.for_others(authority.code, authority.nation, cell.code)
        holding = (self._said.holding(cell.code, mode, authority.around) for mode in Mode)
        alike = (
            cell.code,
            tuple((one.id, accepts) for one, accepts in offering),
            tuple(tuple(said.id for said in one.statements) if one else () for one in holding),
            tuple(one.id for one in for_others),
        )
        if alike not in self._found:
            around = Surroundings(authority.code, self._rules, self._limits, for_others, self._funding)
            services = [one for one, _accepts in offering]
            halves = (
                half_cell(cell, authority, mode, services, self._said, self._rules)
                for mode in Mode
                if mode in cell.modes
            )
            found = [one for half in halves for one in half_findings(half, cell, around)]
            self._found[alike] = tuple(join_halves(found, cell))
        return self._found[alike]


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
