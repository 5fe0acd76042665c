"""The words of all listings: who holds a typed word, its beginning, its meaning, or what it is a slip of."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from directory.search.bits import Mask, Rows, RowSpace, pack
from directory.search.limits import ONE_MISTAKE_MIN_LETTERS, PREFIX_MIN_LETTERS, TWO_MISTAKES_MIN_LETTERS
from directory.search.synonyms import Synonyms
from directory.search.types import Listing
from directory.search.words import SMALL_WORDS, typed_words, words_in

_BEYOND_EVERY_LETTER = "\U0010ffff"
_NO_ROWS: Rows = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True, slots=True)
class TextFound:
    """What typed words come to.

    mask: rows that hold every understood word; None when no word was understood: words filter nothing.
    inexact: per row, how many understood words it does not hold letter for letter, and how many
      leaning words not at all; None when no word of either kind was understood.
    understood: typed word → words or meanings it was taken for; empty for a word that nothing matches.
    """

    mask: Mask | None
    inexact: NDArray[np.uint8] | None
    understood: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Taken:
    """One typed word: rows it matches (with repeats), rows that hold it exactly, what it was taken for."""

    rows: Rows
    exact: Rows
    words: tuple[str, ...]


class Vocabulary:
    """Sorted words; `_rows[_starts[i]:_starts[i + 1]]` are the rows that hold word i.

    So the rows of all words with one beginning lie side by side.
    """

    def __init__(self, listings: Sequence[Listing], space: RowSpace, synonyms: Synonyms) -> None:
        self._space = space
        self._words, self._starts, self._rows = _postings(listings)
        self._meanings = self._known_meanings(synonyms)
        self._by_length: dict[int, list[str]] = {}
        for word in sorted({*self._words, *self._meanings}):
            self._by_length.setdefault(len(word), []).append(word)

    def find(self, text: str, leaning: str = "") -> TextFound:
        """The rows that hold every word of the text that can be understood. Never raises.

        leaning: words that order the rows and drop none.
        """
        understood: dict[str, tuple[str, ...]] = {}
        flags = None
        inexact = np.zeros(self._space.words * 64, dtype=np.uint8)
        is_ordered = False
        for word in typed_words(text):
            taken = self._take(word)
            understood[word] = taken.words
            if not taken.rows.size:
                continue
            is_ordered = True
            matched = np.zeros(inexact.size, dtype=np.bool_)
            matched[taken.rows] = True
            flags = matched if flags is None else flags & matched
            inexact += 1
            inexact[taken.exact] -= 1
        for word in typed_words(leaning):
            rows = np.unique(self._take(word).rows)
            if rows.size:
                is_ordered = True
                inexact += 1
                inexact[rows] -= 1
        return TextFound(None if flags is None else pack(flags), inexact if is_ordered else None, understood)

    def _take(self, word: str) -> _Taken:
        first, last = self._beginning_with(word)
        meanings = self._meanings.get(word, {})
        if first == last and not meanings:
            return self._take_slip(word)
        # Of the words with one beginning, the word itself sorts first.
        held = first < last and self._words[first] == word
        if meanings:
            # Somebody has reviewed what this word stands for: 'trans' is not the beginning of 'transport'.
            last = first + held
        exact = self._rows_of_words(first, first + 1) if held else _NO_ROWS
        rows = np.concatenate([self._rows_of_words(first, last), *meanings.values()])
        return _Taken(rows, exact, tuple(dict.fromkeys([*self._words[first:last], *meanings])))

    def _take_slip(self, word: str) -> _Taken:
        """The word as a slip of words we know: one mistake first, two only where one finds nothing."""
        words: list[str] = []
        # A number with one other digit is another number, not a slip.
        if word.isalpha() and len(word) >= ONE_MISTAKE_MIN_LETTERS:
            words = self._within(word, 1)
            if not words and len(word) >= TWO_MISTAKES_MIN_LETTERS:
                words = self._within(word, 2)
        rows = [_NO_ROWS]
        names: list[str] = []
        phrases: list[str] = []
        for each in words:
            position = bisect_left(self._words, each)
            if position < len(self._words) and self._words[position] == each:
                rows.append(self._rows_of_words(position, position + 1))
                names.append(each)
            for phrase, found in self._meanings.get(each, {}).items():
                rows.append(found)
                phrases.append(phrase)
        return _Taken(np.concatenate(rows), _NO_ROWS, tuple(dict.fromkeys([*names, *phrases])))

    def _within(self, word: str, mistakes: int) -> list[str]:
        found: list[str] = []
        for length in range(len(word) - mistakes, len(word) + mistakes + 1):
            near = extract(
                word,
                self._by_length.get(length, []),
                scorer=OSA.distance,
                processor=None,
                score_cutoff=mistakes,
                limit=None,
            )
            found.extend(choice for choice, _distance, _position in near)
        return sorted(found)

    def _beginning_with(self, word: str) -> tuple[int, int]:
        """The words that begin with it, as a half-open range; only the word itself if it is too short."""
        first = bisect_left(self._words, word)
        if len(word) >= PREFIX_MIN_LETTERS:
            return first, bisect_left(self._words, word + _BEYOND_EVERY_LETTER, first)
        return first, first + (self._words[first : first + 1] == [word])

    def _rows_of_words(self, first: int, last: int) -> Rows:
        return self._rows[self._starts[first] : self._starts[last]]

    def _known_meanings(self, synonyms: Synonyms) -> dict[str, dict[str, Rows]]:
        """Typed word → meaning → rows that hold all its words; meanings no listing has are left out."""
        known: dict[str, dict[str, Rows]] = {}
        for typed, meanings in synonyms.items():
            for meaning in meanings:
                rows = self._holding_all(word for word in words_in(meaning) if word not in SMALL_WORDS)
                if rows.size:
                    known.setdefault(typed, {})[meaning] = rows
        return known

    def _holding_all(self, words: Iterable[str]) -> Rows:
        held = [self._rows_of_words(*self._beginning_with(word)) for word in words]
        return reduce(np.intersect1d, held[1:], held[0]) if held else _NO_ROWS


def _postings(listings: Sequence[Listing]) -> tuple[list[str], list[int], Rows]:
    """(words, where each word's rows start, rows) over name, organisation and text, without small words."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    word_numbers: list[int] = []
    lengths: list[int] = []
    for listing in listings:
        words = set(words_in(f"{listing.name} {listing.organisation} {listing.words}")) - SMALL_WORDS
        word_numbers.extend(map(numbers.__getitem__, words))
        lengths.append(len(words))
    words_sorted = sorted(numbers)
    rank = np.empty(len(words_sorted), dtype=np.intp)
    rank[[numbers[word] for word in words_sorted]] = np.arange(len(words_sorted))
    ranks = rank[np.asarray(word_numbers, dtype=np.intp)]
    rows = np.repeat(np.arange(len(listings)), lengths)[np.argsort(ranks, kind="stable")]
    starts = np.concatenate([[0], np.cumsum(np.bincount(ranks, minlength=len(words_sorted)))])
    return words_sorted, starts.tolist(), rows
