"""The areas a page of need can be opened for, from the table of authorities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from directory.geo.areas import areas


@dataclass(frozen=True, slots=True)
class NeedArea:
    """An area: its code and name, what kind it is, and the LAD codes of the authorities in it."""

    code: str
    name: str
    kind: str
    members: tuple[str, ...]


@cache
def need_areas() -> Mapping[str, NeedArea]:
    """Every area by its code: an authority comes before a wider area of the same code."""
    members: dict[tuple[str, str, str], list[str]] = {}
    for one in areas().values():
        for code, name, kind in (
            (one.code, one.name, "authority"),
            (one.utla_code, one.utla_name, "childrens-services"),
            (one.police_force_code, one.police_force_area, "police"),
            (one.region_code, one.region_name, "region"),
            ("W92000004" if one.nation == "Wales" else "E92000001", one.nation, "nation"),
            ("K04000001", "England and Wales", "england-and-wales"),
        ):
            members.setdefault((code, name, kind), []).append(one.code)
    found: dict[str, NeedArea] = {}
    for (code, name, kind), codes in members.items():
        found.setdefault(code, NeedArea(code, name, kind, tuple(codes)))
    return MappingProxyType(found)
