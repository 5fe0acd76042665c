"""Web addresses that are what they look like."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

import idna

_NOT_OUTSIDE = frozenset({"localhost", "local", "internal", "test", "invalid", "lan", "home"})


def host_of(url: str) -> str:
    """The host of an address in small letters, 'xn--' names written out; '' where it has none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    try:
        return idna.decode(host)
    except (idna.IDNAError, UnicodeError):
        return host


def is_public_host(host: str) -> bool:
    """Whether it could be somebody's website: a name with letters at its end, no number and no machine of one's own."""
    last = host.rpartition(".")[2]
    return (
        "." in host and last not in _NOT_OUTSIDE and any(mark.isalpha() for mark in last) and ":" not in host
    )


def foreign_letters(host: str) -> str:
    """The letters of a host that are of another alphabet than ours, each once, as they stand; '' where there are none.

    'а' (Cyrillic) looks like 'a', and makes an address that looks like somebody else's.
    Letters with marks (ŵ, é) are of our alphabet.
    """
    return "".join(
        dict.fromkeys(
            mark for mark in host if mark.isalpha() and not unicodedata.name(mark, "").startswith("LATIN ")
        )
    )
