"""Names and hosts that look like others and are not: what somebody makes who wants to be taken for another."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from rapidfuzz.distance import OSA

# Letters of other alphabets, and digits, that are read as Latin letters. Not every one: those that keyboards offer.
_LOOKS_LIKE = str.maketrans(
    "аәеорсухіїјѕԁһӏвкмнтгαειοκνρτυχβηωı0135$@|",
    "aaeopcyxiijsdhlbkmhtraeioknptuxbnwiolessal",
)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
NAME_LEAST = 5
"""Shorter names are too often one letter apart by chance."""


def looks_of(text: str) -> str:
    """What a text looks like: small plain letters and digits, look-alikes replaced, everything else left out."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LOOKS_LIKE)
    letters = "".join(mark for mark in plain if mark.isalnum())
    for pair, letter in _PAIRS:
        letters = letters.replace(pair, letter)
    return letters


def look_alikes(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Those of the known names or hosts that this one could be taken for, and is not. In their order, each once."""
    looks = looks_of(text)
    if len(looks) < NAME_LEAST:
        return ()
    found = (
        one
        for one in known
        if _folded(one) != _folded(text)
        and OSA.distance(looks, looks_of(one), score_cutoff=1) <= 1
        and len(looks_of(one)) >= NAME_LEAST
    )
    return tuple(dict.fromkeys(found))


def strange_marks(text: str) -> bool:
    """Whether it holds marks that cannot be seen or turn the direction, or letters of several alphabets in one word."""
    if any(unicodedata.category(mark) in {"Cf", "Cc", "Co"} and mark not in "\n\t\r" for mark in text):
        return True
    return any(len(_alphabets(word)) > 1 for word in text.split())


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _alphabets(word: str) -> set[str]:
    names = (unicodedata.name(mark, "") for mark in word if mark.isalpha())
    return {name.split()[0] for name in names if name.split()[:1] in (["LATIN"], ["CYRILLIC"], ["GREEK"])}
