"""The map: a page of its own that also stands in the frame beside the results, and its layer of services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _

from directory.geo.types import Point
from directory.maps.ground import Ground, GroundAssets, build_ground
from directory.maps.newest import Newest
from directory.maps.place_names import place_names
from directory.maps.services import SERVICE_URL, TOWN, Mark, services_geojson
from directory.maps.tiles import tiles_credit
from directory.queries.listings import get_listings
from directory.queries.views import ListingView, PlaceView
from directory.search.types import Hit, Section
from directory.web.asked import Asked, read_asked
from directory.web.assets import asset
from directory.web.results import Searched, run_search
from directory.web.templating import page_language
from directory.web.words import about_miles

bp = Blueprint("map", __name__)

SEARCH_ARGS = ("at", "f", "t", "s", "p")
# More than this is neither a map nor a list that anybody can read.
PLACES_MAX = 5000
# Nobody travels to a helpline, and what cannot be reached is not shown as help.
WITHOUT_MARKS = frozenset({Section.ANYWHERE, Section.UNREACHABLE})

_grounds: Newest[Ground] = Newest()
_countries: Newest[Shown] = Newest()


@dataclass(frozen=True, slots=True)
class Line:
    """One place in the list under the map."""

    number: int | None
    name: str
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Town:
    """Places under one heading; '' for a list without headings."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on one map: the layer, and the same as a list."""

    layer: bytes
    towns: tuple[Town, ...]
    has_towns: bool
    some_without_a_place: bool
    more_unshown: bool = False


@bp.get("/map")
def frame() -> Response:
    """The map as a page: with a search's address its results and their numbers, without one every place."""
    asked = _asked()
    shown = _of_search(asked) if asked else _of_country()
    tiles_url = current_app.config["SETTINGS"].map_tiles_url
    # Browsers say where a page will stand; one that does not say gets the page with its own way out.
    in_frame = request.headers.get("Sec-Fetch-Dest") == "iframe"
    response = make_response(
        render_template(
            "map/frame.html" if in_frame else "map/page.html",
            heading=_("Map of these results") if asked else _("Services in England and Wales on a map"),
            ground=_ground(tiles_url),
            services_url=asked.url("map.services") if asked else url_for("map.services"),
            results_url=asked.url() if asked else "",
            numbered=asked is not None,
            has_square=bool(asked and asked.area and asked.area.square),
            has_towns=shown.has_towns,
            towns=shown.towns,
            some_without_a_place=shown.some_without_a_place,
            more_unshown=shown.more_unshown,
            tiles_credit=tiles_credit(tiles_url),
        )
    )
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Sec-Fetch-Dest")
    return response


@bp.get("/map/services.geojson")
def services() -> Response:
    """The layer of the same map, as GeoJSON."""
    asked = _asked()
    shown = _of_search(asked) if asked else _of_country()
    response = make_response(shown.layer)
    response.mimetype = "application/geo+json"
    response.headers["Cache-Control"] = "no-store"
    return response


def _asked() -> Asked | None:
    """The search in the address; None when the address holds none."""
    return read_asked(request.args) if any(request.args.get(name) for name in SEARCH_ARGS) else None


def _ground(tiles_url: str) -> Ground:
    with current_app.extensions["database"].reading() as session:
        version, _index = current_app.extensions["index"].get(session)
    assets = GroundAssets(
        leaflet_js=asset("leaflet.js"),
        leaflet_css=asset("leaflet.css"),
        map_js=asset("map.js"),
        map_css=asset("map.css"),
        boundaries=asset("boundaries.geojson"),
    )
    return _grounds.get(version, (assets, tiles_url), lambda: build_ground(assets, place_names(), tiles_url))


def _of_search(asked: Asked) -> Shown:
    searched = run_search(asked)
    marks = []
    first_seen = []
    without_a_place = False
    for section, number, hit, listing in _entries(searched):
        found = _marks(number, hit, listing) if section not in WITHOUT_MARKS else []
        marks += found
        without_a_place |= not found
        if section is Section.NEAR:
            first_seen += [mark.point for mark in found]
    area = asked.area
    layer = services_geojson(
        marks,
        square=area.square if area else None,
        authorities=area.authorities if area else (),
        first_seen=first_seen or _middle(asked),
    )
    lines = tuple(_line(mark) for mark in marks)
    return Shown(layer, (Town("", lines),) if lines else (), _any_town(marks), without_a_place)


def _entries(searched: Searched) -> Iterable[tuple[Section, int, Hit, ListingView]]:
    for block in searched.blocks:
        for entry in (*block.fits, *block.not_told):
            yield block.section, entry.number, entry.hit, entry.listing


def _marks(number: int, hit: Hit, listing: ListingView) -> list[Mark]:
    """The hit's own place; for a hit that stands for the whole service, every place that may be shown."""
    return [
        _mark(number, listing, place, about_miles(hit.distance_km) if hit.distance_km is not None else "")
        for place in listing.places
        if hit.location_id in {None, place.location_id}
    ]


def _mark(number: int | None, listing: ListingView, place: PlaceView, distance: str = "") -> Mark:
    return Mark(
        number, listing.id, listing.name, place.precision, place.point, _where(place), distance, place.town
    )


def _where(place: PlaceView) -> str:
    if place.precision == TOWN:
        return str(_("in %(town)s; ask for the address when you get in touch", town=place.town))
    return ", ".join(part for part in (place.town, place.postcode) if part)


def _middle(asked: Asked) -> Sequence[Point]:
    """With a square but nothing near it, the view begins where the search did."""
    return (asked.area.square.centre,) if asked.area and asked.area.square else ()


def _of_country() -> Shown:
    """Every place that may be shown, without numbers. Made once for each version and language."""
    with current_app.extensions["database"].reading() as session:
        version, index = current_app.extensions["index"].get(session)

        def make() -> Shown:
            spots = index.spots()
            kept = spots[:PLACES_MAX]
            listings = get_listings(session, {listing_id for listing_id, _spot in kept})
            wanted = {spot.location_id for _listing_id, spot in kept}
            marks = [
                _mark(None, listing, place)
                for listing in sorted(listings.values(), key=lambda each: (each.name.casefold(), each.id))
                for place in listing.places
                if place.location_id in wanted
            ]
            return Shown(
                services_geojson(marks),
                _by_town(marks),
                _any_town(marks),
                some_without_a_place=False,
                more_unshown=len(spots) > len(kept),
            )

        return _countries.get(version, page_language(), make)


def _by_town(marks: Iterable[Mark]) -> tuple[Town, ...]:
    towns: dict[str, list[Line]] = defaultdict(list)
    for mark in marks:
        towns[mark.town or _("Other places")].append(_line(mark))
    return tuple(Town(name, tuple(lines)) for name, lines in sorted(towns.items(), key=lambda each: each[0]))


def _line(mark: Mark) -> Line:
    words = ", ".join(part for part in (mark.where, mark.distance) if part)
    return Line(mark.number, mark.name, _address(mark.listing_id), words)


def _any_town(marks: Iterable[Mark]) -> bool:
    return any(mark.precision == TOWN for mark in marks)


def _address(listing_id: int) -> str:
    return SERVICE_URL.format(id=listing_id)
