"""Everything translators need is found: templates, Python, and the labels in data files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from directory.config import ROOT
from scripts.babel_csv import extract


def test_labels_of_a_data_file_are_found_with_their_lines() -> None:
    table = io.BytesIO('\ufeffcode,label,plain\na,Advocacy,\nb,"Help, early",Help while small\n'.encode())
    found = list(extract(table, {}, [], {"columns": "label plain"}))
    assert found == [
        (2, "gettext", "Advocacy", []),
        (3, "gettext", "Help, early", []),
        (3, "gettext", "Help while small", []),
    ]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="plain"):
        list(extract(io.BytesIO(b"code,label\na,b\n"), {}, [], {"columns": "label plain"}))


def test_the_catalogue_holds_words_of_every_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    catalogue = tmp_path / "messages.pot"
    arguments = [
        "pybabel",
        "-q",
        "extract",
        "-F",
        "babel.cfg",
        "-k",
        "lazy_gettext",
        "-k",
        "_l",
        "-o",
        str(catalogue),
    ]
    CommandLineInterface().run([*arguments, "."])
    with catalogue.open("rb") as file:
        ids = {message.id for message in read_po(file)}
    # From a template, from Python, and from data/terms.csv.
    assert {"Exit this page", "date not known", "Group or peer support"} <= ids
