"""Whose residents a service accepts, from the names its source uses.

A name is an authority's (data/areas.csv) or stands in the reviewed table
data/coverage_names.csv: regions, police areas, counties of the past, and phrases
such as 'some London boroughs'.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from directory.reference.files import DATA, read_rows, split

NATIONS: Mapping[str, str] = MappingProxyType({"E92000001": "England", "W92000004": "Wales"})


@dataclass(frozen=True, slots=True)
class Coverage:
    """Authorities (LAD codes) and nations from which a service takes people.

    partial: some name stands for less than the whole authorities it leads to, or
      it is not known exactly which it means, and no other name covers them; ask the service.
    unknown_names: names that lead nowhere; a listing that has one is refused.
    partly: the authorities and nations that only such a name leads to.
    Authorities and nations both empty: not known.
    """

    authorities: frozenset[str]
    nations: frozenset[str]
    partial: bool
    unknown_names: tuple[str, ...]
    partly: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CoverageName:
    """One name and what it stands for. certainty: 'whole', 'part' or 'unclear'."""

    name: str
    codes: tuple[str, ...]
    certainty: str
    reason: str


def fold(name: str) -> str:
    """A name as it is looked up: small letters, single spaces, 'and' for '&'."""
    return re.sub(r"\s+", " ", name.replace("&", " and ").replace("’", "'")).strip().casefold()


def read_authority_names(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Folded name → LAD codes: district, display and upper-tier names, then Welsh and short ones.

    A name that several authorities of one column share (an upper-tier authority) stands for all.
    """
    found: dict[str, tuple[str, ...]] = {}
    columns = ("lad_code", "lad_name", "lad_display_name", "utla_name", "other_names")
    rows = list(read_rows(path, columns))
    for column in columns[1:]:
        of_column: dict[str, tuple[str, ...]] = {}
        for row in rows:
            for name in row.parts(column):
                codes = of_column.get(fold(name), ())
                of_column[fold(name)] = (*codes, row.needed("lad_code"))
        for name, codes in of_column.items():
            found.setdefault(name, codes)
    return MappingProxyType(found)


def read_coverage_names(path: Path, known_codes: Collection[str]) -> Mapping[str, CoverageName]:
    """Folded name → what it stands for. `known_codes`: LAD codes. Raises BadDataFile."""
    allowed = frozenset(known_codes) | frozenset(NATIONS)
    found: dict[str, CoverageName] = {}
    for row in read_rows(path, ("name", "codes", "certainty", "reason")):
        certainty = row.one_of("certainty", ("whole", "part", "unclear"))
        codes = row.parts("codes")
        unknown = [code for code in codes if code not in allowed]
        if unknown:
            raise row.wrong("codes", f"{unknown[0]} is no authority of areas.csv and no nation.")
        if not codes and certainty != "unclear":
            raise row.wrong("codes", "Only an unclear name may stand for no area at all.")
        name = CoverageName(row.needed("name"), codes, certainty, row.needed("reason"))
        if fold(name.name) in found:
            raise row.wrong("name", "This name is there already.")
        found[fold(name.name)] = name
    return MappingProxyType(found)


@cache
def authority_names() -> Mapping[str, tuple[str, ...]]:
    """Folded authority name → LAD codes, from data/areas.csv."""
    return read_authority_names(DATA / "areas.csv")


@cache
def coverage_names() -> Mapping[str, CoverageName]:
    """The reviewed table data/coverage_names.csv."""
    known = {code for codes in authority_names().values() for code in codes}
    return read_coverage_names(DATA / "coverage_names.csv", known)


def read_coverage(text: str) -> Coverage:
    """The coverage that a `;`-separated list of names stands for.

    Names that lead nowhere are told in `unknown_names`, not raised.
    """
    whole: set[str] = set()
    partly: set[str] = set()
    unknown: list[str] = []
    somewhere_unnamed = False
    for name in split(text):
        named = coverage_names().get(fold(name))
        if fold(name) in authority_names():
            whole.update(authority_names()[fold(name)])
        elif named is None:
            unknown.append(name)
        else:
            exact = named.certainty == "whole"
            somewhere_unnamed = somewhere_unnamed or not named.codes
            (whole if exact else partly).update(named.codes)
    codes = whole | partly
    return Coverage(
        authorities=frozenset(codes - NATIONS.keys()),
        nations=frozenset(codes & NATIONS.keys()),
        partial=somewhere_unnamed or bool(partly - whole),
        unknown_names=tuple(unknown),
        partly=frozenset(partly - whole),
    )
