"""The folium page: what is the same for every search. Built once per version of the listings.

folium writes Leaflet's map, its options and (if asked for) the tiles. Its links to
other hosts, its style blocks and its jQuery, Bootstrap and icon fonts are left
out: every address comes from the caller, who serves the files itself. The
services themselves never pass through folium; see services.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from directory.maps.safe_text import safe_json, safe_text
from directory.maps.tiles import tiles_credit

# The middle of England and Wales, and a view of all of it, until the services are drawn.
_MIDDLE = (52.6, -1.9)
_ZOOM_WHOLE = 6
_ZOOM_LEAST = 5
# Deeper than this the boundaries alone show nothing to find one's way by.
_ZOOM_MOST = 15


@dataclass(frozen=True, slots=True)
class GroundAssets:
    """Addresses of our own built files."""

    leaflet_js: str
    leaflet_css: str
    map_js: str
    map_css: str
    boundaries: str


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A town's name, to find one's way by. Degrees, WGS84."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Ground:
    """The page in three pieces, for the template to put a nonce to.

    head: links to style sheets and Leaflet's script file; no inline script or style.
    body: the element that becomes the map.
    script: the body of one inline module script; it needs the answer's nonce.
    """

    head: str
    body: str
    script: str


class _Page(folium.Map):
    """folium's map without its style blocks and inline switches; our style sheet says the same."""

    default_js: list[tuple[str, str]] = []
    default_css: list[tuple[str, str]] = []

    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = L.map(
                {{ this.get_name()|tojson }},
                { center: {{ this.location|tojson }}, ...{{ this.options|tojavascript }} }
            );
        {% endmacro %}
        """
    )


class _Drawing(MacroElement):
    """Hands Leaflet's map to our own script, which draws boundaries and services on it."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            import { draw } from {{ this.module|tojson }};
            draw({{ this._parent.get_name() }}, {{ this.ground }});
        {% endmacro %}
        """
    )

    def __init__(self, module: str, ground: dict[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca is typed in part
        self._name = "Drawing"
        self.module = module
        # No mark of HTML and of templates is alive in it; our script writes the names as text nodes.
        self.ground = safe_json(ground)


def build_ground(assets: GroundAssets, place_names: Sequence[PlaceName] = (), tiles_url: str = "") -> Ground:
    """The page.

    place_names: written on the ground in this order while there is room; left out
      where tiles bring names of their own.
    tiles_url: as in the settings; '' draws on the boundaries alone.
    """
    names = [] if tiles_url else [[each.name, each.latitude, each.longitude] for each in place_names]
    return drawn_page(assets, {"boundaries": assets.boundaries, "placeNames": names}, tiles_url)


def drawn_page(assets: GroundAssets, ground: dict[str, object], tiles_url: str = "") -> Ground:
    """A page whose script hands `ground` to the `draw` of the assets' own module."""
    page = _Page(
        location=_MIDDLE,
        zoom_start=_ZOOM_WHOLE,
        min_zoom=_ZOOM_LEAST,
        max_zoom=_ZOOM_MOST,
        tiles=None,
        # Buttons, credits and keys are in our own page, where they can be translated.
        zoom_control=False,
        attribution_control=False,
        keyboard=False,
        # The wheel scrolls the page that the map stands in.
        scroll_wheel_zoom=False,
        # Nothing moves by itself.
        zoom_animation=False,
        fade_animation=False,
        marker_zoom_animation=False,
        inertia=False,
        # Tiles blur between whole zooms; boundaries do not.
        zoom_snap=1 if tiles_url else 0.25,
    )
    # min_zoom and max_zoom are arguments of folium's own, used for its tiles only.
    page.options |= {"min_zoom": _ZOOM_LEAST, "max_zoom": _ZOOM_MOST}
    # A fixed name: the same page gives the same bytes.
    page._id = "places"
    page.default_js = [("leaflet", assets.leaflet_js)]
    page.default_css = [("leaflet_css", assets.leaflet_css), ("map_css", assets.map_css)]
    if tiles_url:
        tiles = folium.TileLayer(
            tiles=tiles_url, attr=safe_text(tiles_credit(tiles_url)), max_zoom=_ZOOM_MOST
        )
        tiles._id = "ground"
        tiles.add_to(page)
    _Drawing(assets.map_js, ground).add_to(page)
    figure = page.get_root()
    assert isinstance(figure, Figure)  # noqa: S101  # folium.Map makes its own.
    # folium names the character set itself; our template already does.
    figure.header._children.pop("meta_http", None)
    figure.render()
    return Ground(
        head=figure.header.render().strip(),
        body=figure.html.render().strip(),
        script=figure.script.render().strip(),
    )
