"""Services as columns of numbers, for the states of the whole country at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.matrix.judge import acceptance, service_tests
from directory.matrix.types import Level, MatrixService, Rules

Levels = NDArray[np.uint8]
Indices = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Axes:
    """What the rows and columns of the country's table are.

    authorities: LAD codes. nations: the codes of the two nations, which follow the authorities as
    rows of their own. nation_of: for each authority, the place of its nation among `nations`.
    types: support types.
    """

    authorities: tuple[str, ...]
    nations: tuple[str, ...]
    nation_of: tuple[int, ...]
    types: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Authorities, then nations."""
        return len(self.authorities) + len(self.nations)


@dataclass(frozen=True, slots=True)
class ServiceColumns:
    """n services. Every level is one of Level: how far the service goes by that answer alone.

    base (n): by its cost, its running, its confirmation. modes (n, 2): in person, remote.
    types: entries type_start[i] … type_start[i+1] are service i's: place among Axes.types, and
      AVAILABLE where certain, PARTLY where possible.
    areas: likewise: row of Axes, and AVAILABLE for all residents, PARTLY for some. A nation stands
      as its own row; no row of an authority repeats it.
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
    type_place = {code: place for place, code in enumerate(axes.types)}
    types, areas = [], []
    for service in services:
        types.append(
            [
                (type_place[code], Level.AVAILABLE if sure else Level.PARTLY)
                for code, sure in service.types.items()
                if code in type_place
            ]
        )
        areas.append(_areas(service, axes))
    return ServiceColumns(
        np.array(
            [Level.PARTLY if service_tests(one, rules) else Level.AVAILABLE for one in services], np.uint8
        ),
        np.array([[_given(one.in_person), _given(one.remote)] for one in services], np.uint8).reshape(-1, 2),
        *_packed(types),
        *_packed(areas),
    )


def _given(answer: bool | None) -> Level:
    if answer is None:
        return Level.PARTLY
    return Level.AVAILABLE if answer else Level.NOTHING


def _areas(service: MatrixService, axes: Axes) -> list[tuple[int, Level]]:
    """The rows whose residents it takes. A nation of which it takes only some, while it takes all of
    an authority there, is spelled out, so that no authority meets the service twice."""
    named = service.authorities | service.nations
    spelled_out = {
        nation
        for nation in service.nations & service.partly
        if any(code in service.authorities for code in axes.authorities)
    }
    found = []
    for place, nation in enumerate(axes.nations):
        if nation in service.nations and nation not in spelled_out:
            level = Level.PARTLY if nation in service.partly else Level.AVAILABLE
            found.append((len(axes.authorities) + place, level))
    if not service.authorities and not spelled_out:
        return found
    for row, code in enumerate(axes.authorities):
        nation = axes.nations[axes.nation_of[row]]
        if nation in service.nations and nation not in spelled_out:
            continue
        if code in named or nation in spelled_out:
            found.append((row, acceptance(service, code, nation)))
    return found


def _packed(entries: Iterable[Sequence[tuple[int, Level]]]) -> tuple[Indices, Indices, Levels]:
    lists = list(entries)
    start = np.zeros(len(lists) + 1, np.int32)
    np.cumsum([len(one) for one in lists], out=start[1:])
    index = np.array([place for one in lists for place, _level in one], np.int32)
    level = np.array([level for one in lists for _place, level in one], np.uint8)
    return start, index, level


def axes_of(nation_of: Mapping[str, str], types: Iterable[str]) -> Axes:
    """The axes for authorities (LAD code → nation's code) and support types, each in the order given."""
    nations = tuple(sorted(set(nation_of.values())))
    return Axes(
        tuple(nation_of), nations, tuple(nations.index(nation) for nation in nation_of.values()), tuple(types)
    )
