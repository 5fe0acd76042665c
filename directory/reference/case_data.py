"""Marks of one person's case in a text: what a statement about an area must never hold.

A person's name cannot be known from words alone; those who write are asked to leave names out.
What only may be of one case is pointed out by `case_hints.py`.
"""

from __future__ import annotations

import re
from datetime import date

from directory.reference.hours import today_in_london

NHS_NUMBER = "an NHS number"
DATE_OF_BIRTH = "a date of birth"
NUMBERED_DAY = "a date of birth (of any other day, write the month as a word)"
"""A day in figures, long enough ago that somebody who is helped today may have been born on it."""
ABOUT_ONE_PERSON = frozenset({NHS_NUMBER, DATE_OF_BIRTH, NUMBERED_DAY})
"""What may stand nowhere; an e-mail address and a postcode of a service have places of their own."""

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|(?-i:May|MAY)|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
"""A month as a word, for patterns that ignore capitals: 'may' is mostly a verb."""
_DAY_IN_FIGURES = r"\d{1,2} ?[./\-\u2013] ?\d{1,2} ?[./\-\u2013] ?(?:\d{4}|\d{2})"
DAY_OR_YEAR = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? ?(?:of )?{MONTH}|{MONTH} \d|{_DAY_IN_FIGURES}|\d{{1,2}}[./\-]\d{{1,2}}\b"
    r"|(?:19|20)\d\d\b)"
)
_NEARLY_A_LIFE, _A_YEAR = 100, 1

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TEN_DIGITS = re.compile(r"(?<!\d)\d(?:[ \u00a0]?[./\-\u2010-\u2015]?[ \u00a0]?\d){9}(?!\d)")
_POSTCODE = re.compile(
    r"(?<![A-Z0-9])[A-Z]{1,2}[0-9][A-Z0-9]?[ \u00a0]?[0-9][A-Z]{2}(?![A-Z0-9])", re.IGNORECASE
)
# A day of birth is told by a figure or a month that follows: 'we ask for your date of birth' tells nobody's.
_BORN = re.compile(
    r"(?<![A-Z])(?:"
    + "|".join(
        (
            r"(?:D\.? ?O\.? ?B\b|dates?[ \-]of[ \-]birth\b|birth[ \-]?dates?\b)\W{0,4}"
            rf"(?:(?:is|was|are|of|on|in|the|about)\W{{1,3}}){{0,3}}(?:\d|{MONTH})",
            rf"born (?:on |in )?(?:the )?(?:\d|{MONTH} \d)",
            rf"birth[ \-]?days?\b\W{{0,3}}(?:(?:is|was|on|in|the)\W){{0,3}}{DAY_OR_YEAR}",
            rf"b\.? ?(?:{_DAY_IN_FIGURES}|\d{{1,2}}(?:st|nd|rd|th)? {MONTH} (?:19|20)\d\d)",
            r"b\. ?(?:19|20)\d\d\b",
        )
    )
    + ")",
    re.IGNORECASE,
)
# Not within a longer row of figures.
_IN_FIGURES = re.compile(
    r"(?<![\d.,/\-\u2013])(?<!\d:)(?<![a-z§£])"
    r"(?P<day>\d{1,2})(?P<sign> ?[./\-\u2013] ?)(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})"
    r"(?![./\-\u2013]?\d)(?![a-z])",
    re.IGNORECASE,
)
# What stands before the number of a section or a home, before ages and before a ratio.
_NO_DAY_AFTER = re.compile(
    r"\b(?:section|version|paragraph|chapter|step|flat|unit|ages?|aged|years|ratios?)(?: of)?:? ?$",
    re.IGNORECASE,
)


def case_data_in(text: str, today: date | None = None) -> str:
    """What of a person's case a text holds, in words ('an NHS number'); '' where nothing is found.

    today: the date in London, which is looked up where it is not given.
    """
    if any(_is_nhs_number(match[0]) for match in _TEN_DIGITS.finditer(text)):
        return NHS_NUMBER
    if _EMAIL.search(text):
        return "an e-mail address"
    if _BORN.search(text):
        return DATE_OF_BIRTH
    if any(_may_be_of_birth(match, today) for match in _IN_FIGURES.finditer(text)):
        return NUMBERED_DAY
    return "a postcode" if _POSTCODE.search(text) else ""


def may_be_of_birth(day: date, today: date) -> bool:
    """Whether somebody who is helped today may have been born then: more than a year ago, within a long life."""
    return _A_YEAR * 365 < (today - day).days <= _NEARLY_A_LIFE * 366


def _may_be_of_birth(found: re.Match[str], today: date | None) -> bool:
    if _NO_DAY_AFTER.search(found.string, max(0, found.start() - 20), found.start()):
        return False
    now = today or today_in_london()
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 2000 if 2000 + year <= now.year else 1900
    try:
        return may_be_of_birth(date(year, int(found["month"]), int(found["day"])), now)
    except ValueError:
        return False  # No such day: a mark, or the hours of a week.


def _is_nhs_number(text: str) -> bool:
    """Ten digits whose last is the check on the others: each times 10 … 2, added up, modulo 11."""
    digits = [int(mark) for mark in text if mark.isdecimal()]
    check = -sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    # A check of 10 is never given out.
    return check == digits[9]
