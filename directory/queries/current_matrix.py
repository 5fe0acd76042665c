"""The matrix of the whole country as it stands today: made again when listings, statements or the day change."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from directory.matrix.areas import Areas, MatrixArea
from directory.matrix.cells import Authority, CellType, HalfCell, half_cell
from directory.matrix.columns import axes_of
from directory.matrix.statements import Said, Statement
from directory.matrix.states import CountryStates, listed_states
from directory.matrix.types import MatrixService, Mode, Rules
from directory.queries.holds import HeldValues, current_holds
from directory.queries.listings import listings_version
from directory.queries.matrix_services import matrix_services
from directory.queries.statements import areas_on, matrix_version, statements
from directory.reference.support_types import SupportType, support_types
from directory.tables_of_day import of_the_tables

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@of_the_tables
def cell_types() -> Mapping[str, CellType]:
    """Code → support type, as the matrix needs it, in the table's order."""
    return cell_types_of(support_types().values())


@of_the_tables
def delivery_models() -> Mapping[str, tuple[str, ...]]:
    """Support type → the types it fills wherever it exists."""
    return delivery_models_of(support_types().values())


def cell_types_of(table: Iterable[SupportType]) -> Mapping[str, CellType]:
    """The same of any table of support types, such as that of a snapshot."""
    return {
        one.code: CellType(
            one.code, one.group, one.kind, one.filled_by, frozenset(Mode(mode) for mode in one.modes)
        )
        for one in table
    }


def delivery_models_of(table: Iterable[SupportType]) -> Mapping[str, tuple[str, ...]]:
    """Likewise."""
    return {one.code: one.fills for one in table if one.fills}


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
    types: Mapping[str, CellType] = field(default_factory=cell_types)
    offering: Mapping[str, tuple[MatrixService, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Support type → the services that offer it, so that no cell asks all the others."""
        offering: dict[str, list[MatrixService]] = {}
        for service in self.services:
            for support_type in service.types:
                offering.setdefault(support_type, []).append(service)
        object.__setattr__(self, "offering", {code: tuple(found) for code, found in offering.items()})

    def cell(self, authority: str, support_type: str, mode: Mode) -> HalfCell:
        """Half a cell with all it rests on. Raises KeyError for an unknown authority or type."""
        where = Authority(authority, self.areas.nation_of(authority), self.areas.around(authority))
        services = self.offering.get(support_type, ())
        return half_cell(self.types[support_type], where, mode, services, self.said, self.rules)

    def cells(self, area: MatrixArea) -> tuple[HalfCell, ...]:
        """All half cells of an area of one authority, in the table's order, in person before remote."""
        (authority,) = area.members
        return tuple(self.cell(authority, code, mode) for code in self.types for mode in Mode)


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
    return world_of(
        versions,
        rules,
        areas_on(session, rules.today),
        matrix_services(session),
        without_held(statements(session), current_holds(session).of_anybody),
        cell_types(),
        delivery_models(),
    )


def without_held(everything_said: tuple[Statement, ...], held: HeldValues) -> tuple[Statement, ...]:
    """Statements in whose words stands nothing that is held: whoever made one may have named a number."""
    if not held:
        return everything_said
    return tuple(
        replace(one, what=held.cleaned(one.what), evidence=held.cleaned(one.evidence))
        for one in everything_said
    )


def world_of(
    versions: tuple[int, int],
    rules: Rules,
    where: Areas,
    services: tuple[MatrixService, ...],
    everything_said: tuple[Statement, ...],
    types: Mapping[str, CellType],
    fills: Mapping[str, tuple[str, ...]],
) -> MatrixWorld:
    """The world that these make, whether they were read from the tables or from a snapshot."""
    said = Said(everything_said, rules.today, fills)
    states = country_states(where, services, said, types, rules)
    return MatrixWorld(versions, rules, where, services, everything_said, said, states, types)


def country_states(
    where: Areas,
    services: tuple[MatrixService, ...],
    said: Said,
    types: Mapping[str, CellType],
    rules: Rules,
) -> CountryStates:
    """The state of every half cell of every authority, from some services and what some have said."""
    axes = axes_of(
        {code: where.nation_of(code) for code in where.authorities},
        types,
        {code: area.region_code for code, area in where.authorities.items()},
    )
    return CountryStates(
        listed_states(services, axes, rules),
        tuple(types.values()),
        {code: where.around(code) for code in where.authorities},
        said,
    )
