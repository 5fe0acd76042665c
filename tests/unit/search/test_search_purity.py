"""The search is pure: it can be loaded and used with a pencil, without a web framework or a database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from directory.reference.files import BadDataFile
from directory.search.synonyms import read_reviewed, synonyms
from directory.search.words import SMALL_WORDS, words_in

ROOT = Path(__file__).resolve().parents[3]


def test_importing_the_search_loads_no_web_framework_no_database_and_no_map() -> None:
    loads = (
        "import sys, directory.search, directory.search.index, directory.search.synonyms\n"
        "print(sorted({'flask', 'werkzeug', 'sqlalchemy', 'folium', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", loads], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_synonyms_that_ship_can_be_read_and_are_as_people_type_them() -> None:
    table = synonyms()
    assert table["isva"][0] == "independent sexual violence adviser"
    assert "child" in table["daughter"]
    for typed, meanings in table.items():
        assert words_in(typed) == [typed]
        assert typed not in meanings


HEADER = "typed,means,read_as,groups,kinds,forms,alone,reason"


def table_of(folder: Path, *rows: str, encoding: str = "utf-8") -> Path:
    """A file of reviewed rows."""
    file = folder / "synonyms.csv"
    file.write_text("\n".join((HEADER, *rows, "")), encoding=encoding)
    return file


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        (["two words,child,,,,,,why"], "typed"),
        ([",child,,,,,,why"], "typed"),
        (["for,child,,,,,,why"], "typed"),
        (["for my,,,children,,,,why"], "typed"),
        (["a b c d e f g,,,children,,,,why"], "typed"),
        (["kid,,,,,,,why"], "means"),
        (["kid,for my,,,,,,why"], "means"),
        (["kid,child;.,,,,,,why"], "means"),
        (["kid,child,,,,,,why", "Kid,youth,,,,,,why"], "typed"),
        (["kid,child,,,,,,"], "reason"),
        (["kidd,child,kid,,,,,why"], "read_as"),
        (["kidd,,two kids,,,,,why"], "read_as"),
        (["kid,,,everyone,,,,why"], "groups"),
        (["kid,,,,magic,,,why"], "kinds"),
        (["kid,,,,,elsewhere,,why"], "forms"),
        (["kid,,,children,,,perhaps,why"], "alone"),
    ],
)
def test_a_row_that_could_never_work_is_refused_with_its_line(
    tmp_path: Path, rows: list[str], column: str
) -> None:
    with pytest.raises(BadDataFile, match=r"synonyms.csv, line [23]") as caught:
        read_reviewed(table_of(tmp_path, *rows))
    assert caught.value.column == column


def test_a_synonym_is_read_folded_with_all_its_meanings(tmp_path: Path) -> None:
    file = table_of(
        tmp_path,
        "ISVA,Independent Sexual-Violence Adviser; Advocate,,,advocacy,,,why",
        encoding="utf-8-sig",
    )
    assert read_reviewed(file).meanings == {"isva": ("independent sexual violence adviser", "advocate")}


def test_small_words_are_folded_so_that_they_can_be_met() -> None:
    assert all(words_in(word) == [word] for word in SMALL_WORDS)
