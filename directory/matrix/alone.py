"""Which services stand alone: the only one that is known for a group in an area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from directory.matrix.judge import acceptance
from directory.matrix.types import Level, MatrixService


def alone_in(services: Iterable[MatrixService], nation_of: Mapping[str, str]) -> dict[int, int]:
    """Service → in how many pairs of a group and an authority it is the only one that takes people from there.

    nation_of: authority → 'E92000001' or 'W92000004'. A service counts for a group where it gives any of the
    group's support types, certainly or possibly; one that is alone nowhere is not in the answer.
    """
    by_nation: dict[str, list[str]] = {}
    for authority, nation in nation_of.items():
        by_nation.setdefault(nation, []).append(authority)
    only: dict[tuple[str, str], int | None] = {}
    for service in services:
        named = {one for one in service.authorities if one in nation_of}
        named.update(one for nation in service.nations for one in by_nation.get(nation, ()))
        for authority in named:
            if acceptance(service, authority, nation_of[authority]) is Level.NOTHING:
                continue
            for group in {code.partition(".")[0] for code in service.types}:
                place = (group, authority)
                # None: more than one.
                only[place] = service.id if place not in only else None
    found: dict[int, int] = {}
    for number in only.values():
        if number is not None:
            found[number] = found.get(number, 0) + 1
    return found
