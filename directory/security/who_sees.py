"""Which facts anyone may see, and which only commissioners. Every kind of fact is listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum

from flask import current_app, g


class Fact(StrEnum):
    """The kinds of facts that the matrix, the gaps and the pages of need hold."""

    STATE = "state"
    LISTING = "listing"
    NEED_RANGE = "need-range"
    GAP = "gap"
    IDENTIFICATION = "identification"
    PLACES = "places"
    UPPER_BOUND_OF_NEED = "upper-bound-of-need"
    EFFECTIVENESS = "effectiveness"
    FUNDING_DATE = "funding-date"
    DISPUTE = "dispute"
    WEIGHT = "weight"
    ASSESSOR = "assessor"
    NOTE = "note"


WHO_SEES: Mapping[str, str] = {
    Fact.STATE: "anyone",
    Fact.LISTING: "anyone",
    Fact.NEED_RANGE: "anyone",
    Fact.GAP: "anyone",
    Fact.IDENTIFICATION: "anyone",
    Fact.PLACES: "anyone",
    Fact.UPPER_BOUND_OF_NEED: "commissioner",
    Fact.EFFECTIVENESS: "commissioner",
    Fact.FUNDING_DATE: "commissioner",
    Fact.DISPUTE: "commissioner",
    Fact.WEIGHT: "commissioner",
    Fact.ASSESSOR: "commissioner",
    Fact.NOTE: "commissioner",
}


def sees(fact: str) -> bool:
    """Whether the person who asks may see facts of this kind; nobody sees one that is not listed.

    Nobody can sign in as a commissioner yet: what is theirs is shown on a site that is not public,
    which only those who run it can reach, and never on a public one.
    """
    who = WHO_SEES.get(fact, "nobody")
    if who == "commissioner":
        return not current_app.config["SETTINGS"].public and not g.get("as_anyone", False)
    return who == "anyone"


@contextmanager
def as_anyone() -> Iterator[None]:
    """Until the end of the block whoever asks sees what anyone may: for pages that are the same for everybody."""
    g.as_anyone = True
    try:
        yield
    finally:
        g.as_anyone = False
