"""The area that a command names, by its code or by its whole name."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rapidfuzz import fuzz, process

from directory.actions.problem import shown
from directory.geo.names import key
from directory.matrix.area_names import areas_called
from directory.matrix.areas import AreaKind, Areas, MatrixArea
from directory.reference.terms import terms

SUGGESTED_MAX = 5


def area_asked(where: Areas, asked: str) -> MatrixArea:
    """The area. Raises click.BadParameter, with suggestions, for a name of none or of several."""
    named = areas_called(where, asked)
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


def _refused(message: str, found: Sequence[MatrixArea]) -> click.BadParameter:
    lines = (f"  {area.code}  {area.name}, {kind_told(area.kind)}" for area in found)
    return click.BadParameter("\n".join((message, *lines)), param_hint="AREA")
