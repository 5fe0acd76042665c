"""The area that a command names, by its code or by its whole name."""

from __future__ import annotations

import click
from rapidfuzz import fuzz, process

from directory.actions.problem import shown
from directory.geo.areas import areas
from directory.geo.names import key
from directory.matrix.areas import AreaKind, Areas, MatrixArea
from directory.reference.terms import terms

SUGGESTED_MAX = 5


def area_asked(where: Areas, asked: str) -> MatrixArea:
    """The area. Raises click.BadParameter, with suggestions, for a name of none or of several."""
    for code in (asked.strip().upper(), asked.strip().lower()):
        area = where.get(code)
        if area is not None:
            return area
    named = [area for area in where if key(asked) in _keys(area)]
    if len(named) == 1:
        return named[0]
    if named:
        raise _refused(f"{shown(asked)} is the name of {len(named)} areas. Use the code of one:", named)
    names = {area.code: key(area.name) for area in where}
    close = process.extract(key(asked), names, scorer=fuzz.WRatio, limit=SUGGESTED_MAX, score_cutoff=75)
    found = [area for _name, _score, code in close if (area := where.get(code)) is not None]
    raise _refused(
        f"No area of today has the code or the name {shown(asked)}."
        + (" Did you mean:" if found else " Codes are like E06000031; `flask matrix area list` shows more."),
        found,
    )


def told(area: MatrixArea) -> str:
    """'Peterborough (E06000031)'."""
    return f"{area.name} ({area.code})"


def kind_told(kind: AreaKind) -> str:
    """'local authority'."""
    label = terms("area_kind")[kind.value].label
    return label if kind is AreaKind.ENGLAND_AND_WALES else label[0].lower() + label[1:]


def _keys(area: MatrixArea) -> set[str]:
    names = {area.name}
    if area.kind is AreaKind.AUTHORITY:
        names.add(areas()[area.code].official_name)
    return {key(name) for name in names}


def _refused(message: str, found: list[MatrixArea]) -> click.BadParameter:
    lines = (f"  {area.code}  {area.name}, {kind_told(area.kind)}" for area in found)
    return click.BadParameter("\n".join((message, *lines)), param_hint="AREA")
