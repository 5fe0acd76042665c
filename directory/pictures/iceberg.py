"""The iceberg: what was recorded, above the water, and what is estimated, below it. Areas are in proportion."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from markupsafe import Markup

from directory.pictures.svg import Point, element, joined, picture, points, text

WIDTH, HEIGHT = 320, 330
WATER = 128
MIDDLE = 160
# Around the middle of the water line, for the central estimate.
BODY: tuple[Point, ...] = (
    (-96, 0), (-110, 34), (-78, 92), (-30, 138), (22, 148), (72, 98), (112, 32), (98, 0),
)  # fmt: skip
TIP: tuple[Point, ...] = ((-0.5, 0), (-0.2, -0.42), (-0.04, -0.7), (0.16, -0.46), (0.5, 0))
# A larger tip would leave the picture; none recorded in any authority comes near.
TIP_SHARE_MAX = 0.35


@dataclass(frozen=True, slots=True)
class IcebergWords:
    """Every word of the picture, in the page's language.

    title: the finding in one sentence. description: how to read it, source and date.
    above, below: a short line each; below_range: the range, shorter still.
    """

    title: str
    description: str
    above: str
    above_label: str
    below: str
    below_label: str
    below_range: str


def iceberg(
    words: IcebergWords, *, low: float, central: float, high: float, recorded: float | None
) -> Markup:
    """The picture. low, central, high: people estimated, central above nought. recorded: None draws no tip."""
    shapes = [
        element("polygon", points=points(_body(sqrt(high / central))), class_="iceberg__range"),
        element("polygon", points=points(_body(1)), class_="iceberg__body"),
        element("polygon", points=points(_body(sqrt(low / central))), class_="iceberg__range iceberg__inner"),
        element("line", x1=0, y1=WATER, x2=WIDTH, y2=WATER, class_="iceberg__water"),
    ]
    if recorded:
        shapes.append(element("polygon", points=points(_tip(recorded / central)), class_="iceberg__tip"))
    labels = [
        text(8, 22, words.above, "iceberg__number"),
        text(8, 42, words.above_label, "iceberg__label"),
        text(MIDDLE, WATER + 44, words.below, "iceberg__number iceberg__inside", "middle"),
        text(MIDDLE, WATER + 64, words.below_label, "iceberg__label iceberg__inside", "middle"),
        text(MIDDLE, WATER + 84, words.below_range, "iceberg__label iceberg__inside", "middle"),
    ]
    return picture(
        WIDTH,
        HEIGHT,
        identifier="iceberg",
        title=words.title,
        description=words.description,
        class_="picture iceberg",
        content=joined([*shapes, *labels]),
    )


def _body(scale: float) -> list[Point]:
    return [(MIDDLE + x * scale, WATER + y * scale) for x, y in BODY]


def _tip(share: float) -> list[Point]:
    """The tip whose area is that share of the body's."""
    size = sqrt(min(share, TIP_SHARE_MAX) * _area(BODY) / _area(TIP))
    return [(MIDDLE + x * size, WATER + y * size) for x, y in TIP]


def _area(corners: tuple[Point, ...]) -> float:
    """By the shoelace formula."""
    pairs = zip(corners, corners[1:] + corners[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2
