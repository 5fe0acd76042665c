"""The matrix of the whole country as it stands today: made again when listings, statements or the day change."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from directory.geo.areas import areas
from directory.matrix.areas import Areas, MatrixArea
from directory.matrix.cells import Authority, CellType, HalfCell, half_cell
from directory.matrix.columns import axes_of
from directory.matrix.statements import Said, Statement
from directory.matrix.states import CountryStates, listed_states
from directory.matrix.types import MatrixService, Mode, Rules
from directory.queries.listings import listings_version
from directory.queries.matrix_services import matrix_services
from directory.queries.statements import areas_on, matrix_version, statements
from directory.reference.support_types import support_types

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@cache
def cell_types() -> Mapping[str, CellType]:
    """Code → support type, as the matrix needs it, in the table's order."""
    return {
        one.code: CellType(
            one.code, one.group, one.kind, one.filled_by, frozenset(Mode(mode) for mode in one.modes)
        )
        for one in support_types().values()
    }


@cache
def delivery_models() -> Mapping[str, tuple[str, ...]]:
    """Support type → the types it fills wherever it exists."""
    return {one.code: one.fills for one in support_types().values() if one.fills}


@dataclass(frozen=True, slots=True)
class MatrixWorld:
    """Everything the matrix is made of, on one day; frozen, and shared by all requests of a process.

    versions: of the listings and of the statements it was made from.
    """

    versions: tuple[int, int]
    rules: Rules
    areas: Areas
    services: tuple[MatrixService, ...]
    statements: tuple[Statement, ...]
    said: Said
    states: CountryStates

    def cell(self, authority: str, support_type: str, mode: Mode) -> HalfCell:
        """Half a cell with all it rests on. Raises KeyError for an unknown authority or type."""
        where = Authority(authority, self.areas.nation_of(authority), self.areas.around(authority))
        return half_cell(cell_types()[support_type], where, mode, self.services, self.said, self.rules)

    def cells(self, area: MatrixArea) -> tuple[HalfCell, ...]:
        """All half cells of an area of one authority, in the table's order, in person before remote."""
        (authority,) = area.members
        return tuple(self.cell(authority, code, mode) for code in cell_types() for mode in Mode)


class CurrentMatrix:
    """Holds one world per process. Every request asks for the versions, which costs two small reads."""

    def __init__(self, stale_after_days: int) -> None:
        self._stale_after_days = stale_after_days
        self._lock = threading.Lock()
        self._held: MatrixWorld | None = None

    def get(self, session: Session, today: date) -> MatrixWorld:
        """The world this session sees, on that day (in London)."""
        versions = (listings_version(session), matrix_version(session))
        held = self._held
        if held is not None and held.versions == versions and held.rules.today == today:
            return held
        with self._lock:
            held = self._held
            if held is None or held.versions != versions or held.rules.today != today:
                held = matrix_world(session, Rules(today, self._stale_after_days), versions)
                self._held = held
        return held


def matrix_world(session: Session, rules: Rules, versions: tuple[int, int]) -> MatrixWorld:
    """The world of a day, read and worked out."""
    where = areas_on(session, rules.today)
    services = matrix_services(session)
    everything_said = statements(session)
    said = Said(everything_said, rules.today, delivery_models())
    axes = axes_of(
        {code: where.nation_of(code) for code in areas()},
        cell_types(),
        {code: area.region_code for code, area in areas().items()},
    )
    states = CountryStates(
        listed_states(services, axes, rules),
        tuple(cell_types().values()),
        {code: where.around(code) for code in areas()},
        said,
    )
    return MatrixWorld(versions, rules, where, services, everything_said, said, states)
