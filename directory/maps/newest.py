"""Keeps what was made for the newest version of the listings, and drops what was made for an older one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Newest(Generic[Made]):
    """Made things by key (such as a language), for one version at a time."""

    def __init__(self) -> None:
        # Version and things change together, so that no thread mixes two versions.
        self._kept: tuple[int, dict[Hashable, Made]] = (0, {})

    def get(self, version: int, key: Hashable, make: Callable[[], Made]) -> Made:
        """The thing for this version and key; made now if it is not kept. Two threads may both make it."""
        kept_version, things = self._kept
        if kept_version != version:
            things = {}
            self._kept = (version, things)
        if key not in things:
            things[key] = make()
        return things[key]
