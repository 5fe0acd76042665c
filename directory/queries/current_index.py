"""The search index of the listings as they stand: built again when their version number changes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from directory.queries.listings import index_listings, listings_version
from directory.search.index import SearchIndex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session


class CurrentIndex:
    """Holds one index per process. Every request asks for the version, which costs one small read."""

    def __init__(self, synonyms: Mapping[str, tuple[str, ...]]) -> None:
        self._synonyms = synonyms
        self._lock = threading.Lock()
        self._held: tuple[int, SearchIndex] | None = None

    def get(self, session: Session) -> tuple[int, SearchIndex]:
        """(version, index) of the listings this session sees."""
        version = listings_version(session)
        held = self._held
        if held is not None and held[0] == version:
            return held
        with self._lock:
            held = self._held
            if held is None or held[0] != version:
                held = (version, SearchIndex.build(index_listings(session), synonyms=self._synonyms))
                self._held = held
        return held
