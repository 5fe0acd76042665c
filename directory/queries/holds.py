"""What is taken down while it is checked: asked wherever anything of a listing leaves the database."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from directory.models.hold import Hold
from directory.models.service import Service
from directory.reference.same_way import (
    folded_page,
    folded_postcode,
    folded_way,
    folded_words,
    host_in_words,
    host_of,
    number_in_words,
    page_in_words,
    postcode_in_words,
)

IN_ITS_PLACE = "…"
"""What stands in a sentence where a held number or address stood."""

_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")


def is_held() -> ColumnElement[bool]:
    """Services that are held as a whole."""
    return Service.id.in_(
        select(Hold.service_id).where(Hold.what == "listing", Hold.lifted_at.is_(None)).scalar_subquery()
    )


@dataclass(frozen=True, slots=True)
class HeldValues:
    """Values that nobody is shown, folded so that another way of writing them is the same.

    ways: of contact routes. hosts: of websites, with everything on them. pages: single pages, which may stand on
    a host that others use too. postcodes; towns: of places without a postcode.
    """

    ways: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.ways or self.hosts or self.pages or self.postcodes or self.towns)

    def __or__(self, other: HeldValues) -> HeldValues:
        return HeldValues(
            self.ways | other.ways,
            self.hosts | other.hosts,
            self.pages | other.pages,
            self.postcodes | other.postcodes,
            self.towns | other.towns,
        )

    def hides_way(self, value: str) -> bool:
        """Whether a contact route of this value is held: itself, its website, or the place in it."""
        return bool(value) and (
            folded_way(value) in self.ways or self.hides_page(value) or self.cleaned(value) != value
        )

    def hides_page(self, address: str) -> bool:
        """Whether this web address is held."""
        host, page = host_of(address), folded_page(address)
        return bool(host) and (
            any(host == held or host.endswith("." + held) for held in self.hosts)
            or any(page == held or page.startswith(held + "/") for held in self.pages)
            or page in self.ways
        )

    def hides_place(self, postcode: str, town: str) -> bool:
        """Whether a place is held."""
        if postcode:
            return folded_postcode(postcode) in self.postcodes
        return folded_words(town) in self.towns

    def cleaned(self, text: str) -> str:
        """The text without any held number, address or postcode."""
        pattern = _pattern(self) if text and self else None
        return pattern.sub(IN_ITS_PLACE, text) if pattern else text


NOTHING_HELD = HeldValues()


@lru_cache(maxsize=1_000)
def _pattern(held: HeldValues) -> re.Pattern[str] | None:
    parts = [
        number_in_words(way) if way.isdecimal() else _words_pattern(way) for way in sorted(held.ways) if way
    ]
    parts += [host_in_words(host) for host in sorted(held.hosts)]
    parts += [page_in_words(page) for page in sorted(held.pages)]
    parts += [postcode_in_words(code) for code in sorted(held.postcodes)]
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _words_pattern(way: str) -> str:
    if "@" not in way and "/" in way:
        return page_in_words(way)
    words = r"\s+".join(re.escape(word) for word in way.split())
    return rf"(?<![\w.-]){words}(?![\w-])"


@dataclass(frozen=True, slots=True)
class Holds:
    """Everything that is held now: by organisation, and whatever stands where."""

    of_organisation: dict[int, HeldValues]
    everywhere: HeldValues

    @property
    def of_anybody(self) -> HeldValues:
        """All of it: for words that are nobody's listing, and may name any."""
        return _together(self.of_organisation.values())

    def of(self, organisation_id: int) -> HeldValues:
        """What is held in the listings of an organisation. A number that is wrong in one is wrong in all of them."""
        return self.of_organisation.get(organisation_id, NOTHING_HELD) | self.everywhere


def current_holds(session: Session) -> Holds:
    """What is held at this moment. One query, of a table that is nearly always empty."""
    query = (
        select(Service.organisation_id, Hold.what, Hold.value, Hold.is_everywhere)
        .join(Service, Service.id == Hold.service_id)
        .where(Hold.lifted_at.is_(None), Hold.what != "listing")
    )
    own: dict[int, list[HeldValues]] = defaultdict(list)
    everywhere: list[HeldValues] = []
    for organisation_id, what, value, is_everywhere in session.execute(query):
        own[organisation_id].append(_values(what, value))
        if is_everywhere:
            everywhere.append(_values(what, value, is_everywhere=True))
    return Holds({number: _together(those) for number, those in own.items()}, _together(everywhere))


def holds_of_services(session: Session, ids: Iterable[int]) -> dict[int, HeldValues]:
    """Service → what is held of it; only those of which something is."""
    holds = current_holds(session)
    if not holds.of_organisation:
        return {}
    query = select(Service.id, Service.organisation_id).where(Service.id.in_(tuple(ids)))
    found = {number: holds.of(organisation_id) for number, organisation_id in session.execute(query)}
    return {number: held for number, held in found.items() if held}


def held_everywhere(session: Session) -> HeldValues:
    """What is held in every listing and help line."""
    query = select(Hold.what, Hold.value).where(Hold.lifted_at.is_(None), Hold.is_everywhere.is_(True))
    return _together(_values(what, value, is_everywhere=True) for what, value in session.execute(query))


def ever_held_by(session: Session, organisation_id: int) -> HeldValues:
    """What was held of an organisation or everywhere at any time, whether or not it is shown again."""
    query = (
        select(Hold.what, Hold.value, Hold.is_everywhere, Service.organisation_id)
        .join(Service, Service.id == Hold.service_id)
        .where(
            or_(Service.organisation_id == organisation_id, Hold.is_everywhere.is_(True)),
            Hold.what != "listing",
        )
    )
    return _together(
        _values(what, value, is_everywhere=is_everywhere and whose != organisation_id)
        for what, value, is_everywhere, whose in session.execute(query)
    )


def _values(what: str, value: str, *, is_everywhere: bool = False) -> HeldValues:
    if what == "route":
        return HeldValues(ways=frozenset({folded_way(value)}))
    if what == "website":
        if is_everywhere or not host_of(value):
            return HeldValues(pages=frozenset({folded_page(value) or folded_words(value)}))
        return HeldValues(hosts=frozenset({host_of(value)}))
    code = folded_postcode(value)
    if _POSTCODE.fullmatch(code):
        return HeldValues(postcodes=frozenset({code}))
    return HeldValues(towns=frozenset({folded_words(value)}))


def _together(those: Iterable[HeldValues]) -> HeldValues:
    found = NOTHING_HELD
    for one in those:
        found = found | one
    return found
