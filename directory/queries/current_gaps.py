"""The gap registers of today's matrix: worked out once for a world and a set of limits, and kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from directory.geo.areas import areas
from directory.geo.grid import from_wgs84
from directory.geo.types import Point
from directory.matrix.areas import MatrixArea
from directory.matrix.cells import Authority
from directory.matrix.findings import Finding, GapRule, Limits
from directory.matrix.gaps import GapFinder
from directory.queries.current_matrix import MatrixWorld, cell_types
from directory.queries.gap_register import funding_ends
from directory.reference.gap_rules import gap_rules
from directory.tables_of_day import of_the_tables

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KEPT_MAX = 4
"""Sets of limits of which registers are kept; the one used longest ago goes first."""


@of_the_tables
def middles() -> dict[str, Point]:
    """LAD code → the middle of the authority."""
    return {code: from_wgs84(area.latitude, area.longitude) for code, area in areas().items()}


def usual_limits() -> Limits:
    """The limits of data/gap_rules.csv."""
    value = {rule: row.limit.value for rule, row in gap_rules().items() if row.limit is not None}
    return Limits(
        wait_weeks=value[GapRule.WAITING],
        funding_months=value[GapRule.FUNDING_ENDS],
        near_miles=value[GapRule.NOT_FOR_RESIDENTS],
        figure_months=value[GapRule.NOT_TOLD],
        not_for={GapRule(rule): row.not_for for rule, row in gap_rules().items()},
    )


@dataclass(slots=True)
class Registers:
    """The registers found so far with one set of limits."""

    finder: GapFinder
    world: MatrixWorld
    limits: Limits
    _of_area: dict[tuple[str, ...], tuple[Finding, ...]] = field(default_factory=dict)

    def of(self, area: MatrixArea) -> tuple[Finding, ...]:
        """The findings of an area; of a wide one, those of its authorities put together."""
        if area.members not in self._of_area:
            authorities = map(self._authority, area.members)
            self._of_area[area.members] = (
                self.finder.find_wide(authorities) if area.is_wide else self.finder.find_gaps(*authorities)
            )
        return self._of_area[area.members]

    def far_share(self, finding: Finding) -> float:
        """The share of a finding's authorities near whose middle nobody gives its type in person."""
        far = sum(not self.finder.near.services(code, finding.support_type) for code in finding.authorities)
        return far / len(finding.authorities)

    def _authority(self, code: str) -> Authority:
        where = self.world.areas
        return Authority(code, where.nation_of(code), where.around(code))


class CurrentGaps:
    """Holds the registers of one process. Everything kept is dropped when the world changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._world: MatrixWorld | None = None
        self._held: OrderedDict[tuple[Limits, bool], Registers] = OrderedDict()

    def get(
        self, session: Session | None, world: MatrixWorld, limits: Limits, *, with_funding: bool = False
    ) -> Registers:
        """The registers of a world. with_funding: whether whoever asks may see when money ends.

        session: None for a snapshot, of which nobody sees when money ends.
        """
        key = (limits, with_funding)
        with self._lock:
            if self._world is not world:
                self._world = world
                self._held.clear()
            if key not in self._held:
                ends = funding_ends(session) if session is not None and with_funding else {}
                finder = GapFinder(
                    cell_types(),
                    world.services,
                    world.said,
                    world.rules,
                    middles(),
                    limits=limits,
                    funding={number: end.ends_on for number, end in ends.items()},
                )
                self._held[key] = Registers(finder, world, limits)
                if len(self._held) > KEPT_MAX:
                    self._held.popitem(last=False)
            self._held.move_to_end(key)
            return self._held[key]
