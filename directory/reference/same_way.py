"""Whether two texts lead to the same place: numbers, addresses and postcodes, however they are written."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from directory.reference.telephones import RELAY_PREFIX, digits_to_dial

# With the marks that nobody sees, which a text may hold anywhere.
_BETWEEN_DIGITS = (
    r"[\s().,/\-\u2010-\u2015\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb]*"
)
DIGITS_LEAST = 3


@lru_cache(maxsize=20_000)
def folded_number(text: str) -> str:
    """'+44 (0)1632 960 001' and '18001 01632 960001' → '01632960001'; '' for what is no number."""
    digits = re.sub(r"^(\+|00)440?", "0", digits_to_dial(text)).lstrip("+")
    if digits.startswith(RELAY_PREFIX):
        digits = digits.removeprefix(RELAY_PREFIX)
    return digits if len(digits) >= DIGITS_LEAST else ""


@lru_cache(maxsize=20_000)
def folded_page(address: str) -> str:
    """'https://WWW.Example.org/Help/' → 'example.org/Help': host and path; '' for what is no address."""
    host = host_of(address)
    return host + urlsplit(address).path.rstrip("/") if host else ""


@lru_cache(maxsize=20_000)
def host_of(address: str) -> str:
    """'https://www.example.org/help' → 'example.org', in the letters that a browser asks for; '' where none is."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "") if parts.scheme in {"http", "https"} else ""
        return host.encode("idna").decode("ascii").rstrip(".").removeprefix("www.")
    except (UnicodeError, ValueError):
        return ""


def folded_words(text: str) -> str:
    """Words and e-mail addresses, whatever their capitals and spaces."""
    return " ".join(text.casefold().split())


def folded_way(value: str) -> str:
    """What a contact route's value is the same by: its page, its number, or its words."""
    if "@" in value:
        return folded_words(value)
    return folded_page(value) or (folded_number(value) if _is_mostly_number(value) else folded_words(value))


def folded_postcode(text: str) -> str:
    """'pe1 1ql' → 'PE11QL'."""
    return "".join(text.upper().split())


def folded_thing(what: str, value: str) -> str:
    """The value of a hold as it is compared. what: 'route', 'website' or 'place'; '' for a whole listing."""
    match what:
        case "route":
            return folded_way(value)
        case "website":
            return folded_page(value) or folded_words(value)
        case "place":
            return folded_postcode(value)
        case _:
            return ""


def number_in_words(number: str) -> str:
    """A pattern that finds a folded number in a text, with or without the country's code, spaces and brackets."""
    rest = _BETWEEN_DIGITS.join(re.escape(digit) for digit in number.removeprefix("0"))
    country = rf"(?:(?:\+|00)\s*44{_BETWEEN_DIGITS}(?:0{_BETWEEN_DIGITS})?|0{_BETWEEN_DIGITS})"
    return rf"(?<!\d){country if number.startswith('0') else ''}{rest}(?!\d)"


def host_in_words(host: str) -> str:
    """A pattern that finds the addresses of a host in a text, but no e-mail address there."""
    return rf"(?<![\w.@-])(?:https?://)?(?:[\w-]+\.)*{re.escape(host)}(?![\w-])(?:[:/?#][^\s|;]*)?"


def page_in_words(page: str) -> str:
    """A pattern that finds one page, and what lies below it, in a text."""
    return rf"(?<![\w.@-])(?:https?://)?(?:www\.)?{re.escape(page)}(?![\w-])[^\s|;]*"


def postcode_in_words(postcode: str) -> str:
    """A pattern that finds a folded postcode in a text."""
    return rf"(?<![A-Z0-9]){re.escape(postcode[:-3])}\s?{re.escape(postcode[-3:])}(?![A-Z0-9])"


def _is_mostly_number(value: str) -> bool:
    return sum(mark.isdecimal() for mark in value) * 2 > len(value.replace(" ", ""))
