"""The access figures of the listings as they stand: made again when the listings' version number changes."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np

from directory.geo.areas import areas
from directory.geo.files import STORE_NAME
from directory.geo.inhabited import inhabited_squares
from directory.geo.packed import open_packed
from directory.matrix.bands import access_bands
from directory.matrix.country_access import CountryAccess
from directory.matrix.demand import DemandPoints, spread
from directory.matrix.wide import people_of_group
from directory.queries.current_matrix import MatrixWorld, cell_types
from directory.reference.groups import groups
from directory.tables_of_day import of_the_tables


class CurrentAccess:
    """Holds the figures of one version per process; a page costs nothing but reading them."""

    def __init__(self, postcodes_dir: Path) -> None:
        self._postcodes_dir = postcodes_dir
        self._lock = threading.Lock()
        self._held: tuple[MatrixWorld | int, CountryAccess] | None = None

    def get(self, world: MatrixWorld, snapshot: int | None = None) -> CountryAccess:
        """The figures of this world's listings. Raises NotFound when no postcodes are packed.

        snapshot: the number of the snapshot whose world it is, and whose tables are in force.
        """
        # A snapshot's world is opened anew when a place in it may no longer be told.
        made_of = world if snapshot is not None else world.versions[0]
        held = self._held
        if held is None or not _is_same(held[0], made_of):
            with self._lock:
                held = self._held
                if held is None or not _is_same(held[0], made_of):
                    held = (made_of, self._make(world))
                    self._held = held
        return held[1]

    def _make(self, world: MatrixWorld) -> CountryAccess:
        points = where_people_live(self._postcodes_dir)
        codes = points.authorities
        people = {
            group: np.array([people_of_group(group, areas()[code]) for code in codes], dtype=np.float64)
            for group in groups()
        }
        return CountryAccess(
            points,
            world.services,
            tuple(cell_types().values()),
            people,
            access_bands(),
            {code: world.areas.nation_of(code) for code in codes},
        )


@of_the_tables
def where_people_live(postcodes_dir: Path) -> DemandPoints:
    """Every inhabited square, with its share of its authority's people."""
    squares = inhabited_squares(open_packed(postcodes_dir / STORE_NAME))
    return spread(
        squares.authorities, squares.authority, squares.eastings_m, squares.northings_m, squares.postcodes
    )


def _is_same(held: MatrixWorld | int, made_of: MatrixWorld | int) -> bool:
    """Whether figures were made of that very world, or of listings of that version."""
    return held == made_of if isinstance(made_of, int) else held is made_of
