"""The places that have names: towns, authorities, counties, police areas and regions.

Towns are from data/places.csv (GeoNames, CC BY 4.0), the rest from data/areas.csv (ONS).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from directory.geo.areas import Area, areas
from directory.geo.files import DATA
from directory.geo.grid import from_wgs84_arrays
from directory.geo.names import key
from directory.geo.types import AUTHORITIES_MAX, Point

Kind = Literal["town", "authority", "county", "police area", "region", "postcodes"]

# Counties that people still name, though no authority or police force has the name.
_OTHER_COUNTIES: dict[str, tuple[str, ...]] = {
    "Berkshire": ("E06000036", "E06000037", "E06000038", "E06000039", "E06000040", "E06000041"),
    "Tyne and Wear": ("E08000021", "E08000022", "E08000023", "E08000024", "E08000037"),
}
_LONDON = "E12000007"
_LONDON_OTHER_NAMES = ("Greater London", "Central London")
_WALES_OTHER_NAMES = ("Cymru",)


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place with a name.

    `authority_name` tells it from its namesakes: its authority, or its region where the
    place is itself an authority. `ask` is a text that finds exactly this place.
    `authorities` are the LAD codes it may lie in, `point` its middle (None: it has no
    one middle), `population` people (0: not known).
    """

    name: str
    authority_name: str
    ask: str
    kind: Kind
    authorities: tuple[str, ...]
    point: Point | None
    population: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A named place with all the keys it is found under: its own names, and what may follow a comma."""

    place: NamedPlace
    keys: frozenset[str]
    qualifiers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Town:
    """A row of data/places.csv; `keys` are what it is found under."""

    name: str
    other_names: tuple[str, ...]
    point: Point
    population: int
    authority: str
    keys: frozenset[str]


def read_towns() -> list[Town]:
    """Every row of data/places.csv, placed on the National Grid."""
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    eastings, northings = from_wgs84_arrays(
        np.array([float(row["lat"]) for row in rows]), np.array([float(row["lon"]) for row in rows])
    )
    return [
        Town(
            name=row["name"],
            other_names=tuple(name for name in row["other_names"].split(";") if name),
            point=Point(round(easting_m), round(northing_m)),
            population=int(row["population"]),
            authority=row["lad_code"],
            keys=frozenset(key(name) for name in (row["name"], *row["other_names"].split(";")) if name),
        )
        for row, easting_m, northing_m in zip(rows, eastings.tolist(), northings.tolist(), strict=True)
    ]


def build_entries(towns: Iterable[Town]) -> list[Entry]:
    """Every named place, each once: a town that is its authority's namesake is one with it."""
    towns = list(towns)
    entries = [*_authorities(towns)]
    taken = {name for entry in entries for name in entry.keys}
    entries += _groups(towns, taken)
    merged = {(name, code) for entry in entries for name in entry.keys for code in entry.place.authorities}
    london = _london_codes()
    for town in towns:
        if key(town.name) == "london" and town.authority in london:
            continue
        if not any((name, town.authority) in merged for name in town.keys):
            entries.append(_town_entry(town))
    return entries


def _authorities(towns: list[Town]) -> Iterator[Entry]:
    by_authority: dict[str, list[Town]] = defaultdict(list)
    for town in towns:
        by_authority[town.authority].append(town)
    for area in areas().values():
        keys = _own_names(area)
        namesakes = [town for town in by_authority[area.code] if town.keys & keys]
        for town in namesakes:
            keys |= town.keys
        middle = max(namesakes, key=lambda town: town.population).point if namesakes else None
        beside = area.utla_name if area.utla_code != area.code else area.region_name
        place = NamedPlace(
            name=area.name,
            authority_name=beside,
            ask=f"{area.name}, {beside}",
            kind="authority",
            authorities=(area.code,),
            point=middle,
            population=area.population,
        )
        yield Entry(place, keys, _qualifiers(area))


def _groups(towns: list[Town], taken: set[str]) -> Iterator[Entry]:
    """Counties, police areas and regions of several authorities, the more familiar first.

    A police area or region whose name an authority, a county or a fair-sized town has
    is left out: who types 'Durham' means the city.
    """
    towns_taken = {name for town in towns if town.population >= 5000 for name in town.keys}
    london = next(town for town in towns if town.name == "London")
    groups: list[tuple[str, Kind, list[str], tuple[str, ...]]] = []
    counties: dict[str, list[str]] = defaultdict(list)
    forces: dict[str, list[str]] = defaultdict(list)
    regions: dict[str, list[str]] = defaultdict(list)
    for area in areas().values():
        counties[area.utla_name].append(area.code)
        forces[area.police_force_area].append(area.code)
        regions[area.region_name].append(area.code)
    groups += [(name, "county", codes, ()) for name, codes in counties.items()]
    groups += [(name, "county", list(codes), ()) for name, codes in _OTHER_COUNTIES.items()]
    groups += [
        (name, "region", codes, _LONDON_OTHER_NAMES if name == "London" else _WALES_OTHER_NAMES)
        for name, codes in regions.items()
        if name in ("London", "Wales")
    ]
    groups += [(name, "police area", codes, ()) for name, codes in forces.items()]
    groups += [(name, "region", codes, ()) for name, codes in regions.items()]
    for name, kind, codes, others in groups:
        keys = frozenset(key(text) for text in (name, *others))
        blocked = taken if name in ("London", "Wales") or kind == "county" else taken | towns_taken
        if 1 < len(codes) <= AUTHORITIES_MAX and not keys & blocked:
            taken |= keys
            yield _group_entry(name, kind, codes, keys, london if name == "London" else None)


def _group_entry(name: str, kind: Kind, codes: list[str], keys: frozenset[str], middle: Town | None) -> Entry:
    members = [areas()[code] for code in codes]
    nation = members[0].nation
    place = NamedPlace(
        name=name,
        authority_name=nation if name != nation else "",
        ask=name,
        kind=kind,
        authorities=tuple(codes),
        point=middle.point if middle else None,
        population=sum(area.population for area in members),
    )
    return Entry(place, keys | (middle.keys if middle else frozenset()), frozenset({key(nation)}))


def _town_entry(town: Town) -> Entry:
    area = areas()[town.authority]
    place = NamedPlace(
        name=town.name,
        authority_name=area.name,
        ask=f"{town.name}, {area.name}",
        kind="town",
        authorities=(town.authority,),
        point=town.point,
        population=town.population,
    )
    return Entry(place, town.keys, _qualifiers(area) | _own_names(area))


@cache
def _own_names(area: Area) -> frozenset[str]:
    return frozenset(key(name) for name in (area.official_name, area.name, *area.other_names))


@cache
def _qualifiers(area: Area) -> frozenset[str]:
    """What people put after the name of a place in this authority, besides the authority itself."""
    found = {area.utla_name, area.region_name, area.nation, area.police_force_area, "UK"}
    found |= {name for name, codes in _OTHER_COUNTIES.items() if area.code in codes}
    return frozenset(key(name) for name in found)


def _london_codes() -> frozenset[str]:
    return frozenset(code for code, area in areas().items() if area.region_code == _LONDON)
