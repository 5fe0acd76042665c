"""The words of the directory: every code that a listing may carry, with its label. From data/terms.csv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from directory.reference.files import DATA, read_rows
from directory.tables_of_day import of_the_tables


@dataclass(frozen=True, slots=True)
class Term:
    """One code of one taxonomy. `label` is for people who work in the field, `plain` for everyone."""

    taxonomy: str
    code: str
    label: str
    plain: str
    note: str


def read_terms(path: Path) -> Mapping[str, Mapping[str, Term]]:
    """Taxonomy → code → term, in the file's order. Raises BadDataFile."""
    found: dict[str, dict[str, Term]] = {}
    for row in read_rows(path, ("taxonomy", "code", "label", "plain", "note")):
        term = Term(
            row.needed("taxonomy"), row.needed("code"), row.needed("label"), row.needed("plain"), row["note"]
        )
        terms_of = found.setdefault(term.taxonomy, {})
        if term.code in terms_of:
            raise row.wrong("code", f"The taxonomy {term.taxonomy!r} has this code already.")
        terms_of[term.code] = term
    return MappingProxyType({name: MappingProxyType(codes) for name, codes in found.items()})


@of_the_tables
def taxonomies() -> Mapping[str, Mapping[str, Term]]:
    """Every taxonomy of data/terms.csv."""
    return read_terms(DATA / "terms.csv")


def terms(taxonomy: str) -> Mapping[str, Term]:
    """The codes of one taxonomy, in the order in which to show them. Raises KeyError when there is none."""
    return taxonomies()[taxonomy]
