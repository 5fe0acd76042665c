"""Services as columns of numbers, for the states of the whole country at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from directory.matrix.judge import acceptance, service_tests
from directory.matrix.types import Level, MatrixService, Rules

Levels = NDArray[np.uint8]
Indices = NDArray[np.int32]

# Plain numbers: a hundred thousand services ask for them a million times.
_PARTLY, _AVAILABLE = int(Level.PARTLY), int(Level.AVAILABLE)
_GIVEN = {None: _PARTLY, True: _AVAILABLE, False: int(Level.NOTHING)}


@dataclass(frozen=True, slots=True)
class Axes:
    """What the rows and columns of the country's table are.

    authorities: LAD codes. nations: the codes of the two nations, which follow the authorities as
    rows of their own. nation_of: for each authority, the place of its nation among `nations`.
    regions, region_of: likewise, after the nations. types: support types.
    """

    authorities: tuple[str, ...]
    nations: tuple[str, ...]
    nation_of: tuple[int, ...]
    types: tuple[str, ...]
    regions: tuple[str, ...] = ()
    region_of: tuple[int, ...] = ()

    @property
    def rows(self) -> int:
        """Authorities, then nations, then regions."""
        return len(self.authorities) + len(self.nations) + len(self.regions)


@dataclass(frozen=True, slots=True)
class ServiceColumns:
    """n services. Every level is one of Level: how far the service goes by that answer alone.

    base (n): by its cost, its running, its confirmation. modes (n, 2): in person, remote.
    types: entries type_start[i] … type_start[i+1] are service i's: place among Axes.types, and
      AVAILABLE where certain, PARTLY where possible.
    areas: likewise: row of Axes, and AVAILABLE for all residents, PARTLY for some. A nation stands
      as its own row, and so does a region whose every authority it takes wholly; no row of an
      authority repeats them.
    """

    base: Levels
    modes: Levels
    type_start: Indices
    type_index: Indices
    type_level: Levels
    area_start: Indices
    area_index: Indices
    area_level: Levels


def columns_of(services: Sequence[MatrixService], axes: Axes, rules: Rules) -> ServiceColumns:
    """The columns of some services, in their order. Types and areas that are on no axis are left out."""
    places = _places_of(axes)
    type_place = places.types
    types, areas = _Packed(), _Packed()
    base, modes = [], []
    for service in services:
        base.append(_PARTLY if service_tests(service, rules) else _AVAILABLE)
        modes.append(_GIVEN[service.in_person])
        modes.append(_GIVEN[service.remote])
        types.add(
            [
                (type_place[code] << 2) | (_AVAILABLE if sure else _PARTLY)
                for code, sure in service.types.items()
                if code in type_place
            ]
        )
        areas.add(_areas(service, axes, places))
    return ServiceColumns(
        np.array(base, np.uint8), np.array(modes, np.uint8).reshape(-1, 2), *types.columns(), *areas.columns()
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """Where each code stands on the axes; the rows of each nation's authorities, and each region's codes by row."""

    types: Mapping[str, int]
    authorities: Mapping[str, int]
    nations: Mapping[str, int]
    rows_of: Mapping[str, tuple[int, ...]]
    regions: Mapping[int, frozenset[str]]
    smallest_region: int


@lru_cache(maxsize=8)
def _places_of(axes: Axes) -> _Places:
    rows_of = {
        nation: tuple(row for row, own in enumerate(axes.nation_of) if own == place)
        for place, nation in enumerate(axes.nations)
    }
    regions = {
        len(axes.authorities) + len(axes.nations) + place: frozenset(
            code for code, own in zip(axes.authorities, axes.region_of, strict=True) if own == place
        )
        for place in range(len(axes.regions))
    }
    return _Places(
        {code: place for place, code in enumerate(axes.types)},
        {code: row for row, code in enumerate(axes.authorities)},
        {nation: len(axes.authorities) + place for place, nation in enumerate(axes.nations)},
        rows_of,
        regions,
        min(map(len, regions.values()), default=len(axes.authorities) + 1),
    )


class _Packed:
    """Lists of (place, level), one for each service, each entry as place times four plus level."""

    def __init__(self) -> None:
        self._entries: list[int] = []
        self._ends = [0]

    def add(self, entries: Iterable[int]) -> None:
        self._entries += entries
        self._ends.append(len(self._entries))

    def columns(self) -> tuple[Indices, Indices, Levels]:
        """(start, index, level), as ServiceColumns has them."""
        entries = np.array(self._entries, np.int32)
        return np.array(self._ends, np.int32), entries >> 2, (entries & 3).astype(np.uint8)


def _areas(service: MatrixService, axes: Axes, places: _Places) -> list[int]:
    """The rows whose residents it takes. A nation of which it takes only some, while it takes all of
    an authority there, is spelled out, so that no authority meets the service twice."""
    row_of, partly = places.authorities, service.partly
    if not service.nations:
        codes, found = service.authorities, []
        if len(codes) >= places.smallest_region:
            for row, region in places.regions.items():
                if region <= codes and region.isdisjoint(partly):
                    codes -= region
                    found.append((row << 2) | _AVAILABLE)
        return found + [
            (row_of[code] << 2) | (_PARTLY if code in partly else _AVAILABLE)
            for code in codes
            if code in row_of
        ]
    named = [row_of[code] for code in service.authorities if code in row_of]
    found = []
    alone = set(named)
    for nation in service.nations & places.nations.keys():
        rows = places.rows_of[nation]
        if named and nation in partly:
            alone.update(rows)
            continue
        alone.difference_update(rows)
        found.append((places.nations[nation] << 2) | (_PARTLY if nation in partly else _AVAILABLE))
    for row in alone:
        code, nation = axes.authorities[row], axes.nations[axes.nation_of[row]]
        found.append((row << 2) | int(acceptance(service, code, nation)))
    return found


def axes_of(
    nation_of: Mapping[str, str], types: Iterable[str], region_of: Mapping[str, str] | None = None
) -> Axes:
    """The axes for authorities (LAD code → nation's code) and support types, each in the order given.

    region_of: LAD code → region's code. It changes no answer: with it, services for whole regions are
    counted once instead of once for each authority.
    """
    nations = tuple(sorted(set(nation_of.values())))
    regions = tuple(sorted(set(region_of.values()))) if region_of else ()
    return Axes(
        tuple(nation_of),
        nations,
        tuple(nations.index(nation) for nation in nation_of.values()),
        tuple(types),
        regions,
        tuple(regions.index(region_of[code]) for code in nation_of) if region_of else (),
    )
