"""The nine groups that are stored, and the six that are shown. From data/groups.csv."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from directory.reference.files import DATA, read_rows
from directory.reference.terms import Term, terms
from directory.tables_of_day import of_the_tables


@dataclass(frozen=True, slots=True)
class Group:
    """One of the nine groups (G1 … G9). `shown_as` is the code of one of the six shown groups."""

    code: str
    shown_as: str
    label: str
    plain: str


def read_groups(path: Path, shown: Iterable[str]) -> Mapping[str, Group]:
    """Code → group. `shown`: the codes that `shown_as` may take. Raises BadDataFile."""
    allowed = frozenset(shown)
    found: dict[str, Group] = {}
    for row in read_rows(path, ("code", "shown_as", "label", "plain")):
        group = Group(
            row.needed("code"), row.one_of("shown_as", allowed), row.needed("label"), row.needed("plain")
        )
        if group.code in found:
            raise row.wrong("code", "This group is there already.")
        found[group.code] = group
    return MappingProxyType(found)


@of_the_tables
def groups() -> Mapping[str, Group]:
    """The nine groups, G1 first."""
    return read_groups(DATA / "groups.csv", shown_groups())


def shown_groups() -> Mapping[str, Term]:
    """The six groups a visitor chooses from, in the order to show them."""
    return terms("group_shown")


def shown_as(codes: Iterable[str]) -> frozenset[str]:
    """The shown groups of some of the nine. Raises KeyError for a code that is no group."""
    return frozenset(groups()[code].shown_as for code in codes)
