"""Plain synonyms: what people type, and the words a listing uses for it. Read from data/synonyms.csv."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from directory.reference.files import DATA, read_rows
from directory.search.words import SMALL_WORDS, words_in

Synonyms = Mapping[str, tuple[str, ...]]
"""Typed word, folded → meanings, each one or more words that a listing must all hold.

A word that has a line here stands for itself and its meanings, and for no longer
words: where 'carer' is also to find 'carers', its line says so.
"""


@cache
def synonyms() -> Synonyms:
    """The table that ships with the site."""
    return read_synonyms(DATA / "synonyms.csv")


def read_synonyms(path: Path) -> Synonyms:
    """The table in a file: columns `typed` (one word) and `means` (meanings separated by ';').

    Raises BadDataFile for a row that could never work.
    """
    table: dict[str, tuple[str, ...]] = {}
    for row in read_rows(path, ("typed", "means")):
        typed = words_in(row["typed"])
        if len(typed) != 1 or typed[0] in SMALL_WORDS or typed[0] in table:
            raise row.wrong("typed", "Write one word, given in no other line; no small word such as 'for'.")
        meanings = tuple(" ".join(words_in(meaning)) for meaning in row.parts("means"))
        if not meanings or not all(set(meaning.split()) - SMALL_WORDS for meaning in meanings):
            raise row.wrong("means", "Write the words listings use; put ';' between meanings.")
        table[typed[0]] = meanings
    return table
