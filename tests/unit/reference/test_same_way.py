"""A number that is held is found in a sentence however it is written there."""

from __future__ import annotations

import re

import pytest

from directory.reference.same_way import number_in_words

HELD = re.compile(number_in_words("01632960111"))


@pytest.mark.parametrize(
    "written",
    [
        "01632960111", "01632 960 111", "01632 (960) 111", "+44 (0)1632 960111", "0044 1632 960111",
        "01632/960/111", "01632, 960111", "01632,960,111", "01632\u200b960111", "0\u00ad1632 960\u2060111",
        "01632\u200e \u202a960111", "01632.960.111",
    ],
)  # fmt: skip
def test_every_way_of_writing_it_is_found(written: str) -> None:
    assert HELD.sub("…", f"Ring {written}, or write.") == "Ring …, or write."


@pytest.mark.parametrize(
    "other", ["01632 960112", "101632960111", "016329601110", "01632; 960111", "ages 16, 32"]
)
def test_another_number_stays(other: str) -> None:
    assert HELD.search(f"Ring {other}.") is None
