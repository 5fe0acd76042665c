"""What people type, and what it stands for: words of listings, spellings, groups, kinds and forms of abuse.

Read from data/synonyms.csv, in which a person has reviewed every row and said why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from directory.reference.files import DATA, Row, read_rows
from directory.reference.terms import terms
from directory.search.types import Facet
from directory.search.words import SMALL_WORDS, words_in

Synonyms = Mapping[str, tuple[str, ...]]
"""Typed word, folded → meanings, each one or more words that a listing must all hold.

A word that has a line here stands for itself and its meanings, and for no longer
words: where 'carer' is also to find 'carers', its line says so.
"""

FACETS = {
    "groups": (Facet.GROUP, "group_shown"),
    "kinds": (Facet.KIND, "kind"),
    "forms": (Facet.FORM, "form"),
}
"""Column → the facet its codes belong to, and their taxonomy."""

COLUMNS = ("typed", "means", "read_as", *FACETS, "alone", "reason")
PHRASE_WORDS_MAX = 6


@dataclass(frozen=True, slots=True)
class Phrase:
    """One or more typed words, in order, and what they suggest narrowing by.

    chosen: may be empty: understood, and says nothing of a service.
    alone: False: it counts only beside something else that is understood.
    """

    words: tuple[str, ...]
    chosen: Mapping[Facet, frozenset[str]]
    alone: bool


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The whole table.

    meanings: word → what listings say for it. spellings: word → the word that is meant.
    phrases: first word → phrases that begin with it, the longest first. words: every word of a phrase.
    """

    meanings: Synonyms
    spellings: Mapping[str, str]
    phrases: Mapping[str, tuple[Phrase, ...]]
    words: frozenset[str]


def read_reviewed(path: Path) -> Reviewed:
    """The table in a file. Raises BadDataFile for a row that could never work, or that gives no reason."""
    meanings: dict[str, tuple[str, ...]] = {}
    spellings: dict[str, str] = {}
    phrases: dict[str, list[Phrase]] = {}
    seen = set()
    for row in read_rows(path, COLUMNS):
        words = tuple(words_in(row["typed"]))
        if not 1 <= len(words) <= PHRASE_WORDS_MAX or words in seen or not set(words) - SMALL_WORDS:
            raise row.wrong(
                "typed",
                "Write one word or a few, given in no other line; not only small words such as 'for'.",
            )
        seen.add(words)
        row.needed("reason")
        if row["read_as"]:
            spellings[words[0]] = _spelling(row, words)
        if row["means"]:
            meanings[words[0]] = _meanings(row, words)
        chosen = _chosen(row)
        if chosen or len(words) > 1:
            is_alone = row.one_of("alone", ("", "no")) == ""
            phrases.setdefault(words[0], []).append(Phrase(words, chosen, is_alone))
        elif not row["means"] and not row["read_as"]:
            raise row.wrong("means", "Say what the word stands for.")
    ordered = {
        first: tuple(sorted(found, key=lambda phrase: -len(phrase.words))) for first, found in phrases.items()
    }
    words_of_phrases = frozenset(
        word for found in phrases.values() for phrase in found for word in phrase.words
    )
    return Reviewed(
        MappingProxyType(meanings), MappingProxyType(spellings), MappingProxyType(ordered), words_of_phrases
    )


def _spelling(row: Row, words: tuple[str, ...]) -> str:
    meant = words_in(row["read_as"])
    if len(words) != 1 or len(meant) != 1 or any(row[other] for other in ("means", *FACETS)):
        raise row.wrong(
            "read_as", "One word is read as one other; what that one means stands in its own line."
        )
    return meant[0]


def _meanings(row: Row, words: tuple[str, ...]) -> tuple[str, ...]:
    if len(words) != 1:
        raise row.wrong("typed", "Only one word has meanings: write groups, kinds or forms for several.")
    meanings = tuple(" ".join(words_in(meaning)) for meaning in row.parts("means"))
    if not meanings or not all(set(meaning.split()) - SMALL_WORDS for meaning in meanings):
        raise row.wrong("means", "Write the words listings use; put ';' between meanings.")
    return meanings


def _chosen(row: Row) -> dict[Facet, frozenset[str]]:
    chosen = {}
    for column, (facet, taxonomy) in FACETS.items():
        values = frozenset(row.parts(column))
        if strange := values - terms(taxonomy).keys():
            raise row.wrong(column, f"There is no {min(strange)!r} in terms.csv.")
        if values:
            chosen[facet] = values
    return chosen


@cache
def reviewed() -> Reviewed:
    """The table that ships with the site."""
    return read_reviewed(DATA / "synonyms.csv")


def synonyms() -> Synonyms:
    """The meanings of single words that ship with the site."""
    return reviewed().meanings
