"""One authority beside others: states counted, services that take its residents, and classes for a map.

States are counted, all of them: nothing about those counts is a sample, so they have no
interval and no rank. Services per head are so few that chance alone moves them, so they
have both an interval and a range of ranks (directory.matrix.rates).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from directory.geo.distance import geodesic_km
from directory.matrix.areas import AreaKind, Areas, KnownAuthority, MatrixArea
from directory.matrix.judge import acceptance
from directory.matrix.rates import Rate
from directory.matrix.types import Level, MatrixService, State
from directory.matrix.wide import CHILDREN_GROUPS

NEIGHBOURS_MOST = 10
CLASSES_MOST = 4


class Beside(StrEnum):
    """What an area is set beside."""

    NEIGHBOURS = "neighbours"
    REGION = "region"
    FORCE = "force"
    NATION = "nation"
    WITHIN = "within"
    """A wider area has no states of its own: its authorities are set beside each other."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One authority in a comparison.

    distance_km: from the centre of the first to this one's; None where that is not what they were chosen by.
    counts: state → half cells in it, of those that apply.
    local: services that take all or some of its people by its own name; wide: those that take people of
    its whole nation, which are the same for all of it.
    children, adults: local services for children's groups per 10,000 people under 18, and for the others'
    per 10,000 adults; None where nobody lives there.
    """

    code: str
    name: str
    distance_km: float | None
    counts: Mapping[State, int]
    local: int
    wide: int
    children: Rate | None
    adults: Rate | None

    @property
    def halves(self) -> int:
        """Half cells that apply."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class ValueClass:
    """Areas whose values lie together: low to high, both reached. members: their codes, in the order given."""

    low: float
    high: float
    members: tuple[str, ...]


def set_beside(area: MatrixArea, areas: Areas, beside: Beside) -> Mapping[str, float | None]:
    """Authority → its distance in km, or None: the area's own first, then the nearest, or by name.

    Raises ValueError for an area of several authorities beside anything but WITHIN, and for one beside itself.
    """
    if area.is_wide != (beside is Beside.WITHIN):
        raise ValueError(f"{area.code} cannot be set beside {beside.value}")
    if beside is Beside.WITHIN:
        return dict.fromkeys(_by_name(area.members, areas))
    (own,) = area.members
    if beside is Beside.NEIGHBOURS:
        return {own: 0.0, **_nearest(areas.authorities[own], areas)}
    around = _around(own, areas, beside)
    return dict.fromkeys((own, *(code for code in _by_name(around, areas) if code != own)))


def _around(own: str, areas: Areas, beside: Beside) -> Iterable[str]:
    one = areas.authorities[own]
    code = {
        Beside.REGION: one.region_code,
        Beside.FORCE: one.police_force_code,
        Beside.NATION: areas.nation_of(own),
    }[beside]
    area = areas.get(code)
    # A force or region of a single authority is that authority itself.
    return area.members if area is not None and area.kind is not AreaKind.AUTHORITY else (own,)


def _nearest(own: KnownAuthority, areas: Areas) -> dict[str, float]:
    centre = (own.latitude, own.longitude)
    away = {
        code: geodesic_km(centre, (one.latitude, one.longitude))
        for code, one in areas.authorities.items()
        if code != own.code
    }
    nearest = sorted(away, key=lambda code: (away[code], code))[:NEIGHBOURS_MOST]
    return {code: away[code] for code in nearest}


def _by_name(codes: Iterable[str], areas: Areas) -> list[str]:
    return sorted(codes, key=lambda code: (areas.authorities[code].name, code))


def compared(
    authority: KnownAuthority,
    nation: str,
    distance_km: float | None,
    counts: Mapping[State, int],
    services: Iterable[MatrixService],
    group_of: Mapping[str, str],
) -> Compared:
    """An authority in a comparison. group_of: support type → its group."""
    local, wide, children, adults = 0, 0, 0, 0
    for service in services:
        if acceptance(service, authority.code, nation) is Level.NOTHING:
            continue
        if authority.code not in service.authorities:
            wide += 1
            continue
        local += 1
        groups = {group_of[code] for code in service.types if code in group_of}
        children += bool(groups & CHILDREN_GROUPS)
        adults += bool(groups - CHILDREN_GROUPS)
    under_18, grown = authority.population_under_18, authority.population_18_and_over
    return Compared(
        authority.code,
        authority.name,
        distance_km,
        counts,
        local,
        wide,
        Rate(children, under_18) if under_18 else None,
        Rate(adults, grown) if grown else None,
    )


def classes(values: Mapping[str, float], most: int = CLASSES_MOST) -> tuple[ValueClass, ...]:
    """The areas sorted into at most so many classes, the lowest first, of about as many areas each.

    Equal values are never parted. Where there are no more different values than classes, each has its own.
    """
    ordered = sorted(values, key=lambda code: values[code])
    different = sorted(set(values.values()))
    groups: list[list[str]] = []
    if len(different) <= most:
        groups = [[code for code in values if values[code] == value] for value in different]
    else:
        for place, code in enumerate(ordered):
            is_same = bool(groups) and values[groups[-1][-1]] == values[code]
            is_due = place * most // len(ordered) >= len(groups)
            if groups and (is_same or not is_due):
                groups[-1].append(code)
            else:
                groups.append([code])
    return tuple(_class(values, group) for group in groups)


def _class(values: Mapping[str, float], group: Sequence[str]) -> ValueClass:
    held = set(group)
    members = tuple(code for code in values if code in held)
    return ValueClass(min(values[code] for code in group), max(values[code] for code in group), members)
