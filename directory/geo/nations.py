"""Which nation a postcode or a name belongs to, for places this directory does not cover."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

OutsideNation = Literal["scotland", "northern-ireland", "channel-islands", "isle-of-man"]
Nation = Literal["england", "wales"] | OutsideNation

_BY_CODE_LETTER: Mapping[str, Nation] = {
    "E": "england",
    "W": "wales",
    "S": "scotland",
    "N": "northern-ireland",
    "L": "channel-islands",
    "M": "isle-of-man",
}

# Postcode areas in which the ONS Postcode Directory of November 2025 has not one postcode of England or
# Wales; a test holds them to it. DG and TD straddle the border: there the postcode itself must say.
_BY_POSTCODE_AREA: Mapping[str, OutsideNation] = {
    **dict.fromkeys(
        ("AB", "DD", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "ZE"), "scotland"
    ),
    "BT": "northern-ireland",
    "GY": "channel-islands",
    "JE": "channel-islands",
    "IM": "isle-of-man",
}

# What people type for places outside, besides postcodes. Only these exact words, and
# only where no place of England and Wales bears the name.
_BY_NAME: Mapping[str, OutsideNation] = {
    **dict.fromkeys(
        (
            "scotland", "aberdeen", "dundee", "edinburgh", "falkirk", "glasgow", "inverness", "paisley",
            "perth", "stirling",
        ),
        "scotland",
    ),
    **dict.fromkeys(
        ("northern ireland", "armagh", "belfast", "derry", "lisburn", "londonderry", "newry"),
        "northern-ireland",
    ),
    **dict.fromkeys(
        ("channel islands", "alderney", "guernsey", "jersey", "sark", "st helier", "st peter port"),
        "channel-islands",
    ),
    "isle of man": "isle-of-man",
}  # fmt: skip

_LETTERS = re.compile(r"[A-Z]{1,2}")


def nation_of_authority(code: str) -> Nation | None:
    """The nation of an ONS authority code, or None for an empty one."""
    return _BY_CODE_LETTER.get(code[:1])


def nation_of_postcode_area(code: str) -> OutsideNation | None:
    """The nation of a postcode (capitals) by its first letters, where they lie wholly outside our two."""
    match = _LETTERS.match(code)
    return None if match is None else _BY_POSTCODE_AREA.get(match[0])


def nation_of_name(key: str) -> OutsideNation | None:
    """The nation outside ours that a name (as `names.key` gives it) stands for, or None."""
    return _BY_NAME.get(key)
