"""The one figure that the map of a comparison shows: its classes, in words, in numbers and as shades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString, format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from directory.maps.choropleth import Shade
from directory.matrix.compare import Compared, classes
from directory.matrix.types import State


class Measure(StrEnum):
    """What the map may show; the first four are states, by their own codes."""

    AVAILABLE = "available"
    PARTLY = "partly"
    NOT_AVAILABLE = "not-available"
    NOT_KNOWN = "not-known"
    CHILDREN = "children"
    ADULTS = "adults"


WORDS: Mapping[Measure, LazyString] = {
    Measure.AVAILABLE: _l("Half cells that are available"),
    Measure.PARTLY: _l("Half cells that are partly available"),
    Measure.NOT_AVAILABLE: _l("Half cells that are not available"),
    Measure.NOT_KNOWN: _l("Half cells that are not known"),
    Measure.CHILDREN: _l("Services for each 10,000 people under 18"),
    Measure.ADULTS: _l("Services for each 10,000 adults"),
}
RATES = frozenset({Measure.CHILDREN, Measure.ADULTS})


@dataclass(frozen=True, slots=True)
class LegendLine:
    """A class: its number, from 1 for the lowest, its bounds in words, and how many authorities are in it."""

    number: int
    words: str
    authorities: int


@dataclass(frozen=True, slots=True)
class ShadedRow:
    """An authority: its figure in words, and the number of its class; None where the figure is not known."""

    code: str
    name: str
    figure: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Shading:
    """The map and the table that is equal to it."""

    measure: Measure
    words: str
    legend: tuple[LegendLine, ...]
    rows: tuple[ShadedRow, ...]
    has_unknown: bool

    def on_the_map(self, own: str) -> Sequence[Shade]:
        """The shades. own: the authority whose edge is set off."""
        return [
            Shade(
                row.code,
                row.name,
                row.number,
                _("%(figure)s. Class %(number)s", figure=row.figure, number=row.number)
                if row.number
                else row.figure,
                row.code == own,
            )
            for row in self.rows
        ]


def shading(rows: Sequence[Compared], measure: Measure) -> Shading:
    """The classes of one figure over the authorities of a comparison."""
    values = {row.code: value for row in rows if (value := _value(row, measure)) is not None}
    found = classes(values)
    number = {code: place for place, one in enumerate(found, 1) for code in one.members}
    return Shading(
        measure,
        str(WORDS[measure]),
        tuple(
            LegendLine(place, _bounds(one.low, one.high, measure), len(one.members))
            for place, one in enumerate(found, 1)
        ),
        tuple(ShadedRow(row.code, row.name, _figure(row, measure), number.get(row.code)) for row in rows),
        len(values) < len(rows),
    )


def _value(row: Compared, measure: Measure) -> float | None:
    if measure in RATES:
        rate = row.children if measure is Measure.CHILDREN else row.adults
        return None if rate is None else round(rate.value, 2)
    return row.counts[State(measure.value)]


def _figure(row: Compared, measure: Measure) -> str:
    value = _value(row, measure)
    if value is None:
        return str(_("Not known"))
    if measure in RATES:
        return str(format_decimal(value, "0.00"))
    return ngettext(
        "%(num)s of %(all)s half cells", "%(num)s of %(all)s half cells", int(value), all=row.halves
    )


def _bounds(low: float, high: float, measure: Measure) -> str:
    pattern = "0.00" if measure in RATES else "0"
    if low == high:
        return str(format_decimal(low, pattern))
    return _("%(low)s to %(high)s", low=format_decimal(low, pattern), high=format_decimal(high, pattern))
