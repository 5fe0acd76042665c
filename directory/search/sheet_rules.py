"""What may stand on a sheet of paper for one person: nothing that tells what another person needs.

A sheet may be left on a table or found in a bag. So it holds names and ways to reach people,
kinds of support in neutral words, and only such notes of a source as say nothing of abuse.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from directory.reference.support_types import support_types

_TELLING = re.compile(
    r"\b(?:\w*abus|sexual|sex\b|rap(?:e|ed|ist)|assault|exploit|incest|groom|harm|offen[cds]|violen|victi|surviv"
    r"|perpet|arrest|convict|prison|images?\b|trauma|forensic|sarc\b|isva|hsb\b|csa\b|cse\b|at risk\b)",
    re.IGNORECASE,
)


def says_much(text: str) -> bool:
    """Whether words tell, to anybody who reads them, what the help is about."""
    return _TELLING.search(text) is not None


def quiet_words(text: str) -> str:
    """The words as they are when they tell nobody anything; else ''."""
    return "" if says_much(text) else text


def quiet_address(address: str) -> str:
    """A web address without the part behind its host, where that part tells what the help is about."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not says_much(address.partition(parts.netloc)[2]):
        return address
    return f"{parts.scheme}://{parts.netloc}/"


def own_kinds(types: Iterable[tuple[str, bool]], groups: Collection[str]) -> dict[str, bool]:
    """Kind of support → is it certain, of the support types that belong to a person's own groups.

    types: (code of the working matrix, is it certain). Without groups every type counts:
    a kind ('helpline', 'advocacy') is shared by all groups and tells of none.
    """
    found: dict[str, bool] = {}
    for code, is_certain in types:
        each = support_types().get(code)
        if each is not None and (not groups or each.group in groups):
            found[each.kind] = found.get(each.kind, False) or is_certain
    return found
