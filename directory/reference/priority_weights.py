"""What the parts of a priority weigh, and why. From data/priority_weights.csv."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from directory.reference.files import DATA, BadDataFile, read_rows
from directory.reference.terms import terms
from directory.tables_of_day import of_the_tables

WEIGHT_MOST = 100
"""The most that one part may weigh, in the file or when somebody sets weights of their own."""


@dataclass(frozen=True, slots=True)
class PriorityWeight:
    """One part. weight: points out of 100 that it gives at the most."""

    component: str
    weight: int
    reason: str
    source: str


def read_priority_weights(path: Path, components: Collection[str]) -> Mapping[str, PriorityWeight]:
    """Component → its weight; each of `components` once, and 100 together. Raises BadDataFile."""
    found: dict[str, PriorityWeight] = {}
    for row in read_rows(path, ("component", "weight", "reason", "source")):
        code = row.one_of("component", frozenset(components))
        text = row.needed("weight")
        if code in found:
            raise row.wrong("component", "This part is there already.")
        if not (text.isascii() and text.isdecimal() and len(text) <= 3 and int(text) <= WEIGHT_MOST):
            raise row.wrong("weight", f"Write a whole number from 0 to {WEIGHT_MOST}.")
        found[code] = PriorityWeight(code, int(text), row.needed("reason"), row.needed("source"))
    total = sum(one.weight for one in found.values())
    if set(found) != set(components) or total != WEIGHT_MOST:
        raise BadDataFile(path, 1, "weight", str(total), "Every part must be there, and 100 in all.")
    return MappingProxyType(found)


@of_the_tables
def priority_weights() -> Mapping[str, PriorityWeight]:
    """The weights that ship."""
    return read_priority_weights(DATA / "priority_weights.csv", terms("gap_component"))
