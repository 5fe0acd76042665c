"""Who would usually pay or provide, in words: the Welsh bodies where a place is in Wales."""

from __future__ import annotations

from collections.abc import Collection

from directory.geo.areas import areas
from directory.reference.terms import terms
from directory.reference.welsh_leads import welsh_leads
from directory.web.words import term, translated

_WALES = "Wales"


def are_welsh(authorities: Collection[str]) -> bool:
    """Whether every one of some authorities is in Wales; not where there is none."""
    return bool(authorities) and all(areas()[code].nation == _WALES for code in authorities)


def lead_words(code: str, *, is_welsh: bool) -> str:
    """A code of the taxonomy `commissioner`: 'Integrated care board (NHS)', in Wales 'Local health board'."""
    here = welsh_leads().get(terms("commissioner")[code].note) if is_welsh else None
    if here is None:
        return term(code, "commissioner")
    words = translated(here.welsh)
    return words[:1].upper() + words[1:]
