"""Finding an area: what was typed, turned into an area or a few to choose from; and the list of them all."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from directory.geo.answers import Choose, Found, NotUnderstood, Outside
from directory.geo.locator import Locator
from directory.geo.named import NamedPlace
from directory.matrix.area_names import areas_called, areas_of
from directory.matrix.areas import ENGLAND, ENGLAND_AND_WALES, WALES, AreaKind, Areas, MatrixArea


@dataclass(frozen=True, slots=True)
class Option:
    """An area that may be meant. place: the town it was found by; '' where it was found by its own name."""

    area: MatrixArea
    place: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """The areas that may be meant: one, several to choose from, or none and why. problem: '' where one is found."""

    options: tuple[Option, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Folded:
    """A region, or Wales, and the authorities in it."""

    area: MatrixArea
    authorities: tuple[MatrixArea, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Every area there is, by kind."""

    whole: tuple[MatrixArea, ...]
    regions: tuple[Folded, ...]
    named: tuple[MatrixArea, ...]
    counties: tuple[MatrixArea, ...]
    police: tuple[MatrixArea, ...]


def meant(areas: Areas, locator: Locator, text: str) -> Meant:
    """What somebody typed. Any area by code or name; else whatever the locator knows, by the authorities it is in."""
    called = areas_called(areas, text)
    if called:
        return Meant(tuple(Option(area) for area in called))
    answer = locator.find(text)
    match answer:
        case Found():
            return Meant(tuple(Option(area) for area in areas_of(areas, answer.area.authorities)))
        case Choose():
            return Meant(_options(areas, answer.options))
        case Outside():
            return Meant(
                problem=_("That place is not in England or Wales. Enter an area in England or Wales.")
            )
        case NotUnderstood():
            problem = _(
                "We do not know an area by that name. Check the spelling, or choose from the lists below."
            )
            return Meant(_options(areas, answer.suggestions), str(problem))
        case _:
            return Meant(problem=_("Enter the name or the code of an area, such as Peterborough."))


def _options(areas: Areas, places: tuple[NamedPlace, ...]) -> tuple[Option, ...]:
    found: dict[tuple[str, str], Option] = {}
    for place in places:
        for area in areas_of(areas, place.authorities):
            beside = "" if place.name == area.name else place.name
            found.setdefault((area.code, beside), Option(area, beside))
    return tuple(found.values())


def listed(areas: Areas) -> Listed:
    """Every area, the widest first, each region with its authorities by name."""
    whole = tuple(area for code in (ENGLAND_AND_WALES, ENGLAND, WALES) if (area := areas.get(code)))
    regions = [*areas.of_kind(AreaKind.REGION), *(area for area in whole if area.code == WALES)]
    return Listed(
        whole,
        tuple(Folded(region, _inside(areas, region)) for region in regions),
        areas.of_kind(AreaKind.NAMED),
        areas.of_kind(AreaKind.CHILDRENS_SERVICES),
        areas.of_kind(AreaKind.POLICE),
    )


def _inside(areas: Areas, area: MatrixArea) -> tuple[MatrixArea, ...]:
    found = (one for code in area.members if (one := areas.get(code)) is not None)
    return tuple(sorted(found, key=lambda one: one.name))
