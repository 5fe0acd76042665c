"""The working support matrix: which support should exist for each group. From data/support_types.csv.

It is this project's own working matrix, put together from published sources that
each row names. It is not the CSA Centre's Support Matrix.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from directory.reference.dates import read_day
from directory.reference.files import DATA, BadDataFile, Row, read_rows
from directory.reference.groups import groups
from directory.reference.terms import terms
from directory.tables_of_day import of_the_tables

LEVELS = ("universal", "targeted", "specialist")


@dataclass(frozen=True, slots=True)
class SupportType:
    """One row of the working matrix.

    level: 'universal', 'targeted' or 'specialist'; two joined by ' or ' where sources differ.
    usual_commissioner: who would usually pay for it or provide it, in words.
    kind: the taxonomy `kind` it belongs to, which groups share.
    modes: the halves of its cells that apply: a helpline is by phone or online by its nature.
    filled_by: who can fill its cells: codes of the taxonomy `filled_by`.
    fills: the support types that it fills wherever it exists, being a way of giving them in one place.
    version, changed_on: how often the row was changed, and when last.
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
    modes: frozenset[str] = frozenset({"in-person", "remote"})
    filled_by: frozenset[str] = frozenset({"listings"})
    fills: tuple[str, ...] = ()
    version: int = 1
    changed_on: date | None = None


def read_support_types(
    path: Path, group_codes: Collection[str], kinds: Collection[str]
) -> Mapping[str, SupportType]:
    """Code → support type, in the file's order. Raises BadDataFile."""
    columns = (
        "code", "group", "label", "definition", "level", "usual_commissioner", "kind", "modes", "filled_by",
        "fills", "source", "version", "changed_on",
    )  # fmt: skip
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
            _codes(row, "modes", "mode"),
            _codes(row, "filled_by", "filled_by"),
            row.parts("fills"),
            _version(row),
            read_day(row, "changed_on"),
        )
    for one in found.values():
        if unknown := [code for code in one.fills if code not in found or code == one.code]:
            raise BadDataFile(path, 1, "fills", unknown[0], f"{one.code} names no other row of this table.")
    return MappingProxyType(found)


def _codes(row: Row, column: str, taxonomy: str) -> frozenset[str]:
    named = row.parts(column)
    if not named or not terms(taxonomy).keys() >= set(named):
        raise row.wrong(column, f"Use one or more of: {', '.join(terms(taxonomy))}.")
    return frozenset(named)


def _version(row: Row) -> int:
    text = row.needed("version")
    if not text.isdecimal() or int(text) < 1:
        raise row.wrong("version", "Write a whole number from 1, one more at each change of the row.")
    return int(text)


@of_the_tables
def support_types() -> Mapping[str, SupportType]:
    """The 75 rows of the working matrix."""
    return read_support_types(DATA / "support_types.csv", groups(), terms("kind"))
