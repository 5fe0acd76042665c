"""From the general words of a source to rows of the working matrix. From data/type_mapping.csv.

Sources describe a service by general types ('counselling', 'helpline') and six
general groups. Each pair was looked at once, and leads to support types that are
*certain* or *possible*. What is only possible stays marked as such for good.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from directory.reference.files import DATA, Row, read_rows
from directory.reference.support_types import SupportType, support_types

Certainty = Literal["certain", "possible"]

GROUPS_OF_SOURCE_GROUP: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "children": ("G1", "G2"),
        "parents": ("G3",),
        "adult_survivors": ("G4",),
        "children_hsb": ("G5",),
        "people_at_risk_of_offending": ("G7", "G8"),
        "families_of_people_who_have_offended": ("G6", "G9"),
    }
)


@dataclass(frozen=True, slots=True)
class Mapped:
    """One reviewed step. `certain_if_only_group`: possible only because the row names other groups too."""

    support_type: str
    certainty: Certainty
    reason: str
    certain_if_only_group: bool


def read_mapping(
    path: Path, known: Mapping[str, SupportType]
) -> Mapping[tuple[str, str], tuple[Mapped, ...]]:
    """(source type, source group) → steps, none where the pair makes no sense. Raises BadDataFile."""
    columns = (
        "source_type",
        "source_group",
        "support_type",
        "certainty",
        "reason",
        "certain_if_only_group",
    )
    found: dict[tuple[str, str], tuple[Mapped, ...]] = {}
    for row in read_rows(path, columns):
        pair = row.needed("source_type"), row.one_of("source_group", tuple(GROUPS_OF_SOURCE_GROUP))
        row.needed("reason")
        steps = found.get(pair, ())
        if not row["support_type"]:
            if pair in found or row["certainty"]:
                raise row.wrong("support_type", "Leave it blank only on the one line of a pair with nothing.")
            found[pair] = ()
            continue
        if pair in found and not steps:
            raise row.wrong("support_type", "An earlier line says that this pair leads to nothing.")
        step = _read_step(row, known)
        if any(other.support_type == step.support_type for other in steps):
            raise row.wrong("support_type", "This pair leads there already.")
        found[pair] = (*steps, step)
    return MappingProxyType(found)


def _read_step(row: Row, known: Mapping[str, SupportType]) -> Mapped:
    code = row["support_type"]
    if code not in known:
        raise row.wrong("support_type", "There is no such row in support_types.csv.")
    groups_meant = GROUPS_OF_SOURCE_GROUP[row["source_group"]]
    if known[code].group not in groups_meant:
        raise row.wrong("support_type", f"It must belong to {' or '.join(groups_meant)}.")
    certain = row.one_of("certainty", ("certain", "possible")) == "certain"
    alone = row.one_of("certain_if_only_group", ("yes", "")) == "yes"
    return Mapped(code, "certain" if certain else "possible", row["reason"], alone)


@cache
def type_mapping() -> Mapping[tuple[str, str], tuple[Mapped, ...]]:
    """The reviewed table of data/type_mapping.csv."""
    return read_mapping(DATA / "type_mapping.csv", support_types())


def support_types_for(source_types: Iterable[str], source_groups: Collection[str]) -> dict[str, Certainty]:
    """Support type → 'certain' or 'possible', for the general words of one source row.

    Certain wins where two pairs lead to the same support type. Raises KeyError for
    a type or group that the table does not hold.
    """
    only_group = len(set(source_groups)) == 1
    found: dict[str, Certainty] = {}
    for source_type in source_types:
        for source_group in source_groups:
            for step in type_mapping()[source_type, source_group]:
                certain = step.certainty == "certain" or (step.certain_if_only_group and only_group)
                if certain or step.support_type not in found:
                    found[step.support_type] = "certain" if certain else "possible"
    order = {code: place for place, code in enumerate(support_types())}
    return {code: found[code] for code in sorted(found, key=order.__getitem__)}


def kinds_of(support_type_codes: Mapping[str, Certainty]) -> dict[str, Certainty]:
    """Kind → 'certain' or 'possible', for a service's support types. Certain wins. Raises KeyError."""
    found: dict[str, Certainty] = {}
    for code, certainty in support_type_codes.items():
        kind = support_types()[code].kind
        if certainty == "certain" or kind not in found:
            found[kind] = certainty
    return found
