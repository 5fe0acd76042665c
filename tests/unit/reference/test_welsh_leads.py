"""In Wales the words and leads are Welsh ones, each with its reason and its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.reference.files import BadDataFile
from directory.reference.support_types import support_types
from directory.reference.welsh_leads import leads_in, leads_of, read_welsh_leads, welsh_leads

HEADER = "english,welsh,reason,source,read_on\n"
ENGLISH_ONLY = (
    "integrated care board",
    "safeguarding children partnership",
    "NHS England",
    "local policing body",
)


def test_no_type_names_an_english_body_in_wales() -> None:
    for one in support_types().values():
        leads = " ; ".join(leads_in(one.usual_commissioner, is_welsh=True))
        assert [words for words in ENGLISH_ONLY if words in leads] == [], one.code


def test_england_keeps_the_words_of_the_table() -> None:
    for one in support_types().values():
        assert leads_in(one.usual_commissioner, is_welsh=False) == leads_of(one.usual_commissioner)


def test_each_line_says_why_and_how_we_know() -> None:
    for lead in welsh_leads().values():
        assert lead.reason.endswith(".") and "http" in lead.source


def test_a_body_that_stands_for_two_is_named_once() -> None:
    doubled = "integrated care board (NHS); integrated care board (NHS)"
    assert leads_in(doubled, is_welsh=True) == ("local health board",)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("county hall,council,Because.,A source,2026-11-26", "english"),
        ("schools,,Because.,A source,2026-11-26", "welsh"),
        ("schools,schools,,A source,2026-11-26", "reason"),
        ("schools,schools,Because.,,2026-11-26", "source"),
        ("schools,schools,Because.,A source,yesterday", "read_on"),
        ("schools,a,B.,C,2026-11-26\nschools,a,B.,C,2026-11-26", "english"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, column: str) -> None:
    path = tmp_path / "welsh_leads.csv"
    path.write_text(f"{HEADER}{line}\n", encoding="utf-8")
    with pytest.raises(BadDataFile) as raised:
        read_welsh_leads(path, {"schools"})
    assert raised.value.column == column
