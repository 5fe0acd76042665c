"""Listings as pages show them, read once for each version of the listings."""

from __future__ import annotations

import threading
from collections.abc import Collection

from sqlalchemy.orm import Session

from directory.errors import NotFound
from directory.queries.listings import get_listings, listings_version
from directory.queries.views import ListingView


class CurrentListings:
    """Holds what was read in this process since the last write. Every request asks for the version: one small read.

    A hold, a confirmation and an approval each make a new version, so that nothing of before it is shown after it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version = -1
        self._held: dict[int, ListingView] = {}

    def get(self, session: Session, ids: Collection[int]) -> dict[int, ListingView]:
        """Id → listing, for those of the ids that are for the public, as this session sees them."""
        held = self._of(listings_version(session))
        missing = [number for number in ids if number not in held]
        if missing:
            # Only what is there is kept: whoever asks for a million numbers fills no memory.
            held.update(get_listings(session, missing))
        return {number: held[number] for number in sorted(set(ids)) if number in held}

    def one(self, session: Session, service_id: int) -> ListingView:
        """One listing. Raises NotFound when there is none, or when it is not for the public."""
        found = self.get(session, (service_id,))
        if service_id not in found:
            raise NotFound(f"No listing has the number {service_id}.")
        return found[service_id]

    def _of(self, version: int) -> dict[int, ListingView]:
        with self._lock:
            if self._version != version:
                # A new one, never the old one emptied: who still reads an earlier version keeps filling that.
                self._version, self._held = version, {}
            return self._held
