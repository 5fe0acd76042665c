"""What results can be narrowed by: each facet's form field, its heading and its values."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from directory.errors import RuleBroken
from directory.reference.terms import Term, terms
from directory.search.types import Facet


@dataclass(frozen=True, slots=True)
class Filter:
    """One facet on the page. `taxonomy` names its values in data/terms.csv; '' means a plain 'yes'."""

    facet: Facet
    field: str
    legend: str | LazyString
    taxonomy: str
    yes: str | LazyString = ""


FILTERS = (
    Filter(Facet.GROUP, "group", _l("Who needs support"), "group_shown"),
    Filter(Facet.KIND, "kind", _l("Kind of support"), "kind"),
    Filter(Facet.MODE, "mode", _l("In person or from a distance"), "mode"),
    Filter(Facet.AGE, "age", _l("Age of the person"), "age"),
    Filter(Facet.SELF_REFERRAL, "self_referral", _l("How to start"), "", _l("You can ask for help yourself")),
    Filter(Facet.OPEN_NOW, "open_now", _l("Open now"), "", _l("Open at this minute")),
    Filter(Facet.OUT_OF_HOURS, "out_of_hours", _l("Opening times"), "", _l("Evenings or weekends")),
    Filter(Facet.ACCEPTING, "accepting", _l("Taking new people"), "", _l("Accepting referrals")),
    Filter(Facet.WAITING, "waiting", _l("Waiting list"), "waiting"),
    Filter(
        Facet.WITHOUT_SPEAKING,
        "without_speaking",
        _l("Without speaking"),
        "",
        _l("Contact by text, chat, e-mail or form"),
    ),
    Filter(Facet.BSL, "bsl", _l("British Sign Language"), "", _l("Contact in British Sign Language")),
    Filter(Facet.LANGUAGE, "language", _l("Language"), "language"),
    Filter(Facet.ACCESS, "access", _l("Access needs"), "access"),
    Filter(Facet.FORM, "form", _l("Kind of abuse it names"), "form"),
    Filter(Facet.ADAPTED_FOR, "adapted_for", _l("Adapted for"), "specialism"),
    Filter(Facet.ONLY_FOR, "only_for", _l("Only for"), "specialism"),
    Filter(Facet.SECTOR, "sector", _l("Who runs it"), "sector"),
    Filter(Facet.ADVICE, "advice", _l("For professionals"), "", _l("Gives advice to professionals")),
)


@cache
def values(facet: Facet) -> Mapping[str, Term]:
    """The values a facet can take, by code, in the order to show them."""
    for each in FILTERS:
        if each.facet is facet:
            if each.taxonomy:
                return terms(each.taxonomy)
            return {"yes": Term("yes_no", "yes", str(each.yes), str(each.yes), "")}
    raise KeyError(facet)


def short_code(facet: Facet, value: str) -> str:
    """The code of a choice in an address: the facet's letter and a stable digest that tells nobody what it is."""
    digest = hashlib.blake2s(f"{facet.name}={value}".encode(), digest_size=2).hexdigest()
    return facet.value + digest


@cache
def choices_by_code() -> Mapping[str, tuple[Facet, str]]:
    """Every code that can stand in an address."""
    return {
        short_code(each.facet, value): (each.facet, value) for each in FILTERS for value in values(each.facet)
    }


def read_codes(codes: str) -> dict[Facet, frozenset[str]]:
    """'a1f20.b03aa' → the choices. Raises RuleBroken('f') for a code that is not one of ours."""
    chosen: dict[Facet, set[str]] = {}
    known = choices_by_code()
    for code in codes.split(".") if codes else ():
        if code not in known:
            raise RuleBroken("f", "A filter in this address is not one we know.")
        facet, value = known[code]
        chosen.setdefault(facet, set()).add(value)
    return {facet: frozenset(chosen_values) for facet, chosen_values in chosen.items()}


def write_codes(chosen: Mapping[Facet, frozenset[str]]) -> str:
    """The choices as codes, in the page's order, so that one search has one address."""
    return ".".join(
        short_code(each.facet, value)
        for each in FILTERS
        for value in values(each.facet)
        if value in chosen.get(each.facet, ())
    )
