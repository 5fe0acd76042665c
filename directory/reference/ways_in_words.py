"""Telephone numbers and websites in the middle of what somebody writes, where nobody would check them."""

from __future__ import annotations

import re

from directory.reference.telephones import is_number

_DIGITS = re.compile(r"\+?\(?\d[\d ()\-]{4,22}\d")
_WEBSITE = re.compile(
    r"https?://|\bwww\.|\b[a-z0-9\-]+\.(?:co|com|org|net|uk|gov|nhs|info|wales|cymru|charity)\b",
    re.IGNORECASE,
)


def way_in(text: str) -> str:
    """'a telephone number', 'a website', or '' where there is neither."""
    if any(is_number(found.group().replace("+44", "0")) for found in _DIGITS.finditer(text)):
        return "a telephone number"
    return "a website" if _WEBSITE.search(text) else ""
