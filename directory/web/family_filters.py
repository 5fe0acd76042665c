"""Filters on a family's page: for everyone, or for one person; and those in force, each with its way off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from directory.web.facets import values
from directory.web.family_asked import EVERYONE, FAMILY_FILTERS, FamilyAsked
from directory.web.parts import ChosenFilter, FilterGroup, FilterOption

if TYPE_CHECKING:
    from directory.web.family_answers import FamilyAnswer


@dataclass(frozen=True, slots=True)
class FamilyNarrowing:
    """The form. whose: (number, who, is chosen) for everyone and each person. chosen: in force for everyone."""

    whose: tuple[tuple[int, str, bool], ...]
    groups: tuple[FilterGroup, ...]
    chosen: tuple[ChosenFilter, ...]
    hidden: tuple[tuple[str, str], ...]


def family_filters(asked: FamilyAsked, answer: FamilyAnswer) -> FamilyNarrowing:
    """What the page shows of the filters. A choice that no service is known to have is not offered."""
    ticked = asked.filters.get(asked.editing, {})
    groups = []
    for each in FAMILY_FILTERS:
        held = ticked.get(each.facet, frozenset())
        options = tuple(
            FilterOption(value, _(term.plain or term.label), None, value in held)
            for value, term in values(each.facet).items()
            if value in held or any(one.counts.get(each.facet, {}).get(value, 0) for one in answer.results)
        )
        if options:
            groups.append(FilterGroup(each.field, str(each.legend), options))
    whose = [(EVERYONE, _("Everyone"), asked.editing == EVERYONE)]
    whose += [
        (part.person.number, part.person.name, asked.editing == part.person.number) for part in answer.parts
    ]
    hidden = tuple((name, value) for name, value in asked.args().items() if name != "who")
    return FamilyNarrowing(tuple(whose), tuple(groups), own_filters(asked, EVERYONE), hidden)


def own_filters(asked: FamilyAsked, whose: int) -> tuple[ChosenFilter, ...]:
    """The filters that hold for one person alone, or for everyone; each with the address without it."""
    chosen = asked.filters.get(whose, {})
    return tuple(
        ChosenFilter(_(term.plain or term.label), asked.without(whose, each.facet, value).url())
        for each in FAMILY_FILTERS
        for value, term in values(each.facet).items()
        if value in chosen.get(each.facet, ())
    )
