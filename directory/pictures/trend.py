"""A trend: an area's yearly figures beside the country's. A year that is not told leaves a gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10

from markupsafe import Markup

from directory.pictures.svg import element, joined, picture, points, text

WIDTH, HEIGHT = 320, 244
LEFT, RIGHT, TOP, BOTTOM = 40, 300, 64, 216
LEAST_TOP = 1.0
"""No scale ends below it: a rate of less than one in 10,000 children is drawn as next to nothing."""
Values = Sequence[tuple[int, float | None]]


@dataclass(frozen=True, slots=True)
class TrendWords:
    """Every word of the picture, in the page's language.

    title: the finding in one sentence. description: unit, source and date, and which years are missing.
    own, other: names of the two lines; other '' where there is one line only.
    """

    title: str
    description: str
    own: str
    other: str


def trend(words: TrendWords, own: Values, other: Values = ()) -> Markup:
    """The picture. own, other: (year, value); None is a gap. Years rise by one; there are at least two."""
    top = _round_top(max((value for _year, value in (*own, *other) if value is not None), default=1.0))
    years = [year for year, _value in own]
    frame = _Frame(years[0], years[-1], top)
    pieces = [*_scale(frame)]
    if words.other:
        pieces += _line(frame, other, "other")
    pieces += _line(frame, own, "own")
    pieces += _key(words)
    return picture(
        WIDTH,
        HEIGHT,
        identifier="trend",
        title=words.title,
        description=words.description,
        class_="picture trend",
        content=joined(pieces),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    first: int
    last: int
    top: float

    def x(self, year: int) -> float:
        return LEFT + (RIGHT - LEFT) * (year - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * value / self.top


def _round_top(highest: float) -> float:
    """The next of 1, 2, 4, 5, 6, 8, 10 × a power of ten: half of it is a round number too."""
    if highest < LEAST_TOP:
        return LEAST_TOP
    power: float = 10.0 ** floor(log10(highest))
    return next(step * power for step in (1, 2, 4, 5, 6, 8, 10) if step * power >= highest)


def _scale(frame: _Frame) -> Iterator[Markup]:
    for value in (0.0, frame.top / 2, frame.top):
        y = frame.y(value)
        yield element("line", x1=LEFT, y1=y, x2=RIGHT, y2=y, class_="trend__grid")
        yield text(LEFT - 6, y + 4, f"{value:g}", "trend__label", "end")
    for year in range(frame.last, frame.first - 1, -2):
        yield text(frame.x(year), BOTTOM + 20, str(year), "trend__label", "middle")


def _line(frame: _Frame, values: Values, name: str) -> Iterator[Markup]:
    """Its unbroken stretches, and a mark for each value: a value between two gaps has its mark alone."""
    stretch: list[tuple[float, float]] = []
    for year, value in (*values, (frame.last + 1, None)):
        if value is not None:
            stretch.append((frame.x(year), frame.y(value)))
        elif stretch:
            yield element("polyline", points=points(stretch), class_=f"trend__line trend__line--{name}")
            yield from (_mark(x, y, name) for x, y in stretch)
            stretch = []


def _mark(x: float, y: float, name: str) -> Markup:
    """A dot for the area, a square for the country: told apart without colour."""
    if name == "own":
        return element("circle", cx=x, cy=y, r=4.5, class_="trend__mark trend__mark--own")
    return element("rect", x=x - 3.5, y=y - 3.5, width=7, height=7, class_="trend__mark trend__mark--other")


def _key(words: TrendWords) -> Iterator[Markup]:
    yield _mark(10, 16, "own")
    yield text(22, 21, words.own, "trend__label")
    if words.other:
        yield _mark(10, 40, "other")
        yield text(22, 45, words.other, "trend__label")
