"""What a sentence asks for: phrases a person has reviewed become filters, the rest stays words to look for.

'counselling for my son' → one-to-one therapy; children, parents. The words of a phrase that is
understood no longer have to stand in a listing: they only order what is found, so that nothing
typed can hide a service that says the same in other words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from directory.search.limits import PHRASE_SLIP_MIN_LETTERS, TEXT_MAX_CHARACTERS
from directory.search.synonyms import Phrase, Reviewed
from directory.search.types import Facet
from directory.search.words import SMALL_WORDS, words_in

SKIPPED = frozenset(
    "a an the my his her our their was were is has have had been got being for by of in on at to".split()
)
"""Small words that may stand within a phrase: 'he was arrested' is 'he arrested'. Never 'not', 'want', 'him', 'me'."""

SAYS_NOTHING = frozenset("looked watched found told said think thinking feel feeling happened really".split())
"""Words of a sentence that no listing is chosen by: beside something understood they are not looked for."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What typed words were read as.

    chosen: facet → values they suggest.
    rest: words that are still to be looked for in listings.
    leaning: words that were understood: they order, and hide nothing.
    """

    chosen: Mapping[Facet, frozenset[str]]
    rest: str
    leaning: str


def understand(text: str, table: Reviewed) -> Understanding:
    """Never raises, whatever is typed. With nothing reviewed in it, the text is all rest."""
    words = [_read(word, table) for word in words_in(text[:TEXT_MAX_CHARACTERS])]
    found: list[tuple[Phrase, list[int]]] = []
    position = 0
    while position < len(words):
        taken = _longest(words, position, table)
        if taken is None:
            position += 1
        else:
            found.append(taken)
            position = taken[1][-1] + 1
    if not any(phrase.alone for phrase, _positions in found):
        found = []
    chosen: dict[Facet, frozenset[str]] = {}
    for phrase, _positions in found:
        for facet, values in phrase.chosen.items():
            chosen[facet] = chosen.get(facet, frozenset()) | values
    used = {position for _phrase, positions in found for position in positions}
    left_out = SAYS_NOTHING if found else frozenset()
    rest = (word for position, word in enumerate(words) if position not in used and word not in left_out)
    return Understanding(
        chosen,
        " ".join(rest),
        " ".join(words[position] for position in sorted(used) if words[position] not in SMALL_WORDS),
    )


def _read(word: str, table: Reviewed) -> str:
    """The word that is meant: as reviewed, or where one letter is wrong in a long word that nothing else explains."""
    if word in table.spellings:
        return table.spellings[word]
    if len(word) < PHRASE_SLIP_MIN_LETTERS or word in table.words or word in table.meanings:
        return word
    near = extractOne(word, table.phrases.keys(), scorer=OSA.distance, processor=None, score_cutoff=1)
    return word if near is None else str(near[0])


def _longest(words: Sequence[str], start: int, table: Reviewed) -> tuple[Phrase, list[int]] | None:
    for phrase in table.phrases.get(words[start], ()):
        positions = _positions(words, start, phrase)
        if positions:
            return phrase, positions
    return None


def _positions(words: Sequence[str], start: int, phrase: Phrase) -> list[int]:
    """Where the phrase's words stand from `start` on; [] if it does not stand there."""
    positions = [start]
    for needed in phrase.words[1:]:
        position = positions[-1] + 1
        while position < len(words) and words[position] != needed and words[position] in SKIPPED:
            position += 1
        if position == len(words) or words[position] != needed:
            return []
        positions.append(position)
    return positions
