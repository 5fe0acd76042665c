"""A cell of a listing is told in the same words to whoever wrote it and to whoever looks twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from directory.actions.listing_row import COLUMN_NAMES
from directory.web.cell_words import cell_words, column_label


@pytest.fixture(autouse=True)
def request_of_somebody() -> Iterator[None]:
    site = Flask("words")
    Babel(site)
    with site.test_request_context():
        yield


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("url", "", []),
        ("free_to_person", "yes", ["Yes"]),
        ("free_to_person", "perhaps", ["perhaps"]),
        ("support_types", "G4.99", ["G4.99"]),
        ("alternate_name", "One; Two;", ["One", "Two"]),
        ("waiting_as_at", "2026-11-03", ["3 November 2026"]),
        ("waiting_as_at", "2026-11", ["November 2026"]),
        ("waiting_as_at", "soon", ["soon"]),
        ("waiting_note", "One line.\n\nAnother. ", ["One line.", "Another."]),
        ("contact_routes", "no such route", ["no such route"]),
        ("listing", "needs checking", ["needs checking"]),
        ("no_such_column", "=1+1", ["=1+1"]),
    ],
)
def test_a_cell_is_told_in_lines(column: str, cell: str, told: list[str]) -> None:
    assert cell_words(column, cell) == told


def test_what_is_not_certain_is_told_as_families_read_it() -> None:
    sure, unsure = cell_words("support_types", "G4.6;G4.7?")
    assert "certain" not in sure and unsure.endswith(" (possible, not certain)")


def test_every_column_has_words_of_its_own() -> None:
    labels = {name: column_label(name) for name in COLUMN_NAMES}
    # The names of the two columns that an import alone reads are words already.
    assert [name for name, label in labels.items() if name.replace("_", " ") == label] == [
        "source_groups",
        "source_types",
    ]
    assert len(set(labels.values())) == len(labels)
