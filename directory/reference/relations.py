"""How the people of one family are told apart without a name: mother, brother, carer. From data/relations.csv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from directory.reference.files import DATA, read_rows


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation. `label` stands in a list to choose from ('Mother'), `plain` in a sentence ('the mother')."""

    code: str
    label: str
    plain: str


def read_relations(path: Path) -> Mapping[str, Relation]:
    """Code → relation, in the file's order. Raises BadDataFile.

    A code is two small letters: it stands in a small cookie, up to eight times.
    """
    found: dict[str, Relation] = {}
    for row in read_rows(path, ("code", "label", "plain")):
        relation = Relation(row.needed("code"), row.needed("label"), row.needed("plain"))
        if not (len(relation.code) == 2 and relation.code.isascii() and relation.code.islower()):
            raise row.wrong("code", "Use two small letters.")
        if relation.code in found:
            raise row.wrong("code", "This relation is there already.")
        found[relation.code] = relation
    return MappingProxyType(found)


@cache
def relations() -> Mapping[str, Relation]:
    """Every relation somebody may choose, in the order to show them."""
    return read_relations(DATA / "relations.csv")
