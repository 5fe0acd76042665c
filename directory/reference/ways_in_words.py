"""Telephone numbers, addresses and websites in the middle of what somebody writes, where nobody would check them."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from directory.reference.same_way import folded_number, folded_postcode, folded_words, host_of
from directory.reference.spelled_numbers import in_figures
from directory.reference.telephones import is_number

# Between two digits of one number: whatever is no letter and no digit.
_DIGITS = re.compile(r"\+?\d(?:[\W_]{0,12}\d)*")
_DIGITS_LEAST = 5
"""As many as a number to text has; a year has fewer."""
_LONG, _GROUPS_MOST = 8, 11
"""Digits of a number that is no short one; the groups in which one may be written."""
# Runs of digits that are nothing to dial: days, years, the hours of a day, amounts.
_NO_NUMBER = re.compile(
    r"""\d{4}-\d{1,2}-\d{1,2} | \d{1,2}[./-]\d{1,2}[./-](?:\d{2}|(?:19|20)\d{2})
    | (?:19|20)\d{2}\s?[/\-\u2013]\s?(?:\d{2}|(?:19|20)\d{2})
    | (?:[01]?\d|2[0-4])[:.][0-5]\d(?:\s?[\-\u2013]\s?(?:[01]?\d|2[0-4])[:.][0-5]\d)?
    # A year and a count beside it: 'in 2023, 378 people', 'in 2025 one of its groups'. A place's number may begin so.
    | (?:19|20)\d{2}(?:\s[1-9] | \s?[,.;:()][\s(]*[1-9]\d{0,2})
    | (?:[1-9]\s | [1-9]\d{0,2}\s?[,.;:()][\s(]*)(?:19|20)\d{2}
    """,
    re.VERBOSE,
)
_AMOUNT = re.compile(r"£\s?\d{1,3}(?:,\d{3})*(?:\.\d{2})?(?![\d,])")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")

_MAIL = re.compile(r"[\w.+'%-]*@[\w.-]*\w|@")
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*:/{1,2}\S+|\bwww\.\S+", re.IGNORECASE)
_HOST = re.compile(
    r"(?<![\w@.-])(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?P<last>[^\W\d_]{2,24}|xn--[a-z0-9-]+)(?![\w-])(?:[:/?#]\S*)?",
    re.IGNORECASE,
)
_AT_WORD = re.compile(r"\s*[\[({]\s*(?:at|@)\s*[\])}]\s*", re.IGNORECASE)
_DOT_WORD = re.compile(r"\s*[\[({]\s*(?:dot|\.)\s*[\])}]\s*|(?<=\w)\s+dot\s+(?=\w)", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
_WORD, _NAME = r"[\w'\u2019-]+", r"[A-Z][\w'\u2019-]*"
_STREET_ENDS = r"(?:street|road|rd|avenue|ave|lane|ln|terrace|crescent|gardens|square)"
# Of these many have another meaning, unless they are written as a name: 'in a way', 'Dr Smith', 'St Mary'.
_NAME_ENDS = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Av|Lane|Ln|Close|Cl|Drive|Dr|Square|Sq|Court|Ct|Place|Pl|Crescent|Cres|Terrace"
    r"|Gardens|Gdns|Way|Walk|Park|Hill|Row|Grove|Mews|Parade)"
)
_STREET = re.compile(rf"\b\d{{1,4}}[a-z]?,?\s+(?:{_WORD}\s+){{1,3}}{_STREET_ENDS}\b", re.IGNORECASE)
_STREET_BY_NAME = re.compile(
    rf"\b(?!(?:19|20)\d\d\b)\d{{1,4}}[A-Za-z]?,?\s+(?:{_NAME}\s+){{1,3}}{_NAME_ENDS}\b(?!\.?\s+{_NAME}'s)"
)
_NETWORK = (
    r"(?:facebook|fb|messenger|instagram|insta|twitter|tik\s?tok|snapchat|youtube|linkedin|whatsapp|telegram|threads"
    r"|bluesky|discord)"
)
_THERE = r"(?:page|group|account|profile|channel|handle)"
# 'Facebook: example', 'on Instagram as example', 'search for Example on Facebook'.
_HANDLE = re.compile(
    rf"\b{_NETWORK}\b(?:\s+{_THERE})?\s*(?:[:=/\u2013-]|\b(?:is|as|at|under|called|named)\b)\s*"
    r"(?!see (?:its|our|their|the) (?:own )?(?:web)?site\b)(?P<who>\w[\w.-]*)"
    rf"|\b(?:search|look|find|follow|add)\b(?P<whom>.{{1,60}}?)\bon\s+{_NETWORK}\b",
    re.IGNORECASE,
)
_OWN_HANDLE = re.compile(
    rf"\b(?:our|us|we|{_THERE})\b.{{0,20}}?\b{_NETWORK}\b(?:\s+{_THERE})?"
    r"\s*(?:[:=]|\b(?:is|as|at|under|called|named)\b)\s*\w",
    re.IGNORECASE,
)
# 'Call 111', 'dial 101', 'ring them on 1234'; and what everybody knows as a number wherever it stands. No number
# of four digits that can be rung begins like a year: 'by phone in March 2026'.
_SHORT = re.compile(
    r"\b(?:call|ring|dial|phone|telephone|tel|text|txt|sms)(?:s|ing)?\b(?:[^\w\d]+[^\W\d]+){0,4}[^\w]+"
    r"(?P<short>(?!(?:19|20)\d\d(?!\d))\d{3,4})(?![\d:]|[.,/-]\d|\s?(?:hours|people|children|times|weeks|days|metres|miles)\b)",
    re.IGNORECASE,
)
_KNOWN_SHORT = re.compile(r"(?<![\d£.,/-])(?P<short>999|112|111|101)(?![\d:%]|[.,/-]\d)")
_FOR_EMERGENCIES = frozenset({"999", "112"})
_TO_TEXT = re.compile(r"\b(?:text|txt|sms|whatsapp)\b\D{0,60}(?<!\d)\d{5,6}(?!\d)", re.IGNORECASE)

_ENDS = frozenset(
    "co com org net uk gov nhs info wales cymru charity online site io app me link page help support".split()
)
_AFTER = ".,;:!?)]}>'\"\u2019\u201d"


def ways_in(text: str) -> frozenset[str]:
    """Every number, address and website in the words, folded, so that each way of writing one gives the same.

    It would rather see too much: whatever has five digits or more in a row, whatever has a dot between two words.
    """
    plain = _plain(text)
    found = {f"number {_number(run)}" for run in _runs(_AMOUNT.sub(" ", plain))}
    found |= {f"mail {folded_words(one.group())}" for one in _MAIL.finditer(plain)}
    found |= {f"page {_page(one.group())}" for one in _ADDRESS.finditer(plain)}
    found |= {f"page {_page(one.group())}" for one in _HOST.finditer(plain)}
    found |= {f"postcode {folded_postcode(one.group())}" for one in _POSTCODE.finditer(plain)}
    for street in (_STREET, _STREET_BY_NAME):
        found |= {f"street {folded_words(one.group())}" for one in street.finditer(plain)}
    found |= {f"handle {folded_words(one['who'] or one['whom'])}" for one in _HANDLE.finditer(plain)}
    figures = _joined(in_figures(plain))
    for short in (_SHORT, _KNOWN_SHORT):
        found |= {f"number {one['short']}" for one in short.finditer(figures)}
    return frozenset(found)


def way_in(text: str) -> str:
    """'a telephone number', 'a website' and the like, or '' where there is none that is beyond doubt.

    That 999 is rung in an emergency may stand anywhere.
    """
    plain = _plain(text)
    if any(_is_dialled(run) for run in _runs(_AMOUNT.sub(" ", plain))) or _TO_TEXT.search(plain):
        return "a telephone number"
    if any(one["short"] not in _FOR_EMERGENCIES for one in _SHORT.finditer(_joined(in_figures(plain)))):
        return "a telephone number"
    if _MAIL.search(plain):
        return "an e-mail address"
    if _ADDRESS.search(plain) or any(_is_host(one) for one in _HOST.finditer(plain)):
        return "a website"
    if _OWN_HANDLE.search(plain):
        return "a page on a social network"
    if _POSTCODE.search(plain):
        return "a postcode"
    return "a street with its number" if _STREET_BY_NAME.search(plain) else ""


def _plain(text: str) -> str:
    """The words in plain letters and digits, without marks that nobody sees, and with @ and dots for their words."""
    seen = "".join(
        str(unicodedata.digit(mark, mark))
        for mark in unicodedata.normalize("NFKC", text).replace("\u3002", ".")
        if unicodedata.category(mark) not in {"Cf", "Mn", "Cc"} or mark in "\n\t\r"
    )
    return _DOT_WORD.sub(".", _AT_WORD.sub("@", seen))


def _runs(plain: str) -> list[str]:
    """Digits that may be a number, as they are written; digits that are spelled out count too."""
    found = [run for words in dict.fromkeys((plain, in_figures(plain))) for run in _DIGITS.findall(words)]
    return [
        run for run in found if len(re.sub(r"\D", "", run)) >= _DIGITS_LEAST and not _NO_NUMBER.fullmatch(run)
    ]


def _joined(figures: str) -> str:
    """'1 0 1' → '101': a short number that is spelled out."""
    return re.sub(r"\b(\d)[ -](?=\d\b)", r"\1", figures)


def _number(run: str) -> str:
    digits = re.sub(r"\D", "", run)
    if run.startswith("+"):
        return folded_number("+" + digits)
    return folded_number(digits)


def _is_dialled(run: str) -> bool:
    """Whether it is a number, or holds one among its groups of digits: '24/7: 01632 960001'."""
    if _THOUSANDS.fullmatch(run):
        return False
    groups = re.findall(r"\+?\d+", run)
    whole = "".join(groups)
    within = (
        "".join(groups[start:end]).replace("+44", "0")
        for start in range(len(groups))
        for end in range(start + 1, min(start + _GROUPS_MOST, len(groups)) + 1)
    )
    return is_number(whole.replace("+44", "0")) or any(
        part.startswith("0") and len(part) >= _LONG and is_number(part) for part in (*groups, *within)
    )


def _page(address: str) -> str:
    """Host and the rest as it is written, without what ends a sentence."""
    found = address.rstrip(_AFTER)
    whole = found if re.match(r"[a-z][a-z0-9+.-]*:/", found, re.IGNORECASE) else f"https://{found}"
    host = host_of(whole)
    if not host:
        return found.casefold()
    parts = urlsplit(whole)
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def _is_host(found: re.Match[str]) -> bool:
    """No two sentences without a space between them: 'of this.In' is none, 'example.In' would be."""
    last = found["last"]
    return last.islower() or last.isupper() or last.casefold() in _ENDS
