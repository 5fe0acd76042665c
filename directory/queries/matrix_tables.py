"""Whether the tables behind the matrix can be read, and whether what was recorded still fits them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from sqlalchemy.orm import Session

from directory.geo.areas import areas
from directory.matrix.areas import Areas
from directory.queries.statements import every_named_area, statements
from directory.reference.collaboration_duty import read_scope
from directory.reference.files import BadDataFile
from directory.reference.gap_rules import read_gap_rules
from directory.reference.groups import groups, read_groups
from directory.reference.mapping import read_mapping
from directory.reference.named_areas import read_named_areas
from directory.reference.priority_weights import read_priority_weights
from directory.reference.support_types import read_support_types, support_types
from directory.reference.terms import read_terms, terms

# Each with the other tables as they ship, so that one that is wrong does not make all of them wrong.
TABLES: dict[str, Callable[[Path], object]] = {
    "terms.csv": read_terms,
    "groups.csv": lambda path: read_groups(path, terms("group_shown")),
    "support_types.csv": lambda path: read_support_types(path, groups(), terms("kind")),
    "type_mapping.csv": lambda path: read_mapping(path, support_types()),
    "gap_rules.csv": lambda path: read_gap_rules(path, terms("gap_rule"), support_types()),
    "priority_weights.csv": lambda path: read_priority_weights(path, terms("gap_component")),
    "duty_scope.csv": lambda path: read_scope(path, support_types()),
    "named_areas.csv": lambda path: read_named_areas(path, areas()),
}


def table_problems(folder: Path) -> list[str]:
    """The first problem of each table in a folder, with its file, line, column and remedy; none where all are right."""
    found = []
    for name, read in TABLES.items():
        try:
            read(folder / name)
        except BadDataFile as wrong:
            found.append(str(wrong))
        except OSError as missing:
            found.append(f"{name}: it cannot be read ({missing.strerror}).")
        except UnicodeDecodeError:
            found.append(f"{name}: it is not UTF-8. Save it as ‘CSV UTF-8’.")
    return found


def unmatched_statements(session: Session) -> list[str]:
    """Statements and named areas that were recorded under codes which the tables no longer have."""
    named = every_named_area(session)
    found = [
        f"Named area {area.code}: there is no authority {code}."
        for area in named
        for code in area.members
        if code not in areas()
    ]
    codes = {area.code for area in Areas(areas().values(), named)}
    for one in statements(session):
        found += _missing(one.id, one.support_type, support_types(), "support type")
        found += _missing(one.id, one.area_code, codes, "area")
    return found


def _missing(number: int, code: str, known: Collection[str], what: str) -> list[str]:
    return [] if code in known else [f"Statement {number}: there is no {what} {code}."]
