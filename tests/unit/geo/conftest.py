"""The real packed store, made once into instance/ when it is not there yet (some seconds)."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.geo.files import STORE_NAME
from directory.geo.load import load_locator
from directory.geo.locator import Locator
from directory.geo.pack import ensure_store
from directory.geo.places import Places
from directory.geo.postcodes import PostcodeStore
from directory.geo.squares import Squares

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def store_dir() -> Path:
    return ensure_store(ROOT / "instance" / "postcodes")


@pytest.fixture(scope="session")
def store(store_dir: Path) -> PostcodeStore:
    return PostcodeStore.open(store_dir / STORE_NAME)


@pytest.fixture(scope="session")
def squares(store: PostcodeStore) -> Squares:
    return Squares(store.packed)


@pytest.fixture(scope="session")
def places() -> Places:
    return Places.load()


@pytest.fixture(scope="session")
def locator(store_dir: Path) -> Locator:
    return load_locator(store_dir)
