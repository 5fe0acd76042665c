"""Who would usually pay for a support type or provide it, as codes. From data/support_types.csv and data/terms.csv."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from directory.reference.files import split
from directory.reference.support_types import support_types
from directory.reference.terms import terms
from directory.tables_of_day import of_the_tables


@of_the_tables
def commissioners_of() -> Mapping[str, tuple[str, ...]]:
    """Support type → codes of the taxonomy `commissioner`, the first named first.

    The table of support types names them in words; the note of a term is the word. Raises KeyError
    for a word that no term has.
    """
    code_of = {term.note: code for code, term in terms("commissioner").items()}
    return MappingProxyType(
        {
            code: tuple(code_of[word] for word in split(row.usual_commissioner))
            for code, row in support_types().items()
        }
    )
