"""The 318 local authorities of England and Wales, from data/areas.csv.

Columns, units, sources and licences: data/README.md.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from directory.geo.files import DATA
from directory.tables_of_day import of_the_tables, table_text


@dataclass(frozen=True, slots=True)
class Area:
    """One local authority. Populations are people, ONS mid-year estimates for `population_year`."""

    code: str
    official_name: str
    name: str
    other_names: tuple[str, ...]
    authority_type: str
    utla_code: str
    utla_name: str
    region_code: str
    region_name: str
    nation: str
    police_force_code: str
    police_force_area: str
    latitude: float
    longitude: float
    population: int
    population_under_16: int
    population_16_to_17: int
    population_under_18: int
    population_18_and_over: int
    population_18_to_74: int
    population_16_to_59: int
    population_0_to_4: int
    population_5_to_9: int
    population_10_to_15: int
    population_18_to_24: int
    population_year: int
    girls_under_16_estimated: int
    boys_under_16_estimated: int


@of_the_tables
def areas() -> Mapping[str, Area]:
    """Every authority by its ONS code (E06…, E07…, E08…, E09…, W06…), in the order of the codes."""
    text = table_text(DATA / "areas.csv")
    found = [_area(row) for row in csv.DictReader(io.StringIO(text, newline=""))]
    return MappingProxyType({area.code: area for area in sorted(found, key=lambda area: area.code)})


def _area(row: Mapping[str, str]) -> Area:
    return Area(
        code=row["lad_code"],
        official_name=row["lad_name"],
        name=row["lad_display_name"],
        other_names=tuple(name for name in row["other_names"].split(";") if name),
        authority_type=row["authority_type"],
        utla_code=row["utla_code"],
        utla_name=row["utla_name"],
        region_code=row["region_code"],
        region_name=row["region_name"],
        nation=row["nation"],
        police_force_code=row["pfa_code"],
        police_force_area=row["police_force_area"],
        latitude=float(row["centre_lat"]),
        longitude=float(row["centre_lon"]),
        population=int(row["pop_total"]),
        population_under_16=int(row["pop_under16"]),
        population_16_to_17=int(row["pop_16_17"]),
        population_under_18=int(row["pop_under18"]),
        population_18_and_over=int(row["pop_18plus"]),
        population_18_to_74=int(row["pop_18_74"]),
        population_16_to_59=int(row["pop_16_59"]),
        population_0_to_4=int(row["pop_0_4"]),
        population_5_to_9=int(row["pop_5_9"]),
        population_10_to_15=int(row["pop_10_15"]),
        population_18_to_24=int(row["pop_18_24"]),
        population_year=int(row["pop_year"]),
        girls_under_16_estimated=int(row["pop_female_under16_est"]),
        boys_under_16_estimated=int(row["pop_male_under16_est"]),
    )
