"""Numbers that are written out in words, as somebody reads a telephone number aloud: 'double oh one, thirty-two'."""

from __future__ import annotations

import re

_DIGITS = {
    word: str(digit) for digit, word in enumerate("zero one two three four five six seven eight nine".split())
} | {"oh": "0", "nought": "0"}
_TEENS = {
    word: str(number)
    for number, word in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), 10
    )
}
_TENS = {
    word: str(ten)
    for ten, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_TIMES = {"double": 2, "treble": 3, "triple": 3}

_DIGIT = rf"(?:{'|'.join(_DIGITS)})"
_SPELLED = re.compile(
    rf"\b(?:(?P<times>{'|'.join(_TIMES)})[\s-]+(?P<repeated>{_DIGIT}|\d)"
    rf"|(?P<hundreds>{_DIGIT})[\s-]+hundred"
    rf"|(?P<tens>{'|'.join(_TENS)})(?:[\s-]+(?P<unit>{_DIGIT}))?"
    rf"|(?P<teen>{'|'.join(_TEENS)})|(?P<digit>{_DIGIT}))\b",
    re.IGNORECASE,
)


def in_figures(text: str) -> str:
    """The text with figures for numbers in words: 'double oh one' → '00 1', 'thirty-two' → '32'."""
    return _SPELLED.sub(_figures, text)


def _figures(found: re.Match[str]) -> str:
    part = {name: word.casefold() for name, word in found.groupdict().items() if word}
    if "times" in part:
        return _DIGITS.get(part["repeated"], part["repeated"]) * _TIMES[part["times"]]
    if "hundreds" in part:
        return _DIGITS[part["hundreds"]] + "00"
    if "tens" in part:
        return _TENS[part["tens"]] + _DIGITS.get(part.get("unit", ""), "0")
    return _TEENS[part["teen"]] if "teen" in part else _DIGITS[part["digit"]]
