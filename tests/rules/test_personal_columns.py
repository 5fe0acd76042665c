"""What is kept about people, held against what docs/record_of_processing.md says of it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Table

from directory.config import ROOT
from directory.models.base import Base

RECORD = (ROOT / "docs" / "record_of_processing.md").read_text(encoding="utf-8")
# Tables with an address, or with what somebody wrote, that point at no account.
ALSO = frozenset({"account", "sign_in_attempt"})


def written() -> dict[str, set[str]]:
    """Table → the fields that the record names."""
    found: dict[str, set[str]] = {}
    for table, fields in re.findall(r"^\| `(\w+)` \| (.*?) \| ", RECORD, re.MULTILINE):
        found.setdefault(table, set()).update(re.findall(r"`(\w+)`", fields))
    return found


def about_people() -> list[Table]:
    """Every table that holds or points at an account."""
    return [
        table
        for table in Base.metadata.sorted_tables
        if table.name in ALSO or any(key.column.table.name == "account" for key in table.foreign_keys)
    ]


@pytest.mark.parametrize("table", about_people(), ids=lambda table: table.name)
def test_every_field_about_people_stands_in_the_record(table: Table) -> None:
    held = {column.name for column in table.columns}
    named = written().get(table.name, set())
    assert held - named == set(), f"write down in docs/record_of_processing.md: {sorted(held - named)}"
    assert named - held == set(), f"no longer in the table: {sorted(named - held)}"


def test_the_record_names_no_table_that_is_gone() -> None:
    assert set(written()) <= set(Base.metadata.tables)
    assert len(about_people()) > 15
