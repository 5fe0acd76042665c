"""The areas a matrix can be opened for, and which authorities each holds.

Authorities, children's services authorities, police force areas, regions, Wales, England,
and England and Wales follow from the table of authorities; *named areas* are any set of
authorities, with the days between which they are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

ENGLAND, WALES = "E92000001", "W92000004"
ENGLAND_AND_WALES = "K04000001"
"""ONS code of England and Wales together."""


class AreaKind(StrEnum):
    """Codes of the taxonomy `area_kind` in data/terms.csv, the most local first."""

    AUTHORITY = "authority"
    CHILDRENS_SERVICES = "childrens-services"
    NAMED = "named"
    POLICE = "police"
    REGION = "region"
    NATION = "nation"
    ENGLAND_AND_WALES = "england-and-wales"


class KnownAuthority(Protocol):
    """What is read of an authority of data/areas.csv (directory.geo.areas.Area)."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def utla_code(self) -> str: ...
    @property
    def utla_name(self) -> str: ...
    @property
    def region_code(self) -> str: ...
    @property
    def region_name(self) -> str: ...
    @property
    def nation(self) -> str: ...
    @property
    def police_force_code(self) -> str: ...
    @property
    def police_force_area(self) -> str: ...
    @property
    def population(self) -> int: ...
    @property
    def population_under_18(self) -> int: ...
    @property
    def population_18_and_over(self) -> int: ...
    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...


@dataclass(frozen=True, slots=True)
class NamedArea:
    """A set of authorities that plan together, such as a partnership's or an NHS board's area.

    code: short words with hyphens, stable. starts_on, ends_on: None is open; both days are in it.
    source: where it is read that these authorities are one.
    """

    code: str
    name: str
    members: tuple[str, ...]
    starts_on: date | None = None
    ends_on: date | None = None
    source: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it is an area on that day."""
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )


@dataclass(frozen=True, slots=True)
class MatrixArea:
    """An area a matrix can be opened for. members: LAD codes, each once; their people are counted once."""

    code: str
    name: str
    kind: AreaKind
    members: tuple[str, ...]
    named: NamedArea | None = None

    @property
    def is_wide(self) -> bool:
        """Whether it holds several authorities, so that it has no state of its own."""
        return len(self.members) > 1


class Areas:
    """Every area, by code; and for each authority those it lies in."""

    def __init__(
        self,
        authorities: Iterable[KnownAuthority],
        named: Iterable[NamedArea] = (),
        *,
        on: date | None = None,
    ) -> None:
        """named: those that hold `on` that day are areas; all of them, when no day is given."""
        self.authorities: Mapping[str, KnownAuthority] = {one.code: one for one in authorities}
        self._by_code = {area.code: area for area in _derived(self.authorities)}
        for one in named:
            if on is None or one.holds_on(on):
                known = tuple(sorted({code for code in one.members if code in self.authorities}))
                self._by_code[one.code] = MatrixArea(one.code, one.name, AreaKind.NAMED, known, one)
        self._around = self._chains()

    def __iter__(self) -> Iterator[MatrixArea]:
        return iter(self._by_code.values())

    def get(self, code: str) -> MatrixArea | None:
        """The area of that code; None where there is none."""
        return self._by_code.get(code)

    def of_kind(self, kind: AreaKind) -> tuple[MatrixArea, ...]:
        """All of one kind, by name."""
        found = (area for area in self._by_code.values() if area.kind is kind)
        return tuple(sorted(found, key=lambda area: (area.name, area.code)))

    def around(self, authority: str) -> tuple[str, ...]:
        """The codes of the areas an authority lies in: itself first, then the one with the fewest people.

        Raises KeyError for a code that is no authority's.
        """
        return self._around[authority]

    def nation_of(self, authority: str) -> str:
        """'E92000001' or 'W92000004'."""
        return nation_code(self.authorities[authority])

    def people(self, area: MatrixArea) -> int:
        """Everybody who lives there, counted once."""
        return sum(self.authorities[code].population for code in area.members)

    def _chains(self) -> dict[str, tuple[str, ...]]:
        order = {kind: place for place, kind in enumerate(AreaKind)}
        wide = sorted(
            self._by_code.values(),
            # Among areas of as many people (an authority that is a force's whole area) the more local kind is first.
            key=lambda area: (self.people(area), order[area.kind], area.code),
        )
        chains: dict[str, list[str]] = {code: [code] for code in self.authorities}
        for area in wide:
            for member in area.members:
                if area.code != member:
                    chains[member].append(area.code)
        return {code: tuple(chain) for code, chain in chains.items()}


def nation_code(authority: KnownAuthority) -> str:
    """'E92000001' or 'W92000004'."""
    return WALES if authority.nation == "Wales" else ENGLAND


def _derived(authorities: Mapping[str, KnownAuthority]) -> list[MatrixArea]:
    """The areas that follow from the table; a wider one of one authority and the same code is that authority."""
    members: dict[tuple[str, str, AreaKind], list[str]] = {}
    for one in authorities.values():
        for code, name, kind in (
            (one.code, one.name, AreaKind.AUTHORITY),
            (one.utla_code, one.utla_name, AreaKind.CHILDRENS_SERVICES),
            (one.police_force_code, one.police_force_area, AreaKind.POLICE),
            (one.region_code, one.region_name, AreaKind.REGION),
            (nation_code(one), one.nation, AreaKind.NATION),
            (ENGLAND_AND_WALES, "England and Wales", AreaKind.ENGLAND_AND_WALES),
        ):
            members.setdefault((code, name, kind), []).append(one.code)
    found: dict[str, MatrixArea] = {}
    for (code, name, kind), codes in members.items():
        # Wales is a region and a nation under one code, a unitary authority its own children's services.
        if code not in found or kind is AreaKind.NATION:
            found[code] = MatrixArea(code, name, kind, tuple(sorted(codes)))
    return list(found.values())
