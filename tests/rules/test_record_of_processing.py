"""Every field that is kept about people stands in docs/record_of_processing.md."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Table

from directory.config import ROOT
from directory.models.tables import METADATA

RECORD = (ROOT / "docs" / "record_of_processing.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", RECORD, flags=re.MULTILINE | re.DOTALL))
# A column of one of these names tells of a person, as does one that leads to an account.
ABOUT_PEOPLE = frozenset({"role", "email", "email_hash", "network_hash", "to_address", "account_id", "words"})


def tells_of_people(table: Table) -> bool:
    """Whether a row may be traced to somebody."""
    to_accounts = any(key.column.table.name == "account" for key in table.foreign_keys)
    return to_accounts or table.name == "account" or bool(ABOUT_PEOPLE & set(table.columns.keys()))


# A contact is a role unless the organisation chooses a name, and words of a listing may name somebody.
MAY_NAME_A_CONTACT = frozenset({"contact_route", "import_record", "location", "organisation", "service"})
PERSONAL = sorted(
    table.name
    for table in METADATA.tables.values()
    if tells_of_people(table) or table.name in MAY_NAME_A_CONTACT
)


@pytest.mark.parametrize("name", PERSONAL)
def test_every_column_of_a_table_that_knows_people_is_in_the_record(name: str) -> None:
    assert name in SECTIONS, f"docs/record_of_processing.md has no section for {name}"
    named = set(re.findall(r"`(\w+)`", "\n".join(row.split("|")[1] for row in rows(SECTIONS[name]))))
    assert named == set(METADATA.tables[name].columns.keys())


def test_the_record_tells_of_no_table_that_is_not_there() -> None:
    assert set(SECTIONS) == set(PERSONAL)


def test_every_line_of_the_record_says_what_how_long_and_who_sees_it() -> None:
    lines = [row for section in SECTIONS.values() for row in rows(section)]
    assert len(lines) > len(PERSONAL)
    assert [row for row in lines if not all(cell.strip() for cell in row.split("|")[1:5])] == []


def test_every_function_and_file_that_the_record_and_the_assessment_name_is_there() -> None:
    text = RECORD + (ROOT / "docs" / "dpia.md").read_text(encoding="utf-8")
    for path in set(re.findall(r"`((?:\w+/)+\w+\.py)`", text)):
        assert (ROOT / path).is_file() or (ROOT / "directory" / path).is_file(), path


def rows(section: str) -> list[str]:
    """The lines of its table, without the head."""
    return [line for line in section.splitlines() if line.startswith("|")][2:]
