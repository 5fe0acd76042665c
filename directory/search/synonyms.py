"""Plain synonyms: what people type, and the words a listing uses for it. Read from data/synonyms.csv."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from directory.search.words import SMALL_WORDS, words_in

Synonyms = Mapping[str, tuple[str, ...]]
"""Typed word, folded → meanings, each one or more words that a listing must all hold."""

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "synonyms.csv"


@cache
def synonyms() -> Synonyms:
    """The table that ships with the site."""
    return read_synonyms(SHIPPED)


def read_synonyms(path: Path) -> Synonyms:
    """The table in a file: UTF-8, columns `typed` (one word) and `means` (meanings separated by ';').

    Raises ValueError with file and line for a row that could never work.
    """
    table: dict[str, tuple[str, ...]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            typed = words_in(row.get("typed") or "")
            meanings = tuple(" ".join(words_in(part)) for part in (row.get("means") or "").split(";"))
            where = f"{path.name} line {reader.line_num}"
            if len(typed) != 1 or typed[0] in SMALL_WORDS or typed[0] in table:
                raise ValueError(f"{where}: 'typed' must be one word, given once, and no small word")
            if not all(set(meaning.split()) - SMALL_WORDS for meaning in meanings):
                raise ValueError(f"{where}: 'means' must hold words, and ';' between meanings")
            table[typed[0]] = meanings
    return table
