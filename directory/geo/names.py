"""Names of places as they are compared: how people type them made alike."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = re.compile(r"['’‘`´]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SAME_WORDS = {"saint": "st", "upon": "on", "gt": "great", "nr": "near"}

# Taken off when nothing is found under the whole of what was typed.
_BEFORE = re.compile(
    r"^(the |(city|county|borough|district) of |(royal |metropolitan |london )?borough of "
    r"|city and county of )+"
)
_AFTER = re.compile(
    r"( (city|county|borough|district|town|unitary|metropolitan|council|authority|area|region|uk|england))+$"
)


def clean(text: str) -> str:
    """What was typed, without control characters and doubled spaces, full-width letters made plain."""
    plain = unicodedata.normalize("NFKC", text)
    return " ".join("".join(" " if unicodedata.category(c)[0] == "C" else c for c in plain).split())


def key(name: str) -> str:
    """The form in which names are compared: 'Saint Ives', 'ST. IVES' and 'st-ives' are all 'st ives'."""
    plain = name.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = _APOSTROPHES.sub("", plain).replace("&", " and ")
    return " ".join(_SAME_WORDS.get(word, word) for word in _NOT_WORD.sub(" ", plain).split())


def shorter_key(name_key: str) -> str:
    """A key without 'city of' before it or 'council' after it; the same key if there is neither."""
    return _AFTER.sub("", _BEFORE.sub("", name_key)).strip() or name_key
