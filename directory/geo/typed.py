"""Reads what was typed as a postcode, an outward code or the start of a postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?|NPT|GIR")
_INWARD = re.compile(r"[0-9][A-Z]{2}")
_INWARD_START = re.compile(r"[0-9][A-Z]?")
_AT_THE_END = re.compile(r"(?:^|[\s,])([A-Z]{1,2}[0-9][0-9A-Z]?)\s*([0-9][A-Z]{2})$")
_NOT_CODE = re.compile(r"[\s\-._]+")

_AS_DIGIT = {"O": "0", "I": "1", "L": "1"}
_AS_LETTER = {"0": "O", "1": "I"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed: `inward` is '' for an outward code alone, else 1 to 3 characters."""

    outward: str
    inward: str

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole postcode."""
        return len(self.inward) == 3


def readings(text: str) -> list[Reading]:
    """Every way to read the text as (part of) a postcode, the likeliest first; empty when there is none.

    'PE11' is the outward code PE11 before it is the start of PE1 1; 'PE1 1' is only that.
    """
    upper = text.upper()
    found: dict[Reading, None] = {}
    start, space, end = _NOT_CODE.sub(" ", upper).strip().partition(" ")
    if space and " " not in end:
        found.update(dict.fromkeys(_if_shaped(start, end)))
    compact = _NOT_CODE.sub("", upper)
    if 2 <= len(compact) <= 7:
        found.update(dict.fromkeys(_if_shaped(compact[:-3], compact[-3:])))
        if not space:
            for at in (len(compact), len(compact) - 1, len(compact) - 2):
                found.update(dict.fromkeys(_if_shaped(compact[:at], compact[at:])))
    at_the_end = _AT_THE_END.search(upper)
    if at_the_end:
        found[Reading(at_the_end[1], at_the_end[2])] = None
    return list(found)


def likely_meant(text: str) -> list[Reading]:
    """Whole postcodes meant by a text in which O and 0, or I, L and 1, were taken for each other."""
    compact = _NOT_CODE.sub("", text.upper())
    if not 5 <= len(compact) <= 7 or not compact.isalnum() or not compact.isascii():
        return []
    inward = _as_digit(compact[-3]) + _as_letter(compact[-2]) + _as_letter(compact[-1])
    outwards = {"".join(letters) for letters in product(*(_either(letter) for letter in compact[:-3]))}
    return [reading for outward in sorted(outwards) for reading in _if_shaped(outward, inward)]


def _if_shaped(outward: str, inward: str) -> Iterator[Reading]:
    shaped = not inward or _INWARD.fullmatch(inward) or _INWARD_START.fullmatch(inward)
    if shaped and _OUTWARD.fullmatch(outward):
        yield Reading(outward, inward)


def _as_digit(character: str) -> str:
    return _AS_DIGIT.get(character, character)


def _as_letter(character: str) -> str:
    return _AS_LETTER.get(character, character)


def _either(character: str) -> set[str]:
    return {character, _as_digit(character), _as_letter(character)}
