"""Which support types fall within the duty to work together of the Victims and Prisoners Act 2024.

From data/duty_scope.csv: our own reading of the Act, with a reason for each type. The duty is
for England, and whether it is in force has to be looked up.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from directory.reference.files import DATA, BadDataFile, read_rows
from directory.reference.support_types import support_types
from directory.tables_of_day import of_the_tables


@dataclass(frozen=True, slots=True)
class Scope:
    """Whether a support type is within the duty, and why."""

    support_type: str
    is_in_scope: bool
    reason: str
    source: str


def read_scope(path: Path, types: Collection[str]) -> Mapping[str, Scope]:
    """Support type → scope, one for each of `types`. Raises BadDataFile."""
    found: dict[str, Scope] = {}
    for row in read_rows(path, ("support_type", "in_scope", "reason", "source")):
        code = row.one_of("support_type", frozenset(types))
        if code in found:
            raise row.wrong("support_type", "This support type is there already.")
        is_in = row.one_of("in_scope", ("yes", "no")) == "yes"
        found[code] = Scope(code, is_in, row.needed("reason"), row.needed("source"))
    if missing := [code for code in types if code not in found]:
        raise BadDataFile(path, 1, "support_type", missing[0], "Every support type needs a line.")
    return MappingProxyType(found)


@of_the_tables
def duty_scope() -> Mapping[str, Scope]:
    """Every support type's."""
    return read_scope(DATA / "duty_scope.csv", support_types())
