"""The working support matrix: which support should exist for each group. From data/support_types.csv.

It is this project's own working matrix, put together from published sources that
each row names. It is not the CSA Centre's Support Matrix.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from directory.reference.files import DATA, read_rows
from directory.reference.groups import groups
from directory.reference.terms import terms

LEVELS = ("universal", "targeted", "specialist")


@dataclass(frozen=True, slots=True)
class SupportType:
    """One row of the working matrix.

    level: 'universal', 'targeted' or 'specialist'; two joined by ' or ' where sources differ.
    usual_commissioner: who would usually pay for it or provide it, in words.
    kind: the taxonomy `kind` it belongs to, which groups share.
    source: where it comes from, in words or addresses, joined by ' ; '.
    """

    code: str
    group: str
    label: str
    definition: str
    level: str
    usual_commissioner: str
    kind: str
    source: str


def read_support_types(
    path: Path, group_codes: Collection[str], kinds: Collection[str]
) -> Mapping[str, SupportType]:
    """Code → support type, in the file's order. Raises BadDataFile."""
    columns = ("code", "group", "label", "definition", "level", "usual_commissioner", "kind", "source")
    found: dict[str, SupportType] = {}
    for row in read_rows(path, columns):
        code = row.needed("code")
        if code in found:
            raise row.wrong("code", "This support type is there already.")
        group = row.one_of("group", frozenset(group_codes))
        if code.split(".")[0] != group:
            raise row.wrong("code", f"The code must begin with its group, {group}.")
        levels = row.parts("level")
        if not levels or any(level not in LEVELS for level in levels):
            raise row.wrong("level", f"Use one or more of: {', '.join(LEVELS)}.")
        found[code] = SupportType(
            code,
            group,
            row.needed("label"),
            row.needed("definition"),
            " or ".join(levels),
            row.needed("usual_commissioner"),
            row.one_of("kind", frozenset(kinds)),
            row.needed("source"),
        )
    return MappingProxyType(found)


@cache
def support_types() -> Mapping[str, SupportType]:
    """The 75 rows of the working matrix."""
    return read_support_types(DATA / "support_types.csv", groups(), terms("kind"))
