"""What the locator answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from directory.geo.named import NamedPlace
from directory.geo.nations import OutsideNation
from directory.geo.types import SearchArea

Precision = Literal["postcode", "outward", "partial", "town", "authority"]
Reason = Literal["too-long", "too-wide", "no-such-postcode", "no-place-for-postcode", "no-such-place"]


@dataclass(frozen=True, slots=True)
class Anywhere:
    """Nothing was typed: the search is about no place."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place. The label never holds a whole postcode."""

    area: SearchArea
    label: str
    precision: Precision


@dataclass(frozen=True, slots=True)
class Choose:
    """Several places bear the name: which is meant? Each option's `ask` finds exactly it."""

    text: str
    options: tuple[NamedPlace, ...]


@dataclass(frozen=True, slots=True)
class Outside:
    """A place in a nation that this directory does not cover."""

    nation: OutsideNation


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """No place. `suggestions` may help: each one's `ask` finds it.

    too-long              longer than any place's name
    too-wide              a nation or region with too many authorities for one search
    no-such-postcode      looks like a postcode, but there is none in the data
    no-place-for-postcode a postcode that has no place on the map (large users' and post office boxes)
    no-such-place         anything else
    """

    text: str
    reason: Reason
    suggestions: tuple[NamedPlace, ...] = ()


Answer = Anywhere | Found | Choose | Outside | NotUnderstood
