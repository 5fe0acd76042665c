"""How near support is: for one authority, type by type, in person and apart from it by phone or online."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, current_app, render_template, url_for

from directory.errors import NotFound
from directory.matrix.areas import MatrixArea
from directory.matrix.bands import access_bands
from directory.matrix.country_access import CountryAccess, InPersonAccess, RemoteAccess
from directory.matrix.nearest import MILES
from directory.queries.current_matrix import MatrixWorld
from directory.queries.snapshots import SnapshotView
from directory.reference.groups import groups
from directory.reference.support_types import support_types
from directory.web.access_words import (
    band_words,
    compared_words,
    distance_words,
    hours_words,
    part_words,
    services_words,
    share_words,
)
from directory.web.matrix_pages import pages_of
from directory.web.matrix_world import area_named, matrix_world
from directory.web.permanent import permanent_address
from directory.web.words import translated

bp = Blueprint("access", __name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One support type in a table, in words. A tuple holds what stands under one another in a cell.

    is_listed: whether any service that counts takes people from here. distance: the mean distance, then the
    share within each of MILES; empty where no place is known.
    """

    label: str
    services: tuple[str, ...]
    share: tuple[str, ...]
    compared: str
    is_listed: bool
    distance: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A service in person whose place is not known or is kept private."""

    service_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of the nine groups. …_nowhere: labels of the types that no listing counts for anywhere."""

    label: str
    in_person: tuple[Line, ...]
    in_person_nowhere: tuple[str, ...]
    unplaced: tuple[Unplaced, ...]
    remote: tuple[Line, ...]
    remote_nowhere: tuple[str, ...]


@bp.get("/matrix/<area_code>/access")
def area(area_code: str) -> str:
    """An authority's figures; of a wider area, the authorities to choose from."""
    world = matrix_world()
    chosen = area_named(world, area_code)
    figures: CountryAccess = current_app.extensions["access"].get(world)
    return access_page(world, chosen, figures, permanent_address(world, chosen, "access"))


def access_page(
    world: MatrixWorld,
    chosen: MatrixArea,
    figures: CountryAccess,
    permanent: str,
    kept: SnapshotView | None = None,
    *,
    same_postcodes: bool = True,
) -> str:
    """The page, of today or of a snapshot.

    same_postcodes: whether we spread people over the same postcodes as on that day.
    """
    if not chosen.members:
        raise NotFound(f"No authority is in the area {chosen.code}.")
    types = figures.types_in_person()
    nav = pages_of(chosen, permanent)
    if chosen.is_wide:
        return render_template(
            "matrix/access_areas.html",
            area=chosen,
            authorities=_authorities(world, chosen, kept),
            types=types,
            kept=kept,
            nav=nav,
            same_postcodes=same_postcodes,
        )
    (authority,) = chosen.members
    return render_template(
        "matrix/access.html",
        area=chosen,
        types=types[authority],
        parts=_parts(world, figures.in_person(authority), figures.remote(authority)),
        miles=MILES,
        bands=[band_words(band) for band in access_bands()],
        authorities=len(world.areas.authorities),
        kept=kept,
        nav=nav,
        same_postcodes=same_postcodes,
    )


def _authorities(
    world: MatrixWorld, wide: MatrixArea, kept: SnapshotView | None
) -> list[tuple[str, str, str]]:
    """(code, name, address of its figures) of the authorities in a wider area, by name."""
    named = world.areas.authorities
    return sorted(
        ((code, named[code].name, _address(code, kept)) for code in wide.members), key=lambda each: each[1]
    )


def _address(code: str, kept: SnapshotView | None) -> str:
    if kept is None:
        return url_for("access.area", area_code=code)
    return url_for("kept.access", number=kept.id, area_code=code)


def _parts(
    world: MatrixWorld, in_person: Iterable[InPersonAccess], remote: Iterable[RemoteAccess]
) -> tuple[Part, ...]:
    names = {service.id: service.name for service in world.services}
    return tuple(
        _part(
            translated(group.label),
            [one for one in in_person if _group(one.support_type) == code],
            [one for one in remote if _group(one.support_type) == code],
            names,
        )
        for code, group in groups().items()
    )


def _group(support_type: str) -> str:
    return support_types()[support_type].group


def _part(
    label: str, in_person: list[InPersonAccess], remote: list[RemoteAccess], names: dict[int, str]
) -> Part:
    unplaced = {number: names[number] for one in in_person for number in one.unplaced}
    return Part(
        label,
        tuple(_in_person_line(one) for one in in_person if one.counted.anywhere),
        _labels(one.support_type for one in in_person if not one.counted.anywhere),
        tuple(
            Unplaced(number, name)
            for number, name in sorted(unplaced.items(), key=lambda each: (each[1].casefold(), each[0]))
        ),
        tuple(_remote_line(one) for one in remote if one.counted.anywhere),
        _labels(one.support_type for one in remote if not one.counted.anywhere),
    )


def _in_person_line(one: InPersonAccess) -> Line:
    group = _group(one.support_type)
    return Line(
        _label(one.support_type),
        services_words(one.counted),
        (share_words(one.score, group), *part_words(one.score, one.shared)),
        compared_words(one.score, group),
        one.counted.services > 0,
        distance_words(one.nearest_km, list(one.within.values())),
    )


def _remote_line(one: RemoteAccess) -> Line:
    group = _group(one.support_type)
    if one.score is None:
        # A line that anybody may call is there or is not; nobody has a share of it.
        return Line(
            _label(one.support_type),
            services_words(one.counted),
            (hours_words(one),),
            "",
            one.counted.services > 0,
        )
    return Line(
        _label(one.support_type),
        services_words(one.counted),
        (share_words(one.score, group),),
        compared_words(one.score, group),
        one.counted.services > 0,
    )


def _labels(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(_label(code) for code in codes)


def _label(support_type: str) -> str:
    return translated(support_types()[support_type].label)
