"""Whether the place of a service must be kept to itself.

A confidential service has no point, distance, postcode, town or address in anything
that leaves this site. The rule errs on the side of keeping a place secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from directory.reference.support_types import support_types

CONFIDENTIAL_GROUPS = frozenset({"G7", "G8"})
"""Adults who may harm, or have harmed, a child: people who come and people who work there are at risk."""

CONFIDENTIAL_SUPPORT_TYPES = frozenset({"G2.13", "G5.9"})
"""Homes for children: therapeutic placements, and residential care for harmful sexual behaviour."""

_PLACE_WORDS = re.compile(r"\b(refuges?|safe houses?|children[’']?s[’']? homes?)\b", re.IGNORECASE)


def is_confidential(
    *,
    said: bool | None,
    groups: Iterable[str],
    support_type_codes: Iterable[str],
    words: str = "",
) -> bool:
    """Whether to show no place at all.

    said: what the organisation or its source says: True (keep it secret), False
      (it shows the place itself), None (nothing). What was said wins.
    groups, support_type_codes: certain and possible ones; a '?' at the end is let pass.
    words: the service's name and other names, in which a refuge or a home may be named.

    Raises KeyError for a support type that there is not.
    """
    if said is not None:
        return said
    if CONFIDENTIAL_GROUPS & {code.rstrip("?") for code in groups}:
        return True
    types = {support_types()[code.rstrip("?")] for code in support_type_codes}
    if any(each.kind == "residential" or each.code in CONFIDENTIAL_SUPPORT_TYPES for each in types):
        return True
    return _PLACE_WORDS.search(words) is not None
