"""What is asked for a family: where, and filters for everyone or for one; the people stand in no address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from flask import current_app, url_for

from directory.errors import RuleBroken
from directory.geo.types import SearchArea
from directory.search.family import PEOPLE_MAX, Person
from directory.search.types import Facet
from directory.web.asked import Asked
from directory.web.facets import FILTERS, Filter, read_codes, write_codes

EVERYONE = 0
# A person's groups and age are what they are; everything else can be narrowed.
FAMILY_FILTERS: tuple[Filter, ...] = tuple(
    each for each in FILTERS if each.facet not in {Facet.GROUP, Facet.AGE}
)
_ALLOWED = frozenset(each.facet for each in FAMILY_FILTERS)

Chosen = Mapping[Facet, frozenset[str]]


@dataclass(frozen=True, slots=True)
class FamilyAsked:
    """filters: whom they are for (EVERYONE or a person's number) → choices. editing: whose the form shows."""

    area: SearchArea | None = None
    filters: Mapping[int, Chosen] = field(default_factory=dict)
    editing: int = EVERYONE

    def asked_for(self, number: int, person: Person) -> Asked:
        """The one person's search. A filter of their own takes the place of the same one for everyone."""
        own, all_of_them = self.filters.get(number, {}), self.filters.get(EVERYONE, {})
        return Asked(self.area, {**all_of_them, **own, **person.chosen})

    def args(self) -> dict[str, str]:
        """The query of the address: a place's code and codes of filters, nothing to read."""
        parts = {"at": self.area.code if self.area else ""}
        parts |= {_name(whose): write_codes(chosen) for whose, chosen in sorted(self.filters.items())}
        parts["who"] = str(self.editing) if self.editing else ""
        return {name: value for name, value in parts.items() if value}

    def url(self, endpoint: str = "family.results") -> str:
        """The address of this family's answer, or of another page that takes the same query."""
        return f"{url_for(endpoint)}?{urlencode(self.args())}".rstrip("?")

    def with_filters(self, whose: int, chosen: Chosen) -> FamilyAsked:
        """The same with one person's filters, or everyone's, chosen anew."""
        return replace(self, filters={**self.filters, whose: chosen}, editing=EVERYONE)

    def without(self, whose: int, facet: Facet, value: str) -> FamilyAsked:
        """The same with one choice dropped."""
        chosen = dict(self.filters.get(whose, {}))
        chosen[facet] = chosen.get(facet, frozenset()) - {value}
        return self.with_filters(whose, {key: values for key, values in chosen.items() if values})


def read_family_asked(args: Mapping[str, str]) -> FamilyAsked:
    """What an address, or the hidden fields of a form, ask. Raises RuleBroken naming the part that is wrong."""
    filters = {}
    for whose in range(PEOPLE_MAX + 1):
        codes = read_codes(args.get(_name(whose), ""))
        if chosen := {facet: values for facet, values in codes.items() if facet in _ALLOWED}:
            filters[whose] = chosen
    return FamilyAsked(area_in(args.get("at", "")), filters, whose_in(args.get("who", "")))


def area_in(code: str) -> SearchArea | None:
    """The area behind a code; None for no code. Raises RuleBroken('at')."""
    if not code:
        return None
    area = SearchArea.from_code(code)
    current_app.extensions["locator"].check(area)
    return area


def whose_in(text: str) -> int:
    """'' or '0' → EVERYONE, '2' → the second person. Raises RuleBroken('who')."""
    if not text:
        return EVERYONE
    if len(text) > 1 or text not in "012345678":
        raise RuleBroken("who", "This address asks for a person who is not on the list.")
    return int(text)


def _name(whose: int) -> str:
    return f"f{whose}" if whose else "f"
