"""The codes a cell may hold, looked up however they are spelled: 'Web chat', 'web-chat', 'web_chat'."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from directory.actions.problem import Refused, shown
from directory.reference.groups import groups
from directory.reference.mapping import GROUPS_OF_SOURCE_GROUP, type_mapping
from directory.reference.support_types import support_types
from directory.reference.terms import terms

# Tags of a service: column of the file → (taxonomy of the stored attribute, vocabulary of its codes).
TAG_COLUMNS: Mapping[str, tuple[str, str]] = {
    "groups": ("group", "groups"),
    "support_types": ("support_type", "support_types"),
    "source_groups": ("source_group", "source_groups"),
    "source_types": ("source_type", "source_types"),
    "forms_of_abuse": ("form", "form"),
    "only_for": ("only_for", "specialism"),
    "adapted_for": ("adapted_for", "specialism"),
    "modes": ("mode", "mode"),
    "referral_routes": ("referral", "referral"),
    "languages": ("language", "language"),
    "accessibility": ("access", "access"),
}

FIXED: Mapping[str, tuple[str, ...]] = {
    "status": ("active", "inactive", "defunct", "temporarily closed"),
    "listing": ("listed", "needs checking"),
    "waiting": ("none", "open", "closed"),
    "precision": ("exact", "town", "confidential"),
    "inclusion": ("included", "pending", "excluded"),
    "inclusion profile": ("first profile", "wider profile"),
    "confidence": ("high", "medium", "low"),
    "yes_no": ("yes", "no", "not known"),
    # As the sources' rows name them; data/type_mapping.csv is written in these words.
    "source_groups": tuple(GROUPS_OF_SOURCE_GROUP),
}


@cache
def codes(vocabulary: str) -> tuple[str, ...]:
    """The codes of a vocabulary, in the order in which they are kept."""
    if vocabulary in FIXED:
        return FIXED[vocabulary]
    if vocabulary == "groups":
        return tuple(groups())
    if vocabulary == "support_types":
        return tuple(support_types())
    if vocabulary == "source_types":
        return tuple(dict.fromkeys(source_type for source_type, _source_group in type_mapping()))
    return tuple(terms(vocabulary))


@cache
def _spellings(vocabulary: str) -> dict[str, str]:
    return {_plain(code): code for code in codes(vocabulary)}


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text.strip()).casefold()


@cache
def code_of(vocabulary: str, text: str) -> str:
    """The code meant by a text. Raises Refused with what is allowed, or what may have been meant."""
    code = _spellings(vocabulary).get(_plain(text))
    if code is not None:
        return code
    allowed = codes(vocabulary)
    if len(allowed) <= 20:
        raise Refused(f"{shown(text)} is not one of our codes.", f"Write one of: {', '.join(allowed)}.")
    near = get_close_matches(text, allowed, n=3, cutoff=0.5)
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    raise Refused(f"{shown(text)} is not one of our codes.", f"The codes are in the files in data/.{meant}")
