"""The rule that puts a listing in a section, as plain ifs; and as a table, to ask for all listings at once.

Eight yes/no facts decide, so the rule is worked out once for each of their
combinations, and a search only looks the answers up.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from directory.search.types import Section

SECTIONS = tuple(Section)
ACCEPTS = ("yes", "part", "no", "not-known")
"""The words of Hit.accepts."""

LEFT_OUT = len(SECTIONS)
"""Stands for no section at all."""
SECTION_BITS = 0b111
ACCEPTS_SHIFT = 3
AT_SPOTS_BIT = 0b100000


class Traits(NamedTuple):
    """What decides, the same in every search up to `has_spots`; the last three depend on the area.

    covers_all: all people of every authority of the area.
    """

    reachable: bool
    remote: bool
    whole_nation: bool
    some_authorities: bool
    has_spots: bool
    covers_some: bool
    covers_all: bool
    has_near_spot: bool


def accepts_people(traits: Traits) -> str:
    """Whether it takes people of the area: one of ACCEPTS."""
    if not traits.whole_nation and not traits.some_authorities:
        return "not-known"
    if not traits.covers_some:
        return "no"
    return "yes" if traits.covers_all else "part"


def section_with_square(traits: Traits, accepts: str) -> Section | None:
    """The section when distances are known; None: left out."""
    if not traits.reachable:
        return None if accepts == "no" else Section.UNREACHABLE
    if accepts == "no":
        return Section.NOT_FOR_AREA if traits.has_near_spot else None
    if traits.has_near_spot:
        return Section.NEAR
    if traits.remote and traits.whole_nation:
        return Section.ANYWHERE
    # A local service that shows no place is near; one whose places are all beyond reach is not.
    is_local = traits.some_authorities and not traits.whole_nation
    return Section.NEAR if is_local and not traits.has_spots else Section.FURTHER


def section_without_square(traits: Traits, accepts: str) -> Section | None:
    """The section when only the authorities are known."""
    if not traits.reachable:
        return None if accepts == "no" else Section.UNREACHABLE
    if accepts == "no":
        return None
    if traits.some_authorities and not traits.whole_nation:
        return Section.NEAR
    return section_without_area(traits)


def section_without_area(traits: Traits) -> Section:
    """The section when no place was given."""
    if not traits.reachable:
        return Section.UNREACHABLE
    return Section.ANYWHERE if traits.remote and traits.whole_nation else Section.FURTHER


Table = NDArray[np.uint8]
"""Traits as bits, the first the lowest → section, accepts and 'shown at its spots', as one byte."""


def _byte(section: Section | None, accepts: str, at_spots: bool) -> int:
    number = LEFT_OUT if section is None else SECTIONS.index(section)
    return number | ACCEPTS.index(accepts) << ACCEPTS_SHIFT | (AT_SPOTS_BIT if at_spots else 0)


def _tables() -> tuple[Table, Table, Table]:
    with_square, without_square, without_area = [], [], []
    # product() turns its last factor fastest: the bits are read from the highest to the lowest.
    for bits in product((False, True), repeat=len(Traits._fields)):
        traits = Traits(*reversed(bits))
        accepts = accepts_people(traits)
        section = section_with_square(traits, accepts)
        at_spots = traits.has_spots and section in {Section.NEAR, Section.FURTHER, Section.NOT_FOR_AREA}
        with_square.append(_byte(section, accepts, at_spots))
        without_square.append(_byte(section_without_square(traits, accepts), accepts, False))
        without_area.append(_byte(section_without_area(traits), "not-known", False))
    return (
        np.array(with_square, dtype=np.uint8),
        np.array(without_square, dtype=np.uint8),
        np.array(without_area, dtype=np.uint8),
    )


WITH_SQUARE, WITHOUT_SQUARE, WITHOUT_AREA = _tables()
