"""Authorities shaded by the class of one figure, on the same ground as the finder's map.

The shades are patterns as well as colours, and each area carries the number of its class,
so that nobody needs to tell colours apart. Names and words stay data all the way: the
script that draws them writes text nodes only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from directory.maps.ground import Ground, GroundAssets, drawn_page


@dataclass(frozen=True, slots=True)
class Shade:
    """An authority on the map.

    number: of its class, from 1; None where its figure is not known. words: what a click on it says.
    is_here: whether the comparison is about it, so that its edge is set off.
    """

    code: str
    name: str
    number: int | None
    words: str
    is_here: bool = False


def build_choropleth(assets: GroundAssets, shades: Sequence[Shade]) -> Ground:
    """The page. assets.map_js: the module that draws shades, choropleth.js."""
    areas = {
        one.code: {"name": one.name, "number": one.number, "words": one.words, "isHere": one.is_here}
        for one in shades
    }
    return drawn_page(assets, {"boundaries": assets.boundaries, "areas": areas})
