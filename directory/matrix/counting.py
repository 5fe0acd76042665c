"""Which services count for a support type anywhere in an area, each service once.

The questions about waiting, hours, referral and the rest are asked of these.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from directory.matrix.cells import CellType
from directory.matrix.judge import given
from directory.matrix.types import MatrixService


def counting(
    services: Iterable[MatrixService], cells: Iterable[CellType], nation_of: Mapping[str, str]
) -> Mapping[str, tuple[MatrixService, ...]]:
    """Support type → the services that count for it, by name; a type without any has an empty tuple.

    nation_of: LAD code → nation's code, for the authorities of the area. A service counts
    where `judge` would let it count in one of them, in a mode that applies.
    """
    table = {cell.code: cell.modes for cell in cells}
    found: dict[str, list[MatrixService]] = {code: [] for code in table}
    here = frozenset(nation_of) | frozenset(nation_of.values())
    for service in sorted(services, key=lambda one: (one.name, one.id)):
        if here.isdisjoint(service.authorities | service.nations):
            continue
        for code in service.types:
            if code in table and any(given(service, mode) is not False for mode in table[code]):
                found[code].append(service)
    return {code: tuple(those) for code, those in found.items()}


def once(by_type: Mapping[str, Iterable[MatrixService]], types: Collection[str]) -> tuple[MatrixService, ...]:
    """The services of some types together, each once, by name."""
    found = {service.id: service for code in types for service in by_type[code]}
    return tuple(sorted(found.values(), key=lambda one: (one.name, one.id)))
