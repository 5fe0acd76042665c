"""Finds the areas of a matrix that are meant by a code or a name."""

from __future__ import annotations

from collections.abc import Iterable

from directory.geo.areas import areas as authorities
from directory.geo.names import key, shorter_key
from directory.matrix.areas import AreaKind, Areas, MatrixArea


def areas_called(areas: Areas, text: str) -> tuple[MatrixArea, ...]:
    """The areas of that code or name, the most local kind first; none where there is no such area.

    Several bear one name: a county and its police force area, a region and a force. Two
    that hold the same authorities are one, and the more local kind stands for it.
    """
    typed = text.strip()
    by_code = areas.get(typed.upper()) or areas.get(typed.lower())
    if by_code is not None:
        return (by_code,)
    wanted = key(typed)
    if not wanted:
        return ()
    for form in dict.fromkeys((wanted, shorter_key(wanted))):
        found = _distinct(area for area in areas if form in _keys(area))
        if found:
            return found
    return ()


def areas_of(areas: Areas, members: Iterable[str]) -> tuple[MatrixArea, ...]:
    """The one area that holds exactly these authorities, or else each authority; codes that are none are left out."""
    codes = [code for code in dict.fromkeys(members) if code in areas.authorities]
    for whole in sorted(areas, key=_local_first):
        if set(whole.members) == set(codes):
            return (whole,)
    return tuple(area for code in codes if (area := areas.get(code)) is not None)


def _keys(area: MatrixArea) -> frozenset[str]:
    names = {area.name}
    if area.kind is AreaKind.AUTHORITY and area.code in authorities():
        authority = authorities()[area.code]
        names |= {authority.official_name, authority.name, *authority.other_names}
    return frozenset(key(name) for name in names)


def _distinct(found: Iterable[MatrixArea]) -> tuple[MatrixArea, ...]:
    kept: dict[frozenset[str], MatrixArea] = {}
    for area in sorted(found, key=_local_first):
        kept.setdefault(frozenset(area.members), area)
    return tuple(kept.values())


def _local_first(area: MatrixArea) -> tuple[int, str, str]:
    return tuple(AreaKind).index(area.kind), area.name, area.code
