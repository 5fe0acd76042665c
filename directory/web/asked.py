"""What somebody asked for, and the address that holds it without saying it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from flask import current_app, url_for

from directory.errors import RuleBroken
from directory.geo.types import SearchArea
from directory.search.types import Facet, Section
from directory.security.seal import Seal
from directory.web.facets import read_codes, write_codes

PAGE_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: where, narrowed by what, in which words; and the part of the answer to show.

    section: None shows the three sections one under the other; else one of them, by pages.
    """

    area: SearchArea | None = None
    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    text: str = ""
    section: Section | None = None
    page: int = 1

    def args(self) -> dict[str, str]:
        """The query of the address: short codes and sealed words, nothing to read."""
        parts = {
            "at": self.area.code if self.area else "",
            "f": write_codes(self.chosen),
            "t": _seal().close(self.text),
            "s": self.section.value if self.section else "",
            "p": str(self.page) if self.page > 1 else "",
        }
        return {name: value for name, value in parts.items() if value}

    def url(self, endpoint: str = "results.results") -> str:
        """The address of this search's answer, as a list or on another page that takes the same query."""
        return f"{url_for(endpoint)}?{urlencode(self.args())}".rstrip("?")

    def without(self, facet: Facet, value: str | None = None) -> Asked:
        """The same search with one choice, or a whole facet, dropped; from the first page."""
        left = {key: values for key, values in self.chosen.items() if key is not facet}
        if value is not None and (kept := self.chosen.get(facet, frozenset()) - {value}):
            left[facet] = kept
        return replace(self, chosen=left, section=None, page=1)

    def only(self, section: Section | None, page: int = 1) -> Asked:
        """The same search, showing one section's page."""
        return replace(self, section=section, page=page)


def read_asked(args: Mapping[str, str]) -> Asked:
    """The search in an address. Raises RuleBroken naming the part that cannot be read."""
    at = args.get("at", "")
    area = SearchArea.from_code(at) if at else None
    if area is not None:
        current_app.extensions["locator"].check(area)
    return Asked(
        area=area,
        chosen=read_codes(args.get("f", "")),
        text=_seal().open(args.get("t", "")),
        section=_section(args.get("s", "")),
        page=_page(args.get("p", "1")),
    )


def _section(value: str) -> Section | None:
    if not value:
        return None
    try:
        return Section(value)
    except ValueError as cause:
        raise RuleBroken("s", "This address asks for a part of the page that does not exist.") from cause


def _page(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and 1 <= len(value) <= 5 and 1 <= int(value) <= PAGE_MAX):
        raise RuleBroken("p", "This address asks for a page number that does not exist.")
    return int(value)


def _seal() -> Seal:
    seal: Seal = current_app.extensions["seal"]
    return seal
