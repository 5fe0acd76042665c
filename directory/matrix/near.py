"""Services near an authority: which lie within reach of its middle, and which of them take nobody who lives there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from directory.geo.distance import KM_PER_MILE
from directory.geo.types import Point
from directory.matrix.judge import acceptance
from directory.matrix.types import Level, MatrixService


class Near:
    """For each authority and support type, the services that give it in person for certain, and are near.

    Those that are closed for now do not count, nor those whose place is not told.
    """

    def __init__(self, services: Iterable[MatrixService], middles: Mapping[str, Point], miles: float) -> None:
        """middles: LAD code → the middle of the authority. miles: as the crow flies."""
        placed = [one for one in services if one.points and one.in_person and one.is_active]
        self._by_type: dict[str, dict[str, tuple[MatrixService, ...]]] = {}
        within = _within(placed, list(middles.values()), miles * KM_PER_MILE * 1000)
        for row, code in enumerate(middles):
            of_types: dict[str, list[MatrixService]] = {}
            for place in np.flatnonzero(within[row]):
                for support_type, is_certain in placed[place].types.items():
                    if is_certain:
                        of_types.setdefault(support_type, []).append(placed[place])
            self._by_type[code] = {key: tuple(found) for key, found in of_types.items()}

    def services(self, authority: str, support_type: str) -> tuple[MatrixService, ...]:
        """Those near, whomever they take. Raises KeyError for an unknown authority."""
        return self._by_type[authority].get(support_type, ())

    def for_others(self, authority: str, nation: str, support_type: str) -> tuple[MatrixService, ...]:
        """Those near of which it is known whom they take, and that take nobody from the authority."""
        return tuple(
            one
            for one in self.services(authority, support_type)
            if (one.authorities or one.nations) and acceptance(one, authority, nation) is Level.NOTHING
        )


def _within(
    services: Sequence[MatrixService], middles: Sequence[Point], metres: float
) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """(authorities, services): whether any place of the service is that near the middle."""
    owner = np.array([row for row, one in enumerate(services) for _point in one.points], np.int64)
    points = np.array(
        [(place.easting_m, place.northing_m) for one in services for place in one.points], np.float64
    ).reshape(-1, 2)
    found = np.zeros((len(middles), len(services)), np.bool_)
    for row, middle in enumerate(middles):
        away = np.hypot(points[:, 0] - middle.easting_m, points[:, 1] - middle.northing_m)
        found[row, owner[away <= metres]] = True
    return found
