"""Typed words travel sealed: nobody can read them, and nobody can make one up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import RuleBroken
from directory.security.seal import Seal

SEAL = Seal("only for tests: thirty-two characters or more")
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)


@given(WORDS)
def test_what_was_sealed_is_read_back(words: str) -> None:
    assert SEAL.open(SEAL.close(words)) == words


@given(WORDS.filter(lambda words: len(words) > 3))
def test_a_seal_shows_nothing_of_the_words(words: str) -> None:
    assert words not in SEAL.close(words)


def test_the_same_words_have_the_same_seal_and_another_key_another() -> None:
    assert SEAL.close("counselling") == SEAL.close("counselling")
    assert SEAL.close("counselling") != Seal("another key, also thirty-two letters").close("counselling")


def test_short_words_are_padded_to_one_length() -> None:
    assert len({len(SEAL.close(words)) for words in ("a", "isva", "counselling")}) == 1


@pytest.mark.parametrize(
    "sealed", ["a", "AAAA", "x" * 5000, "ééé", "=", SEAL.close("counselling")[:-2] + "AA"]
)
def test_a_seal_that_is_not_ours_is_refused(sealed: str) -> None:
    with pytest.raises(RuleBroken):
        SEAL.open(sealed)
