"""The second face of the grid: for each group and each support type of an area, what is needed beside what is there.

Numbers only, not yet rounded and not in words: pages and documents make theirs from the same face.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from directory.geo.areas import Area, areas
from directory.matrix.areas import ENGLAND, WALES, nation_code
from directory.matrix.need import Estimate, estimate_need, populations
from directory.matrix.types import MatrixService
from directory.matrix.unmet import (
    Offer,
    Places,
    Seekers,
    Unmet,
    count_places,
    likely_to_seek,
    people_per_service,
    unmet,
)
from directory.reference.need_assumptions import Uptake
from directory.reference.need_rates import NeedRate

_NATIONS = (ENGLAND, WALES)

CENTRES_MEASURE = "one_in_ten"
"""The measure of data/need_rates.csv that the CSA Centre divides by services: held, and not a group's own."""
COUNTED_BY_THE_CENTRE = frozenset({"G2", "G3", "G4"})
"""Children who have been sexually abused, their families, and adults who were: whom it counts services for."""


@dataclass(frozen=True, slots=True)
class GroupNeed:
    """One group in one area.

    estimate: None where it is not for this reader's eyes (see is_withheld).
    seekers, unmet: None where nothing can be worked out.
    local, national: services that certainly help the group: those that take people from single
    authorities, and those that take them from all of a nation.
    per_service: people for each service that counts here; None where there is no service or no estimate.
    """

    group: str
    estimate: Estimate | None
    is_withheld: bool
    uptake: Uptake
    seekers: Seekers | None
    places: Places
    unmet: Unmet | None
    local: int
    national: int
    per_service: Fraction | None


@dataclass(frozen=True, slots=True)
class TypeNeed:
    """One support type in one area. unmet: only where the places of all its services are known."""

    support_type: str
    places: Places
    unmet: Unmet | None


@dataclass(frozen=True, slots=True)
class NeedFace:
    """An area's face: groups G1 to G9; support types in the order of the matrix. Nothing in it may be added up.

    centre_services, centre_per_service: services for victims/survivors and their families, and people for
    each, as the CSA Centre counts them; None where there is no service.
    has_whole_nation: the area holds all of England or of Wales, so services for a nation count as its own.
    """

    groups: Mapping[str, GroupNeed]
    types: Mapping[str, TypeNeed]
    centre_services: int
    centre_per_service: Fraction | None
    has_whole_nation: bool


def with_yours(
    assumptions: Mapping[str, Uptake], percent: int | None, years: int | None
) -> Mapping[str, Uptake]:
    """The assumptions with what a reader entered in their place: both for every group."""
    return MappingProxyType(
        {
            group: replace(
                uptake,
                percent=percent if percent is not None else uptake.percent,
                years=years if years is not None else uptake.years,
                is_yours=percent is not None,
                years_are_yours=years is not None,
            )
            for group, uptake in assumptions.items()
        }
    )


def need_face(
    members: Collection[Area],
    support_types: Iterable[str],
    services: Iterable[MatrixService],
    rates: Iterable[NeedRate],
    assumptions: Mapping[str, Uptake],
    *,
    with_upper_bounds: bool,
) -> NeedFace:
    """The face of the area that some authorities make up.

    support_types: every code, in order. services: any; those that take nobody from here fall out.
    with_upper_bounds: whether the reader may see what only commissioners do.
    """
    rates = tuple(rates)
    here = _here(members, services)
    has_whole_nation = any(_holds(members, nation) for nation in _NATIONS)
    groups = {}
    for group, estimate in estimate_need(members, rates).items():
        is_withheld = estimate.rate.visibility == "commissioner" and not with_upper_bounds
        groups[group] = _group(estimate, here, assumptions[group], has_whole_nation, is_withheld)
    types = {code: _type(code, here, groups[_group_of(code)].seekers) for code in support_types}
    everybody = _everybody(members, rates)
    centre = _counted(here, COUNTED_BY_THE_CENTRE, has_whole_nation)
    return NeedFace(
        MappingProxyType(groups),
        MappingProxyType(types),
        centre,
        people_per_service(everybody, centre),
        has_whole_nation,
    )


@dataclass(frozen=True, slots=True)
class _Here:
    """A service that takes people from here.

    is_open_ended: it takes people from elsewhere too, or not everybody from here: how many of its places
    people from here can have, nobody knows.
    """

    service: MatrixService
    is_open_ended: bool

    @property
    def groups(self) -> frozenset[str]:
        """The groups of its support types, certain and possible."""
        return frozenset(map(_group_of, self.service.types))

    def helps(self, groups: Collection[str]) -> bool:
        """Whether it certainly helps one of them."""
        return any(sure and _group_of(code) in groups for code, sure in self.service.types.items())


def _here(members: Collection[Area], services: Iterable[MatrixService]) -> tuple[_Here, ...]:
    codes = {area.code for area in members}
    nations = {nation_code(area) for area in members}
    whole = {nation for nation in _NATIONS if _holds(members, nation)}
    return tuple(
        _Here(
            service,
            is_open_ended=bool(service.partly or service.only_for)
            or not (service.authorities <= codes and service.nations <= whole),
        )
        for service in services
        if service.authorities & codes or service.nations & nations
    )


def _group(
    estimate: Estimate, here: Collection[_Here], uptake: Uptake, has_whole_nation: bool, is_withheld: bool
) -> GroupNeed:
    group = frozenset({estimate.group})
    helping = [one for one in here if group & one.groups]
    places = count_places(
        Offer(
            one.service.id,
            one.service.places_a_year,
            is_certain=one.helps(group),
            # Its other groups take places too.
            is_shared=one.is_open_ended or len(one.groups) > 1,
        )
        for one in helping
    )
    national = sum(bool(one.service.nations) for one in helping if one.helps(group))
    seekers = None if is_withheld else likely_to_seek(estimate, uptake)
    people = None if is_withheld else estimate.central
    counted = _counted(here, group, has_whole_nation)
    return GroupNeed(
        group=estimate.group,
        estimate=None if is_withheld else estimate,
        is_withheld=is_withheld,
        uptake=uptake,
        seekers=seekers,
        places=places,
        unmet=unmet(seekers, places) if seekers else None,
        local=places.services - national,
        national=national,
        per_service=None if people is None else people_per_service(people, counted),
    )


def _type(code: str, here: Iterable[_Here], seekers: Seekers | None) -> TypeNeed:
    places = count_places(
        Offer(
            one.service.id,
            one.service.places_a_year,
            is_certain=one.service.types[code],
            is_shared=one.is_open_ended or len(one.service.types) > 1,
        )
        for one in here
        if code in one.service.types
    )
    is_known = places.known is not None and not places.possible
    return TypeNeed(code, places, unmet(seekers, places) if is_known and seekers else None)


def _counted(here: Iterable[_Here], groups: frozenset[str], has_whole_nation: bool) -> int:
    """The services by which an area's people are divided.

    Over a whole nation a service for that nation is one of those there; in a part of it, it is
    everybody's, and would make every place look well served.
    """
    return sum(one.helps(groups) and (has_whole_nation or not one.service.nations) for one in here)


def _everybody(members: Iterable[Area], rates: Iterable[NeedRate]) -> Fraction:
    people = populations(members)
    lines = [rate for rate in rates if rate.measure == CENTRES_MEASURE]
    return sum((people[line.population] * (line.central or line.high) for line in lines), Fraction(0))


def _group_of(code: str) -> str:
    """'G2.7' → 'G2'."""
    return code.split(".")[0]


def _holds(members: Iterable[Area], nation: str) -> bool:
    """Whether every authority of a nation is among the members."""
    whole = {area.code for area in areas().values() if nation_code(area) == nation}
    return whole <= {area.code for area in members}
