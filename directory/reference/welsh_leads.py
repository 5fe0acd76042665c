"""Who would usually pay or provide in Wales, where that is another body than in England. From data/welsh_leads.csv."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from directory.reference.dates import read_day
from directory.reference.files import DATA, read_rows, split
from directory.reference.support_types import support_types
from directory.tables_of_day import of_the_tables


@dataclass(frozen=True, slots=True)
class WelshLead:
    """One line. english: the words of data/support_types.csv; welsh: the body in Wales. reason, source: how we know."""

    english: str
    welsh: str
    reason: str
    source: str
    read_on: date


def read_welsh_leads(path: Path, english: Collection[str]) -> Mapping[str, WelshLead]:
    """English words → the line about them, in the file's order. Raises BadDataFile.

    english: the words that the support types use; a line about others would never be shown.
    """
    found: dict[str, WelshLead] = {}
    for row in read_rows(path, ("english", "welsh", "reason", "source", "read_on")):
        words = row.one_of("english", frozenset(english))
        if words in found:
            raise row.wrong("english", "This body is there already.")
        found[words] = WelshLead(
            words, row.needed("welsh"), row.needed("reason"), row.needed("source"), read_day(row, "read_on")
        )
    return MappingProxyType(found)


@of_the_tables
def welsh_leads() -> Mapping[str, WelshLead]:
    """The lines that ship."""
    english = {lead for one in support_types().values() for lead in leads_of(one.usual_commissioner)}
    return read_welsh_leads(DATA / "welsh_leads.csv", english)


def leads_of(usual_commissioner: str) -> tuple[str, ...]:
    """The bodies named in a support type's column."""
    return split(usual_commissioner)


def leads_in(usual_commissioner: str, *, is_welsh: bool) -> tuple[str, ...]:
    """Who would usually pay or provide, each body once."""
    english = leads_of(usual_commissioner)
    if not is_welsh:
        return english
    known = welsh_leads()
    return tuple(dict.fromkeys(known[lead].welsh if lead in known else lead for lead in english))
