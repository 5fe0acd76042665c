"""Web addresses that are what they look like."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

import idna
from publicsuffixlist import PublicSuffixList

_ENDINGS_WITH_A_PAGE = frozenset({"gov.uk", "nhs.uk"})
"""Under these others have names, and they are websites themselves: 'co.uk' is none."""
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
    """Whether it could be somebody's website: a name under an ending that exists, no number, no machine of one's own.

    An ending that is given out after the release of the library that lists them is not known yet.
    """
    last = host.rpartition(".")[2]
    return (
        "." in host
        and last not in _NOT_OUTSIDE
        and any(mark.isalpha() for mark in last)
        and ":" not in host
        and _is_under_an_ending(host)
    )


def _is_under_an_ending(host: str) -> bool:
    try:
        plain = idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        plain = host.casefold()
    return plain in _ENDINGS_WITH_A_PAGE or bool(_endings().privatesuffix(plain))


@lru_cache(maxsize=1)
def _endings() -> PublicSuffixList:
    """The list in the package: read at the first question, and never asked of anybody."""
    return PublicSuffixList(accept_unknown=False, only_icann=True)


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
