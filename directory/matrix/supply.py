"""What is on offer: which services count as supply, where, for whom, and the one unit they are counted in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from directory.matrix.demand import Floats, Rows
from directory.matrix.judge import given
from directory.matrix.told import is_shut
from directory.matrix.types import MatrixService, Mode

Flags = NDArray[np.bool_]


class Unit(StrEnum):
    """What a score counts for each person. It goes wherever the number goes."""

    SERVICES = "services"
    PLACES_A_YEAR = "places a year"


def amounts(places_a_year: Sequence[int | None]) -> tuple[Unit, Floats]:
    """The unit of a set of services, and how much each of them counts.

    Places a year where they are known of every one; else 1 for each service. Never mixed: a
    service with 200 places beside one that 'counts 1' would drown it.
    """
    if places_a_year and all(places is not None for places in places_a_year):
        return Unit.PLACES_A_YEAR, np.array(places_a_year, dtype=np.float64)
    return Unit.SERVICES, np.ones(len(places_a_year))


def is_supply(service: MatrixService, support_type: str, mode: Mode) -> bool:
    """Whether it counts: it offers the type for certain and helps in that way, runs, takes new people, charges nobody.

    That nobody has confirmed it, or that its cost is not known, does not keep it out:
    of most services neither is known.
    """
    return (
        service.types.get(support_type) is True
        and given(service, mode) is True
        and service.free is not False
        and not is_shut(service)
    )


def may_be_supply(service: MatrixService, support_type: str, mode: Mode) -> bool:
    """Whether it may offer that and does not count: to be asked before a gap is called one."""
    return (
        support_type in service.types
        and given(service, mode) is not False
        and not is_supply(service, support_type, mode)
    )


@dataclass(frozen=True, slots=True, eq=False)
class SupplyPlaces:
    """Services and their places, as columns.

    accepts, accepts_all: services x authorities: whether residents are taken, and whether all of them.
    service: for each place, the row of its service, ascending. eastings_m, northings_m: British
      National Grid. A service whose place is not known or is kept private has none.
    """

    accepts: Flags
    accepts_all: Flags
    service: Rows
    eastings_m: Floats
    northings_m: Floats

    def __len__(self) -> int:
        return len(self.accepts)

    def accepted_from(self, authority: int) -> Rows:
        """The places of the services that accept an authority's residents, ascending."""
        found: Rows = np.flatnonzero(self.accepts[self.service, authority])
        return found

    @property
    def has_place(self) -> Flags:
        """For each service, whether any place of it is known."""
        found: Flags = np.bincount(self.service, minlength=len(self)) > 0
        return found


def supply_places(services: Sequence[MatrixService], nation_of: Mapping[str, str]) -> SupplyPlaces:
    """The services' columns, a row each, in their order.

    nation_of: authority → the code of its nation, in the order of the columns. A confidential
    service has no place here, even if one was handed over by mistake.
    """
    columns = _columns_of(nation_of)
    taken = [one.authorities | one.nations for one in services]
    placed = [
        (row, point)
        for row, service in enumerate(services)
        if not service.is_confidential
        for point in service.points
    ]
    return SupplyPlaces(
        _accepting(taken, columns, len(nation_of)),
        _accepting(
            [codes - one.partly for codes, one in zip(taken, services, strict=True)], columns, len(nation_of)
        ),
        np.array([row for row, _point in placed], dtype=np.intp),
        np.array([point.easting_m for _row, point in placed], dtype=np.float64),
        np.array([point.northing_m for _row, point in placed], dtype=np.float64),
    )


def _columns_of(nation_of: Mapping[str, str]) -> dict[str, Rows]:
    """Authority or nation → the columns of its authorities."""
    found = {code: np.array([column]) for column, code in enumerate(nation_of)}
    for nation in set(nation_of.values()):
        found[nation] = np.array([column for column, of in enumerate(nation_of.values()) if of == nation])
    return found


def _accepting(taken: Sequence[Iterable[str]], columns: Mapping[str, Rows], width: int) -> Flags:
    table = np.zeros((len(taken), width), dtype=bool)
    for row, codes in enumerate(taken):
        for code in codes:
            if code in columns:
                table[row, columns[code]] = True
    return table


def rows_by_type(
    services: Sequence[MatrixService], types: Iterable[str], mode: Mode, *, counted: bool = True
) -> dict[str, Rows]:
    """Support type → the rows of the services that count; with counted=False, of those that only may."""
    test = is_supply if counted else may_be_supply
    found: dict[str, list[int]] = {code: [] for code in types}
    for row, service in enumerate(services):
        for code in service.types:
            if code in found and test(service, code, mode):
                found[code].append(row)
    return {code: np.array(rows, dtype=np.intp) for code, rows in found.items()}
