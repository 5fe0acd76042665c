"""What follows from a row: areas behind its coverage, points behind its places, what stays hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from directory.actions.cells import Tag
from directory.actions.lines import Place
from directory.actions.listing_row import ListingRow
from directory.actions.problem import Problem, shown
from directory.actions.row_rules import check_row
from directory.geo.types import Point
from directory.reference.confidential import is_confidential
from directory.reference.coverage import Coverage, read_coverage
from directory.reference.mapping import support_types_for


class PlaceFinder(Protocol):
    """Where postcodes and towns are. Offline; geo's stores behind one narrow door."""

    def find_point(self, postcode: str) -> Point | None:
        """The point of a full postcode, or None when it is not known or has no grid reference."""

    def find_towns(self, name: str) -> Sequence[tuple[str, Point]]:
        """Towns of that very name: (a name that finds only this one, its centre). Several: ambiguous."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A row, and what follows from it.

    points: one for each of the row's locations, None where the place is confidential.
    """

    row: ListingRow
    coverage: Coverage
    is_confidential: bool
    points: tuple[Point | None, ...]


class Resolver:
    """Resolves rows; remembers places, because many services share a town."""

    def __init__(self, finder: PlaceFinder) -> None:
        self._finder = finder
        self._place = lru_cache(maxsize=50_000)(self._find_place)

    def resolve(self, row: ListingRow, line: int) -> Resolved | list[Problem]:
        """What follows from the row, or everything that is wrong with it beyond single cells."""
        row = with_derived_codes(row)
        hidden = confidential(row)
        problems = check_row(row, line, is_confidential=hidden)
        coverage = _coverage(";".join(row.coverage))
        problems += [
            Problem(
                line,
                "coverage",
                name,
                "We know no authority, county, region, police area or nation of this name.",
                "Write the name as in data/areas.csv, or add it to data/coverage_names.csv.",
            )
            for name in coverage.unknown_names
        ]
        points: list[Point | None] = []
        for place in row.locations:
            if hidden or place.precision == "confidential":
                points.append(None)
                continue
            found = self._place(place)
            if isinstance(found, Point):
                points.append(found)
            else:
                problems.append(Problem(line, "locations", found[0], found[1], found[2]))
        return problems or Resolved(row, coverage, hidden, tuple(points))

    def hide(self, row: ListingRow) -> Resolved:
        """The row as a confidential one, whatever is wrong with it: nothing of it needs to be found."""
        return Resolved(row, _coverage(";".join(row.coverage)), True, (None,) * len(row.locations))

    def _find_place(self, place: Place) -> Point | tuple[str, str, str]:
        """The point, or (value, what is wrong, remedy)."""
        if place.precision == "exact":
            point = self._finder.find_point(place.postcode)
            if point is None:
                return (
                    place.postcode,
                    "We know no place for this postcode.",
                    f"Check it, or write town | {place.town} instead.",
                )
            return point
        towns = self._finder.find_towns(place.town)
        if not towns:
            return (
                place.town,
                "We know no town of this name.",
                "Write it as in data/places.csv, or leave the place blank: it is found by its coverage.",
            )
        if len(towns) > 1:
            names = " or ".join(shown(name) for name, _point in towns)
            return place.town, "Several towns have this name.", f"Say which: {names}."
        return towns[0][1]


@lru_cache(maxsize=10_000)
def _coverage(names: str) -> Coverage:
    return read_coverage(names)


def confidential(row: ListingRow) -> bool:
    """Whether the row's place must stay hidden: what its source says, else the default rule."""
    return confidential_by(
        row.confidential,
        [tag.code for tag in (*row.groups, *row.support_types)],
        (row.organisation, row.name, *row.alternate_name),
        row.description,
    )


def confidential_by(said: bool | None, codes: Iterable[str], names: Iterable[str], description: str) -> bool:
    """The same of a service's own cells. codes: groups and support types together ('G4', 'G4.6')."""
    held = list(codes)
    return is_confidential(
        said=said,
        groups=[code for code in held if "." not in code],
        support_type_codes=[code for code in held if "." in code],
        words=" ; ".join(names),
        description=description,
    )


def with_derived_codes(row: ListingRow) -> ListingRow:
    """The row with support types (and groups) from the source's general words, where it gives none."""
    if row.support_types or not row.source_types or not row.source_groups:
        return row
    derived = support_types_for(row.source_types, row.source_groups)
    tags = tuple(Tag(code, certainty == "certain") for code, certainty in derived.items())
    if row.groups:
        # Somebody has decided on the groups: support types of the others are left out.
        held = {tag.code for tag in row.groups}
        return replace(row, support_types=tuple(tag for tag in tags if tag.code.partition(".")[0] in held))
    groups: dict[str, bool] = {}
    for tag in tags:
        group = tag.code.partition(".")[0]
        groups[group] = groups.get(group, False) or tag.is_certain
    return replace(
        row, support_types=tags, groups=tuple(Tag(code, sure) for code, sure in sorted(groups.items()))
    )
