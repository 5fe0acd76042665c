"""Marks of one person's case in a text: what a statement about an area must never hold.

A person's name cannot be known from words alone; those who write are asked to leave names out.
"""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TEN_DIGITS = re.compile(r"(?<![\d])\d(?:[ \u00a0\-]?\d){9}(?!\d)")
_POSTCODE = re.compile(
    r"(?<![A-Z0-9])[A-Z]{1,2}[0-9][A-Z0-9]?[ \u00a0]?[0-9][A-Z]{2}(?![A-Z0-9])", re.IGNORECASE
)
_BORN = re.compile(
    r"(?<![A-Z])(?:D\.? ?O\.? ?B\b|dates? of birth\b|birth ?dates?\b|born (?:on |in )?(?:the )?\d)",
    re.IGNORECASE,
)


def case_data_in(text: str) -> str:
    """What of a person's case a text holds, in words ('an NHS number'); '' where nothing is found."""
    if any(_is_nhs_number(match[0]) for match in _TEN_DIGITS.finditer(text)):
        return "an NHS number"
    for pattern, what in (
        (_EMAIL, "an e-mail address"),
        (_BORN, "a date of birth"),
        (_POSTCODE, "a postcode"),
    ):
        if pattern.search(text):
            return what
    return ""


def _is_nhs_number(text: str) -> bool:
    """Ten digits whose last is the check on the others: each times 10 … 2, added up, modulo 11."""
    digits = [int(mark) for mark in text if mark.isdecimal()]
    check = -sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    # A check of 10 is never given out.
    return check == digits[9]
