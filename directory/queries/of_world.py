"""What is worked out of a world once, and kept for as long as that world is the current one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from directory.matrix.areas import MatrixArea
from directory.queries.current_matrix import MatrixWorld

Made = TypeVar("Made")


class OfWorld(Generic[Made]):
    """Calls a function once for each world. Two threads may both work it out; either's is right."""

    def __init__(self, make: Callable[[MatrixWorld], Made]) -> None:
        self._make = make
        self._held: tuple[MatrixWorld, Made] | None = None

    def __call__(self, world: MatrixWorld) -> Made:
        """What the function gives for this world."""
        held = self._held
        if held is None or held[0] is not world:
            held = (world, self._make(world))
            self._held = held
        return held[1]


class OfArea(Generic[Made]):
    """Calls a function once for each area of a world; there are about 400 areas, so that it stays small."""

    def __init__(self, make: Callable[[MatrixWorld, MatrixArea], Made]) -> None:
        self._make = make
        self._by_code: OfWorld[dict[str, Made]] = OfWorld(lambda _world: {})

    def __call__(self, world: MatrixWorld, area: MatrixArea) -> Made:
        """What the function gives for this area of this world."""
        by_code = self._by_code(world)
        if area.code not in by_code:
            by_code[area.code] = self._make(world, area)
        return by_code[area.code]
