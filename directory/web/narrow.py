"""The filters beside the results: what is ticked, what each would leave, the ways out of a dead end."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask_babel import gettext as _

from directory.search.types import Facet, Results
from directory.web.asked import Asked
from directory.web.facets import FILTERS, values
from directory.web.parts import ChosenFilter, FilterGroup, FilterOption

# These show every choice, so that 'none known' can be seen; of the others only what somebody has told us.
ALWAYS_WHOLE = frozenset({Facet.GROUP, Facet.KIND})


@dataclass(frozen=True, slots=True)
class WayOut:
    """Drop `label`, and `more` more services are found at `url`."""

    label: str
    more: int
    url: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """All filters; those in force; and, for a page with nothing certain on it, what to drop for how many more."""

    groups: tuple[FilterGroup, ...]
    chosen: tuple[ChosenFilter, ...]
    ways_out: tuple[WayOut, ...]


def narrowing(asked: Asked, results: Results) -> Narrowing:
    """What the results page shows of the filters."""
    groups: list[FilterGroup] = []
    chosen: list[ChosenFilter] = []
    for each in FILTERS:
        ticked = asked.chosen.get(each.facet, frozenset())
        counts = results.counts.get(each.facet, {})
        options = tuple(
            FilterOption(value, _(term.plain or term.label), counts.get(value, 0), value in ticked)
            for value, term in values(each.facet).items()
            if counts.get(value, 0) or value in ticked or each.facet in ALWAYS_WHOLE
        )
        if options:
            groups.append(FilterGroup(each.field, str(each.legend), options))
        chosen.extend(
            ChosenFilter(option.label, asked.without(each.facet, option.value).url())
            for option in options
            if option.chosen
        )
    return Narrowing(tuple(groups), tuple(chosen), _ways_out(asked, results))


def _ways_out(asked: Asked, results: Results) -> tuple[WayOut, ...]:
    """Most promising first; a filter that hides nothing is not offered."""
    ways = [
        WayOut(str(each.legend), more, asked.without(each.facet).url())
        for each in FILTERS
        if each.facet in asked.chosen
        and (more := results.without.get(each.facet, results.total) - results.total) > 0
    ]
    if asked.text and (more := results.total_without_text - results.total) > 0:
        ways.append(WayOut(_("The words you typed"), more, replace(asked.only(None), text="").url()))
    return tuple(sorted(ways, key=lambda way: (-way.more, way.label)))
