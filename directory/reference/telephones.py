"""Telephone numbers of the United Kingdom, long and short."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import shortnumberinfo

RELAY_PREFIX = "18001"
"""Dialled before a number to reach it through Relay UK."""

# Kept by Ofcom for drama and examples; no one has them.
_FOR_DRAMA = re.compile(r"01632960\d{3}|07700900\d{3}|02079460\d{3}|08081570\d{3}|03069990\d{3}")


def is_number(text: str) -> bool:
    """Whether this could be dialled here: valid, short (999, 116 123), or kept for examples."""
    if re.fullmatch(r"\+?[0-9 ()\-]{3,24}", text) is None:
        return False
    if is_for_drama(text):
        return True
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number) or shortnumberinfo.is_valid_short_number_for_region(
        number, "GB"
    )


@lru_cache(maxsize=20_000)
def digits_to_dial(text: str) -> str:
    """'(01632) 960001' → '01632960001'. Of what is more than a number the first part: '111, then option 2' → '111'."""
    number = text if is_number(text) else text.split(",")[0].split("(")[0]
    return re.sub(r"[^0-9+]", "", number)


def is_relay_number(text: str) -> bool:
    """Whether this is a number with the Relay UK prefix, or 18000 (emergencies by text relay)."""
    digits = re.sub(r"\s", "", text)
    return digits == "18000" or (
        digits.startswith(RELAY_PREFIX) and is_number(digits.removeprefix(RELAY_PREFIX))
    )


def is_for_drama(text: str) -> bool:
    """Whether the number is one of those that Ofcom keeps for examples: never a real service's."""
    return _FOR_DRAMA.fullmatch(re.sub(r"\D", "", text)) is not None
