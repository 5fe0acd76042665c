"""Puts the locator together from the packed store and the shipped data."""

from __future__ import annotations

from pathlib import Path

from directory.geo.files import STORE_NAME
from directory.geo.locator import Locator
from directory.geo.places import Places
from directory.geo.postcodes import PostcodeStore
from directory.geo.squares import Squares


def load_locator(store_dir: Path) -> Locator:
    """The locator over the store in `store_dir`. Raises NotFound when nothing is packed there yet."""
    store = PostcodeStore.open(store_dir / STORE_NAME)
    return Locator(store, Squares(store.packed), Places.load())
