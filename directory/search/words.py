"""Text into comparable words: the same for what is typed and for what a listing says."""

from __future__ import annotations

import re
import unicodedata

from directory.search.limits import TEXT_MAX_CHARACTERS, TEXT_MAX_WORDS, WORD_MAX_LETTERS

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")
_WORD = re.compile(r"[^\W_]+")

# Words that say nothing of a service, or that every service would claim for itself.
SMALL_WORDS = frozenset(
    """
    a about after all also am an and any anyone are as at be because been before but by can could
    did do does for from get got had has have he help helped helping her hers him his how i if in
    into is it its ive im just like looking me mine my need needed needs no not of on or our out
    please she should so some somebody someone than that the their them then there they this to too
    up us want wanted wants was we were what when where which who whom will with would you your
    """.split()
)


def fold(text: str) -> str:
    """Lower case without accents or apostrophes: 'Siân’s' → 'sians'."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(letter for letter in plain if not unicodedata.combining(letter))
        return _APOSTROPHES.sub("", text)
    return text.lower().replace("'", "")


def words_in(text: str) -> list[str]:
    """All words of a text in order, folded and cut to WORD_MAX_LETTERS; small words too."""
    return [word[:WORD_MAX_LETTERS] for word in _WORD.findall(fold(text))]


def typed_words(text: str) -> tuple[str, ...]:
    """The words of a query that are looked for: each once, in order, no small words, within the limits."""
    words = dict.fromkeys(words_in(text[:TEXT_MAX_CHARACTERS]))
    return tuple(word for word in words if word not in SMALL_WORDS)[:TEXT_MAX_WORDS]
