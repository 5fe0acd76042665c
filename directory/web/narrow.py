"""The filters beside the results: what is ticked, what each choice would leave, and the way out of a dead end."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString
from flask_babel import gettext as _

from directory.search.types import Facet, Results
from directory.web.asked import Asked
from directory.web.facets import FILTERS, values

# The filters most people decide by stand open; the others are folded until one is ticked.
OPEN_FROM_THE_START = frozenset({Facet.GROUP, Facet.KIND})


@dataclass(frozen=True, slots=True)
class Choice:
    """One box: `count` services have it while every other filter holds."""

    value: str
    label: str
    count: int
    ticked: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """One filter with its boxes."""

    field: str
    legend: str | LazyString
    choices: tuple[Choice, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: drop `label`, and `more` more services are found."""

    label: str
    more: int
    href: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """All filters, how many are on, each ticked choice with the address without it, and the ways out."""

    filters: tuple[Filters, ...]
    ticked: int
    dropped: tuple[Way, ...]
    ways_out: tuple[Way, ...]


def narrowing(asked: Asked, results: Results) -> Narrowing:
    """What the results page shows of the filters."""
    filters = []
    dropped = []
    ways_out = []
    for each in FILTERS:
        ticked = asked.chosen.get(each.facet, frozenset())
        counts = results.counts.get(each.facet, {})
        choices = tuple(
            Choice(value, _(term.plain or term.label), counts.get(value, 0), value in ticked)
            for value, term in values(each.facet).items()
            # A choice nobody has told us of helps nobody; one that is ticked must stay visible.
            if counts.get(value, 0) or value in ticked or each.facet in OPEN_FROM_THE_START
        )
        if choices:
            filters.append(
                Filters(each.field, each.legend, choices, bool(ticked) or each.facet in OPEN_FROM_THE_START)
            )
        for choice in choices:
            if choice.ticked:
                dropped.append(Way(choice.label, 0, _address(asked.without(each.facet, choice.value))))
        more = results.without.get(each.facet, results.total) - results.total
        if ticked and more > 0:
            ways_out.append(Way(str(each.legend), more, _address(asked.without(each.facet))))
    return Narrowing(
        tuple(filters),
        sum(len(chosen) for chosen in asked.chosen.values()),
        tuple(dropped),
        tuple(sorted(ways_out, key=lambda way: -way.more)),
    )


def _address(asked: Asked) -> str:
    return url_for("results.results", **asked.args())
