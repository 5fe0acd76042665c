"""The words of the site: none of those that the field asks us to avoid, in anything a person may read.

A hit says which word to use instead. What is a name or a quotation may keep its
words: see the list in directory/reference/wording.py.
"""

from __future__ import annotations

import csv
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.reference.wording import check_wording

ROOT = Path(__file__).parents[2]

# The rules themselves have to name what they look for.
RULES_FILE = "directory/reference/wording.py"

# Words that visitors may type and that a search must understand, whatever we would say ourselves.
TYPED_BY_VISITORS = {"synonyms.csv"}

# Names and addresses belong to those who gave them; a source note says what its source says.
NOT_OUR_WORDS = {
    "organisation",
    "name",
    "alternate_name",
    "source_name",
    "source_note",
    "source_url",
    "organisation_url",
    "url",
    "page_url",
    "source_types",
    "source_groups",
}

ADDRESS = re.compile(r"https?://\S+|\S+@\S+")


def visible_text_of_table(path: Path) -> Iterator[tuple[str, str]]:
    """(where, text) of each cell in our own words."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        for cells in reader:
            for column, text in cells.items():
                if column not in NOT_OUR_WORDS and text:
                    yield f"line {reader.line_num}, {column}", text


def text_of_code(source: str) -> Iterator[tuple[str, str]]:
    """(where, text) of each string, comment and name in Python source; names are read as words."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in (tokenize.STRING, tokenize.COMMENT):
            yield f"line {token.start[0]}", token.string
        elif token.type == tokenize.NAME:
            yield f"line {token.start[0]}", token.string.replace("_", " ")


def text_of_lines(source: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(source.splitlines(), start=1):
        yield f"line {number}", line


def text_of_catalogue(source: str) -> Iterator[tuple[str, str]]:
    """Only what is to be translated: translations into other languages have rules of their own."""
    to_translate = False
    for number, line in enumerate(source.splitlines(), start=1):
        if line.startswith("msg"):
            to_translate = line.startswith("msgid")
        if to_translate:
            yield f"line {number}", line


def hits(texts: Iterator[tuple[str, str]]) -> list[str]:
    return [
        f"{where}: {finding.message}"
        for where, text in texts
        for finding in check_wording(ADDRESS.sub(" ", text))
    ]


def files(*patterns: str) -> list[str]:
    found = {
        path.relative_to(ROOT).as_posix()
        for pattern in patterns
        for path in ROOT.glob(pattern)
        if path.is_file()
    }
    return sorted(found - {RULES_FILE})


@pytest.mark.parametrize(
    "name", [name for name in files("data/*.csv") if Path(name).name not in TYPED_BY_VISITORS]
)
def test_tables_use_the_words_of_the_field(name: str) -> None:
    assert hits(visible_text_of_table(ROOT / name)) == []


def test_code_uses_the_words_of_the_field() -> None:
    found = [
        f"{name}, {hit}"
        for name in files("directory/**/*.py")
        for hit in hits(text_of_code((ROOT / name).read_text(encoding="utf-8")))
    ]
    assert found == []


def test_templates_scripts_and_notes_use_the_words_of_the_field() -> None:
    found = [
        f"{name}, {hit}"
        for name in files("templates/**/*", "directory/static/js/*.js", "data/README.md", "README.md")
        for hit in hits(text_of_lines((ROOT / name).read_text(encoding="utf-8")))
    ]
    assert found == []


def test_catalogues_use_the_words_of_the_field() -> None:
    found = [
        f"{name}, {hit}"
        for name in files("*.pot", "directory/**/*.pot", "directory/**/*.po", "translations/**/*.po*")
        for hit in hits(text_of_catalogue((ROOT / name).read_text(encoding="utf-8")))
    ]
    assert found == []


def test_the_lint_sees_a_word_in_each_kind_of_file(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("id,description\n1,Help after a disclosure\n", encoding="utf-8")
    assert hits(visible_text_of_table(table)) == [
        "line 2, description: Instead of “disclosure” use “tell, telling”."
    ]
    assert len(hits(text_of_code('"""A perpetrator."""\nabuser_count = 1  # minors\n'))) == 3
    assert len(hits(text_of_lines("<p>\n{{ _('Young people') }}</p>"))) == 1
    assert len(hits(text_of_catalogue('msgid "No further action"\nmsgstr "victim"\n'))) == 1
