"""Who can reach what, for every support type and authority at once: what the access page and its tables show.

Two layers that never add up to one: in person, where distance counts, and by phone or
online, where it does not. A service that helps both ways stands in both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from directory.matrix.bands import Band
from directory.matrix.catchment import Reach, authority_scores, ratios, reach
from directory.matrix.cells import LISTINGS, CellType
from directory.matrix.demand import DemandPoints, Floats, Rows
from directory.matrix.nearest import Nearest, nearest
from directory.matrix.remote import shared_by_head
from directory.matrix.supply import SupplyPlaces, Unit, amounts, rows_by_type, supply_places
from directory.matrix.types import MatrixService, Mode

HELPLINE = "helpline"
"""The kind of support of which presence and hours say more than a share for each person."""


@dataclass(frozen=True, slots=True)
class Score:
    """Supply for each person of one authority, and that of the authority in the middle of all of them."""

    per_person: float
    unit: Unit
    middle: float


@dataclass(frozen=True, slots=True)
class Counted:
    """How many services stand behind a line.

    services: those that count and accept the authority's residents. partly: of these, those that take
    only some of them. may_count: those that may offer it and do not count. anywhere: those that
    count in any authority of England and Wales.
    """

    services: int
    partly: int
    may_count: int
    anywhere: int


@dataclass(frozen=True, slots=True)
class InPersonAccess:
    """One support type in person, in one authority.

    nearest_km: mean over its people, a straight line; None where no service with a known place
      accepts them. within: miles → share of its people, 0 to 1; empty likewise.
    score: both parts together; shared: the part of services without a known place, shared by head.
    unplaced: the ids of those services.
    """

    support_type: str
    nearest_km: float | None
    within: Mapping[int, float]
    score: Score
    shared: float
    counted: Counted
    unplaced: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RemoteAccess:
    """One support type by phone or online, in one authority.

    score: None for a helpline whose places are not known. out_of_hours: services reached in the
    evening or at a weekend; hours_known: services of which it is known whether they are.
    """

    support_type: str
    score: Score | None
    counted: Counted
    hours_known: int
    out_of_hours: int


@dataclass(frozen=True, slots=True)
class TypesInPerson:
    """Of the support types that listings can show in person: how many there are; of how many any service that
    counts accepts an authority's residents; and of how many such a service has a known place."""

    types: int
    listed: int
    placed: int


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """One mode: support type → rows of services that count, and of those that only may."""

    counted: Mapping[str, Rows]
    may_count: Mapping[str, Rows]


@dataclass(frozen=True, slots=True, eq=False)
class _Scores:
    """Supply for each person, by authority."""

    unit: Unit
    per_person: Floats
    middle: float

    def of(self, row: int) -> Score:
        return Score(float(self.per_person[row]), self.unit, self.middle)


class CountryAccess:
    """The figures of the whole country, made once for a set of listings and only read after that."""

    def __init__(
        self,
        points: DemandPoints,
        services: Sequence[MatrixService],
        types: Sequence[CellType],
        people: Mapping[str, Floats],
        bands: Sequence[Band],
        nation_of: Mapping[str, str],
    ) -> None:
        """people: group → people by authority, in the order of the points' authorities, as is `nation_of`."""
        self._row = {code: row for row, code in enumerate(points.authorities)}
        self._services = services
        self._types = {one.code: one for one in types if LISTINGS in one.filled_by}
        self._places = supply_places(services, nation_of)
        self._layers = {mode: self._layer(mode) for mode in Mode}
        in_person = self._layers[Mode.IN_PERSON].counted
        self._nearest: Mapping[str, Nearest] = nearest(points, self._places, in_person)
        within = reach(points, self._places, bands)
        self._has_place = self._places.has_place
        self._in_person = {
            code: _in_person_scores(within, self._places, rows, people[self._types[code].group], services)
            for code, rows in in_person.items()
        }
        self._remote = {
            code: _remote_scores(self._places, rows, people[self._types[code].group], services)
            for code, rows in self._layers[Mode.REMOTE].counted.items()
        }

    def in_person(self, authority: str) -> tuple[InPersonAccess, ...]:
        """Every support type that is given in person and that listings can show, in the table's order.

        Raises KeyError for a code that is no authority's.
        """
        row = self._row[authority]
        found = []
        for code, rows in self._layers[Mode.IN_PERSON].counted.items():
            scores, shared = self._in_person[code]
            there = rows[self._places.accepts[rows, row]]
            near = self._nearest[code]
            is_known = not np.isnan(near.mean_km[row])
            found.append(
                InPersonAccess(
                    code,
                    float(near.mean_km[row]) if is_known else None,
                    {miles: float(share[row]) for miles, share in near.within.items()} if is_known else {},
                    scores.of(row),
                    float(shared[row]),
                    self._counted(Mode.IN_PERSON, code, row),
                    tuple(self._services[each].id for each in there[~self._has_place[there]]),
                )
            )
        return tuple(found)

    def remote(self, authority: str) -> tuple[RemoteAccess, ...]:
        """Every support type that is given by phone or online and that listings can show, in the table's order.

        Raises KeyError for a code that is no authority's.
        """
        row = self._row[authority]
        found = []
        for code, rows in self._layers[Mode.REMOTE].counted.items():
            scores = self._remote[code]
            hours = [self._services[each].is_out_of_hours for each in rows[self._places.accepts[rows, row]]]
            presence_only = self._types[code].kind == HELPLINE and scores.unit is Unit.SERVICES
            found.append(
                RemoteAccess(
                    code,
                    None if presence_only else scores.of(row),
                    self._counted(Mode.REMOTE, code, row),
                    sum(late is not None for late in hours),
                    sum(late is True for late in hours),
                )
            )
        return tuple(found)

    def types_in_person(self) -> Mapping[str, TypesInPerson]:
        """Authority → how many support types in person there are for its people."""
        counted = self._layers[Mode.IN_PERSON].counted
        listed = np.zeros(len(self._row), dtype=np.intp)
        placed = np.zeros(len(self._row), dtype=np.intp)
        for code, rows in counted.items():
            listed += self._places.accepts[rows].any(axis=0)
            placed += ~np.isnan(self._nearest[code].mean_km)
        return {
            code: TypesInPerson(len(counted), int(listed[row]), int(placed[row]))
            for code, row in self._row.items()
        }

    def _layer(self, mode: Mode) -> _Layer:
        codes = [code for code, one in self._types.items() if mode in one.modes]
        return _Layer(
            rows_by_type(self._services, codes, mode),
            rows_by_type(self._services, codes, mode, counted=False),
        )

    def _counted(self, mode: Mode, code: str, row: int) -> Counted:
        layer = self._layers[mode]
        rows = layer.counted[code]
        accepted = self._places.accepts[rows, row]
        return Counted(
            services=int(accepted.sum()),
            partly=int((accepted & ~self._places.accepts_all[rows, row]).sum()),
            may_count=int(self._places.accepts[layer.may_count[code], row].sum()),
            anywhere=len(rows),
        )


def _in_person_scores(
    within: Reach, places: SupplyPlaces, rows: Rows, people: Floats, services: Sequence[MatrixService]
) -> tuple[_Scores, Floats]:
    """The scores, and the part of them that comes from services without a known place."""
    unit, each = amounts([services[row].places_a_year for row in rows])
    supply = np.zeros(len(services))
    supply[rows] = each
    placed = authority_scores(within, ratios(within, people, supply))
    without = ~places.has_place[rows]
    shared = shared_by_head(places.accepts[rows[without]], people, each[without])
    return _scores(unit, placed + shared), shared


def _remote_scores(
    places: SupplyPlaces, rows: Rows, people: Floats, services: Sequence[MatrixService]
) -> _Scores:
    unit, supply = amounts([services[row].places_a_year for row in rows])
    return _scores(unit, shared_by_head(places.accepts[rows], people, supply))


def _scores(unit: Unit, per_person: Floats) -> _Scores:
    return _Scores(unit, per_person, float(np.median(per_person)))
