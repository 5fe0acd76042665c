"""The search is pure: it can be loaded and used with a pencil, without a web framework or a database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from directory.search.synonyms import read_synonyms, synonyms
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


@pytest.mark.parametrize(
    "row",
    ["two words,child", ",child", "for,child", "kid,", "kid,for my", "kid,child;.", "kid,child\nKid,youth"],
)
def test_a_synonym_that_could_never_work_is_refused_with_its_line(tmp_path: Path, row: str) -> None:
    file = tmp_path / "synonyms.csv"
    file.write_text(f"typed,means\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"synonyms.csv, line [23], column (typed|means)"):
        read_synonyms(file)


def test_a_synonym_is_read_folded_with_all_its_meanings(tmp_path: Path) -> None:
    file = tmp_path / "synonyms.csv"
    file.write_text("typed,means\nISVA,Independent Sexual-Violence Adviser; Advocate\n", encoding="utf-8-sig")
    assert read_synonyms(file) == {"isva": ("independent sexual violence adviser", "advocate")}


def test_small_words_are_folded_so_that_they_can_be_met() -> None:
    assert all(words_in(word) == [word] for word in SMALL_WORDS)
