"""An area beside others: tables first, then the same on a map; and as files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from directory.documents.comparison import comparison_table
from directory.documents.table import Source, Table
from directory.errors import RuleBroken
from directory.maps.choropleth import build_choropleth
from directory.maps.ground import GroundAssets
from directory.matrix.areas import MatrixArea
from directory.matrix.compare import Beside, Compared, compared, set_beside
from directory.matrix.rates import RankRange, rank_ranges
from directory.matrix.types import State
from directory.queries.current_matrix import MatrixWorld
from directory.queries.snapshots import SnapshotView
from directory.web.assets import asset
from directory.web.downloads import csv_answer, xlsx_answer
from directory.web.matrix_files import Shown, address_again, file_name, shown_today, sources
from directory.web.matrix_pages import pages_of
from directory.web.matrix_states import line
from directory.web.matrix_world import area_named, matrix_world
from directory.web.measures import WORDS, Measure, shading
from directory.web.permanent import permanent_address

bp = Blueprint("compare", __name__)

BESIDE: Mapping[Beside, LazyString] = {
    Beside.NEIGHBOURS: _l("The ten nearest authorities"),
    Beside.REGION: _l("Its region"),
    Beside.FORCE: _l("Its police force area"),
    Beside.NATION: _l("Its nation"),
    Beside.WITHIN: _l("The authorities in it"),
}


IN_A_SNAPSHOT = {"areas": "kept.compare", "areas_csv": "kept.compare_csv", "areas_xlsx": "kept.compare_xlsx"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was asked for: an area, what it is set beside, and the authorities, its own first.

    among: what they are together, in words. for_children, for_adults: ranks of the rates.
    """

    area: MatrixArea
    beside: Beside
    among: str
    rows: tuple[Compared, ...]
    for_children: Mapping[str, RankRange]
    for_adults: Mapping[str, RankRange]

    @property
    def own(self) -> str:
        """The code of the authority that is compared; '' for a wider area."""
        return "" if self.area.is_wide else self.area.members[0]


@bp.get("/matrix/<area_code>/compare")
def areas(area_code: str) -> str:
    """The tables, and the map in its frame."""
    world = matrix_world()
    found = compare(world, area_named(world, area_code))
    permanent = permanent_address(world, found.area, "compare", **asked_again(found, read_measure()))
    return compare_page(found, world.rules.today, permanent)


def compare_page(found: Comparison, day: date, permanent: str, kept: SnapshotView | None = None) -> str:
    """The page, of today or of a snapshot, which has no map: its table holds the same."""
    measure = read_measure()

    def address(endpoint: str, **asked: str) -> str:
        return _address(endpoint, found.area, kept, **asked)

    return render_template(
        "compare/areas.html",
        comparison=found,
        beside=BESIDE,
        choices=[one for one in Beside if (one is Beside.WITHIN) == found.area.is_wide],
        states=[(state, line(state)) for state in State],
        measures=list(Measure),
        measure_words=WORDS,
        map_url="" if kept else url_of("compare.drawn", found, measure),
        shading=shading(found.rows, measure),
        nav=pages_of(found.area, permanent),
        today=day,
        kept=kept,
        address=address,
    )


def _address(endpoint: str, area: MatrixArea, kept: SnapshotView | None, **asked: Any) -> str:
    """The address of a page or file of this comparison. endpoint: 'areas', 'areas_csv' or 'areas_xlsx'."""
    if kept is None:
        return url_for(f"compare.{endpoint}", area_code=area.code, **asked)
    return url_for(IN_A_SNAPSHOT[endpoint], number=kept.id, area_code=area.code, **asked)


@bp.get("/matrix/<area_code>/compare.csv")
def areas_csv(area_code: str) -> Response:
    """The comparison as CSV."""
    return compare_csv(shown_today(), area_code)


@bp.get("/matrix/<area_code>/compare.xlsx")
def areas_xlsx(area_code: str) -> Response:
    """The comparison as a workbook."""
    return compare_xlsx(shown_today(), area_code)


def compare_csv(shown: Shown, area_code: str) -> Response:
    """The comparison of a world's areas, of today or of a snapshot. Raises NotFound or RuleBroken."""
    found = compare(shown.world, area_named(shown.world, area_code))
    return csv_answer(_table(found, shown), file_name(shown, found.area, "comparison"))


def compare_xlsx(shown: Shown, area_code: str) -> Response:
    """The same as a workbook. Raises likewise."""
    found = compare(shown.world, area_named(shown.world, area_code))
    how = Source(
        "Intervals and ranks",
        "Every service is counted, none is a sample. The interval (95 %, Poisson: exact below ten services, Byar’s "
        "approximation above) is what chance alone could do to so few. States are counts of all half cells and "
        "have no interval and no rank.",
        shown.world.rules.today.isoformat(),
    )
    return xlsx_answer(
        [_table(found, shown)],
        (*sources(shown, found.area, "compare", **{"with": found.beside.value}), how),
        shown.world.rules.today,
        file_name(shown, found.area, "comparison"),
    )


@bp.get("/matrix/<area_code>/compare/map")
def drawn(area_code: str) -> Response:
    """The map: in the frame of the comparison, or as a page of its own."""
    world = matrix_world()
    found = compare(world, area_named(world, area_code))
    measure = read_measure()
    shades = shading(found.rows, measure)
    assets = GroundAssets(
        leaflet_js=asset("leaflet.js"),
        leaflet_css=asset("leaflet.css"),
        map_js=asset("choropleth.js"),
        map_css=asset("map.css"),
        boundaries=asset("boundaries.geojson"),
    )
    in_frame = request.headers.get("Sec-Fetch-Dest") == "iframe"
    response = make_response(
        render_template(
            "compare/map_frame.html" if in_frame else "compare/map_page.html",
            ground=build_choropleth(assets, shades.on_the_map(found.own)),
            comparison=found,
            shading=shades,
            tables_url=url_of("compare.areas", found, measure),
        )
    )
    response.vary.add("Sec-Fetch-Dest")
    return response


def compare(world: MatrixWorld, area: MatrixArea) -> Comparison:
    """What the address asks for. Raises RuleBroken for what cannot be compared."""
    beside = _beside(request.args.get("with", ""), area)
    group_of = {code: cell.group for code, cell in world.types.items()}
    distances = set_beside(area, world.areas, beside)
    rows = tuple(
        compared(
            world.areas.authorities[code],
            world.areas.nation_of(code),
            distance_km,
            world.states.counts([code]),
            world.services,
            group_of,
        )
        for code, distance_km in distances.items()
    )
    return Comparison(
        area,
        beside,
        _among(world, area, beside),
        rows,
        rank_ranges({one.code: one.children for one in rows if one.children}),
        rank_ranges({one.code: one.adults for one in rows if one.adults}),
    )


def _among(world: MatrixWorld, area: MatrixArea, beside: Beside) -> str:
    """'Its region: East of England'; an area of several authorities is called by its own name."""
    if beside is Beside.WITHIN:
        return area.name
    own = world.areas.authorities[area.members[0]]
    names = {
        Beside.REGION: own.region_name,
        Beside.FORCE: own.police_force_area,
        Beside.NATION: own.nation,
    }
    words = str(BESIDE[beside])
    return _("%(what)s: %(name)s", what=words, name=names[beside]) if beside in names else words


def url_of(endpoint: str, found: Comparison, measure: Measure | None = None) -> str:
    """The address of the same comparison on another page."""
    asked: dict[str, Any] = asked_again(found, measure)
    return url_for(endpoint, area_code=found.area.code, **asked)


def asked_again(found: Comparison, measure: Measure | None) -> dict[str, str]:
    """The query that asks for the same comparison."""
    asked = {"with": found.beside.value}
    return asked if measure is None else asked | {"measure": measure.value}


def read_measure() -> Measure:
    """What the map shows. Raises RuleBroken."""
    value = request.args.get("measure", "") or Measure.AVAILABLE.value
    try:
        return Measure(value)
    except ValueError:
        raise RuleBroken("measure", "This address asks for a figure that the map does not show.") from None


def _beside(value: str, area: MatrixArea) -> Beside:
    usual = Beside.WITHIN if area.is_wide else Beside.NEIGHBOURS
    try:
        beside = Beside(value or usual)
    except ValueError:
        raise RuleBroken(
            "with",
            "This address asks for a comparison that we do not make. Compare with neighbours, region, force or nation.",
        ) from None
    if area.is_wide and beside is not Beside.WITHIN:
        raise RuleBroken(
            "with",
            "An area of several authorities has no state of its own. Its authorities are compared with each other.",
        )
    if not area.is_wide and beside is Beside.WITHIN:
        raise RuleBroken(
            "with", "This area is one authority. Compare it with neighbours, region, force or nation."
        )
    return beside


def _table(found: Comparison, shown: Shown) -> Table:
    words = {state: shown.labels.term("matrix_state", state) for state in State}
    return comparison_table(
        found.rows,
        words,
        (found.for_children, found.for_adults),
        as_at=shown.world.rules.today,
        address=address_again(shown, found.area, "compare", **{"with": found.beside.value}),
    )
