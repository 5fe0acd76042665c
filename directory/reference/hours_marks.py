"""The words of opening hours as marks: several words that say one thing are one, and days are the codes in store."""

from __future__ import annotations

import re

WHOLE_WEEK = "Mo-Su"
_WEEK = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAYS = {
    name: code
    for code, names in {
        "Mo": "mo mon mons monday mondays",
        "Tu": "tu tue tues tuesday tuesdays",
        "We": "wed weds wednesday wednesdays",
        "Th": "th thu thur thurs thursday thursdays",
        "Fr": "fr fri fris friday fridays",
        "Sa": "sa sat sats saturday saturdays",
        "Su": "su sun suns sunday sundays",
        "Mo-Fr": "weekday weekdays",
        "Sa-Su": "weekend weekends",
        WHOLE_WEEK: "daily everyday",
        "PH": "ph bh",
    }.items()
    for name in names.split()
}
# Longest first: what several words say together, as one mark.
_TOGETHER = (
    (r"24/7|(?:at )?any ?time|round the clock|always open|midnight to midnight", " allday "),
    (r"24 ?-?(?:hours?|hrs?)(?: (?:a|per|each|every) day)?", " allday "),
    (r"(?:7|seven) days(?: (?:a|per|each|every) week)?|every day(?: of the (?:week|year))?", " daily "),
    (r"all week|365(?: days(?: a year)?)?", " daily "),
    # 'We' alone might be Wednesday.
    (r"\bwe(?:'re| are)\b", " "),
    (r"(?:bank|public)(?: |-)holidays?|bank hols?", " ph "),
    (r"\b(?:other than|apart from|but not|excluding|excl|except(?: for| on)?|not on|not)\b(?! open)", " except "),
    (r"\b(?:as well as|including|incl|also on|plus)\b", " also "),
    (r"\b(?:not open|shut|closed)\b", " off "),
    (r"[–—−‒]|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill?\b", " - "),
    (r"[&+]|\band\b|(?<=[a-z])/(?=[a-z])", " and "),
)  # fmt: skip
# 'We' is Wednesday where a day in two letters stands beside it, and else whoever is open.
_CODE = "(mo|tu|th|fr|sa|su)"
_WEDNESDAY = ((rf"\b{_CODE}( *[,-] *)we\b", r"\1\2wed"), (rf"\bwe( *[,-] *){_CODE}\b", r"wed\1\2"))
NOISE = frozenset("open from on the our lines are is hours hrs hour at o'clock oclock every each all".split())
_TOKEN = re.compile(
    r"\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|noon)\b|\d{1,2}[:.]\d{2}|\d{4}|\d{1,2}|midnight|midday|noon|[a-z'’]+|[-;,()]|\S",
    re.ASCII,
)


def marks_of(typed: str) -> list[list[str]]:
    """The marks of each part of what was typed; a part ends at a semicolon or a full stop."""
    return [_TOKEN.findall(part) for part in re.split(r";|\.(?=\s|$)", _marked(typed))]


def single_days(code: str) -> frozenset[str]:
    """'Fr-Su' → Friday, Saturday, Sunday. Bank holidays stand for themselves."""
    first, _, last = code.partition("-")
    if not last:
        return frozenset({code})
    start, length = _WEEK.index(first), (_WEEK.index(last) - _WEEK.index(first)) % 7 + 1
    return frozenset(_WEEK[(start + day) % 7] for day in range(length))


def _marked(text: str) -> str:
    marked = text.casefold().replace("’", "'")
    marked = re.sub(r"(?<![a-z])([ap])\.?\s?m\b\.?", r"\1m", marked)
    marked = re.sub(r"\b(mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\.", r"\1", marked)
    for pattern, mark in (*_TOGETHER, *_WEDNESDAY):
        marked = re.sub(pattern, mark, marked, flags=re.ASCII)
    return marked
