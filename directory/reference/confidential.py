"""Whether the place of a service must be kept to itself.

A confidential service has no point, distance, postcode, town or address in anything
that leaves this site. The rule errs on the side of keeping a place secret.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from directory.reference.support_types import support_types

CONFIDENTIAL_GROUPS = frozenset({"G7", "G8"})
"""Adults who may harm, or have harmed, a child: people who come and people who work there are at risk."""

CONFIDENTIAL_SUPPORT_TYPES = frozenset({"G2.13", "G5.9"})
"""Homes for children: therapeutic placements, and residential care for harmful sexual behaviour."""

_PLACE = r"(?:refuges?|safe[\s-]*houses?|children[’'‘]?s[’'‘]?\s+homes?|lloches(?:au)?)"
_PLACE_WORDS = re.compile(rf"\b{_PLACE}\b", re.IGNORECASE)
# A description names many things that a service is not: 'helps people in refuges'. It counts only
# where it begins with what the service is: 'A refuge…', 'A women's refuge…', 'Refuge for…', 'Lloches i…'.
_IS_SUCH_A_PLACE = re.compile(
    rf"\s*(?:(?:an?|the|our)\s+(?:(?:women|men|girls|boys|emergency|specialist|confidential)(?:[’'‘]?s?)?\s+)?"
    rf"{_PLACE}\b|{_PLACE}\s+(?:for|i)\b)",
    re.IGNORECASE,
)


def folded(text: str) -> str:
    """The text with letters and spaces that only look different made alike, and marks nobody sees left out.

    'ＰＥ２８' is read as 'PE28', and so is a 'PE28' with a soft hyphen or a joiner of no width in it.
    """
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text)
    return "".join(mark for mark in plain if unicodedata.category(mark) != "Cf")


def is_confidential(
    *,
    said: bool | None,
    groups: Iterable[str],
    support_type_codes: Iterable[str],
    words: str = "",
    description: str = "",
) -> bool:
    """Whether to show no place at all.

    said: what the organisation or its source says: True (keep it secret), False
      (it shows the place itself), None (nothing). What was said wins.
    groups, support_type_codes: certain and possible ones; a '?' at the end is let pass.
    words: the service's name and other names, in which a refuge or a home may be named.
    description: counts only when it begins by saying that the service is such a place, as
      'A refuge' or 'Refuge for' do; what it says of refuges further on is about others.

    Raises KeyError for a support type that there is not.
    """
    if said is not None:
        return said
    if CONFIDENTIAL_GROUPS & {code.rstrip("?") for code in groups}:
        return True
    types = {support_types()[code.rstrip("?")] for code in support_type_codes}
    if any(each.kind == "residential" or each.code in CONFIDENTIAL_SUPPORT_TYPES for each in types):
        return True
    return _PLACE_WORDS.search(folded(words)) is not None or (
        _IS_SUCH_A_PLACE.match(folded(description)) is not None
    )
