"""Postcodes and towns from the packed store and data/places.csv, for reading listings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from directory.geo.files import STORE_NAME
from directory.geo.names import key
from directory.geo.places import Places
from directory.geo.postcodes import PostcodeStore
from directory.geo.types import Point


class GeoPlaces:
    """A PlaceFinder over what ships. Opened when first asked, since many files hold no exact place."""

    def __init__(self, store_dir: Path) -> None:
        self._store_dir = store_dir

    @cached_property
    def _store(self) -> PostcodeStore:
        return PostcodeStore.open(self._store_dir / STORE_NAME)

    @cached_property
    def _places(self) -> Places:
        return Places.load()

    def find_point(self, postcode: str) -> Point | None:
        """The point of a postcode. Raises NotFound when the postcodes have not been packed yet."""
        row = self._store.find(postcode)
        return row.point if row else None

    def find_towns(self, name: str) -> Sequence[tuple[str, Point]]:
        """Towns of that name. What is only spelled alike is left out: a file must say what it means."""
        typed = set(key(name.partition(",")[0]).split())
        return [
            (place.ask, place.point)
            for place in self._places.find(name)
            if place.point is not None and typed <= set(key(place.name).split())
        ]
