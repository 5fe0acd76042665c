"""Words and slips, slow and obvious: the part of the reference search that reads text."""

from __future__ import annotations

import unicodedata

from directory.search.types import Listing
from directory.search.words import SMALL_WORDS


def words_of_listing(listing: Listing) -> set[str]:
    words = words_in(listing.name) + words_in(listing.organisation) + words_in(listing.words)
    return {word for word in words if word not in SMALL_WORDS}


def typed(text: str) -> list[str]:
    words = [word for word in words_in(text[:200]) if word not in SMALL_WORDS]
    return list(dict.fromkeys(words))[:16]


def words_in(text: str) -> list[str]:
    """Letter by letter: folded, apostrophes dropped, anything else between words is a gap."""
    words = [""]
    for letter in unicodedata.normalize("NFKD", text).casefold():
        if unicodedata.combining(letter) or letter in "'\u2018\u2019\u02bc":
            continue
        if letter.isalnum():
            words[-1] += letter
        else:
            words.append("")
    return [word[:40] for word in words if word]


def mistakes(one: str, other: str) -> int:
    """Optimal string alignment: letters wrong, missing, added, or swapped with their neighbour."""
    width = len(other) + 1
    rows = [[i if j == 0 else j for j in range(width)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            best = min(
                rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            )
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i][j] = best
    return rows[-1][-1]
