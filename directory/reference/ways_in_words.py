"""Telephone numbers, addresses and websites in the middle of what somebody writes, where nobody would check them."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from directory.reference.same_way import folded_number, folded_postcode, folded_words, host_of
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
    """,
    re.VERBOSE,
)
_AMOUNT = re.compile(r"£\s?\d{1,3}(?:,\d{3})*(?:\.\d{2})?(?![\d,])")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_DIGIT_WORDS = {
    word: str(digit) for digit, word in enumerate("zero one two three four five six seven eight nine".split())
} | {"oh": "0", "nought": "0"}
_DIGIT_WORD = re.compile(rf"\b(?:{'|'.join(_DIGIT_WORDS)})\b", re.IGNORECASE)

_MAIL = re.compile(r"[\w.+'%-]*@[\w.-]*\w|@")
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*:/{1,2}\S+|\bwww\.\S+", re.IGNORECASE)
_HOST = re.compile(
    r"(?<![\w@.-])(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?P<last>[^\W\d_]{2,24}|xn--[a-z0-9-]+)(?![\w-])(?:[:/?#]\S*)?",
    re.IGNORECASE,
)
_AT_WORD = re.compile(r"\s*[\[({]\s*(?:at|@)\s*[\])}]\s*", re.IGNORECASE)
_DOT_WORD = re.compile(r"\s*[\[({]\s*(?:dot|\.)\s*[\])}]\s*|(?<=\w)\s+dot\s+(?=\w)", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b\d{1,4}[a-z]?,?\s+(?:[\w'\u2019-]+\s+){1,3}(?:street|road|avenue|lane|terrace|crescent|gardens|square)\b",
    re.IGNORECASE,
)
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
    return frozenset(found | {f"street {folded_words(one.group())}" for one in _STREET.finditer(plain)})


def way_in(text: str) -> str:
    """'a telephone number', 'a website' and the like, or '' where there is none that is beyond doubt."""
    plain = _plain(text)
    if any(_is_dialled(run) for run in _runs(_AMOUNT.sub(" ", plain))) or _TO_TEXT.search(plain):
        return "a telephone number"
    if _MAIL.search(plain):
        return "an e-mail address"
    if _ADDRESS.search(plain) or any(_is_host(one) for one in _HOST.finditer(plain)):
        return "a website"
    return "a postcode" if _POSTCODE.search(plain) else ""


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
    spelled = _DIGIT_WORD.sub(lambda word: _DIGIT_WORDS[word.group().casefold()], plain)
    found = [run for words in dict.fromkeys((plain, spelled)) for run in _DIGITS.findall(words)]
    return [
        run for run in found if len(re.sub(r"\D", "", run)) >= _DIGITS_LEAST and not _NO_NUMBER.fullmatch(run)
    ]


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
