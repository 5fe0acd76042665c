"""What people type becomes filters they can see and take off; what is not understood stays words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.reference.terms import terms
from directory.search.synonyms import FACETS, reviewed
from directory.search.types import Facet, Query, Section
from directory.search.understanding import SKIPPED, understand
from directory.search.words import SMALL_WORDS, words_in
from tests.unit.search.example_listings import AREA, ids, index_of, national, search

GROUP, KIND, FORM = Facet.GROUP, Facet.KIND, Facet.FORM


def read(text: str) -> dict[Facet, set[str]]:
    return {facet: set(values) for facet, values in understand(text, reviewed()).chosen.items()}


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("counselling for my son", {KIND: {"therapy"}, GROUP: {"children", "parents"}}),
        ("he was arrested for images", {GROUP: {"families"}, FORM: {"online"}}),
        ("My husband's been arrested", {GROUP: {"families"}}),
        ("my husband has been arrested", {GROUP: {"families"}}),
        ("sibling abuse", {FORM: {"sibling"}}),
        ("abused by my brother", {FORM: {"sibling"}}),
        ("ISVA", {KIND: {"advocacy"}}),
        ("SARC near me", {KIND: {"health"}}),
        ("HSB", {GROUP: {"children-hsb"}, KIND: {"specialist-hsb"}}),
        ("councelling", {KIND: {"therapy"}}),
        ("therapistt", {KIND: {"therapy"}}),
        ("theropy for my doughter", {KIND: {"therapy"}, GROUP: {"children", "parents"}}),
        ("I was abused as a child", {GROUP: {"adult-survivors", "children"}}),
        ("my daughter was raped", {GROUP: {"children", "parents"}}),
        ("I looked at images", {GROUP: {"at-risk"}, FORM: {"online"}}),
    ],
)
def test_a_sentence_is_read_as(typed: str, chosen: dict[Facet, set[str]]) -> None:
    assert read(typed) == chosen


@pytest.mark.parametrize(
    "typed", ["my son", "images", "child sexual abuse", "seksual abbuse", "", "for my", "NAPAC", "parents"]
)
def test_what_says_too_little_narrows_nothing(typed: str) -> None:
    assert read(typed) == {}


def test_somebody_who_was_hurt_and_speaks_of_an_arrest_is_not_taken_for_a_family_alone() -> None:
    assert "adult-survivors" in read("I want him arrested for abusing me")[GROUP]
    assert "adult-survivors" in read("he was arrested for abusing me")[GROUP]


def test_an_adult_who_speaks_of_their_childhood_is_never_shown_help_for_children_only() -> None:
    for typed in ("when I was a child my uncle abused me", "when I was a child abused by a teacher"):
        assert "adult-survivors" in read(typed)[GROUP]


def test_words_that_are_not_understood_stay_words_to_look_for() -> None:
    understood = understand("counselling Harbour", reviewed())
    assert (understood.rest, understood.leaning) == ("harbour", "counselling")


def test_a_misspelt_word_is_looked_for_as_it_is_meant() -> None:
    assert understand("surviver network", reviewed()).leaning == "survivor"
    assert understand("behavior", reviewed()).rest == "behaviour"


def test_leaning_words_order_and_hide_nothing() -> None:
    listings = (national(1, name="A", words="advocate"), national(2, name="B", words="isva"))
    results = search(*listings, leaning="isva")
    assert ids(results, Section.ANYWHERE) == [2, 1]
    assert (results.total, results.total_without_text, dict(results.understood)) == (2, 2, {})


def test_a_leaning_word_nobody_has_changes_nothing() -> None:
    index = index_of(national(1), national(2))
    assert index.search(Query(AREA, leaning="qqqq")) == index.search(Query(AREA))


def test_every_row_says_why_and_its_codes_exist() -> None:
    table = reviewed()
    for first, phrases in table.phrases.items():
        lengths = [len(phrase.words) for phrase in phrases]
        assert lengths == sorted(lengths, reverse=True)
        for phrase in phrases:
            assert phrase.words[0] == first
            for _column, (facet, taxonomy) in FACETS.items():
                assert phrase.chosen.get(facet, frozenset()) <= terms(taxonomy).keys()


def test_every_phrase_that_narrows_is_understood_as_it_stands() -> None:
    for phrases in reviewed().phrases.values():
        for phrase in phrases:
            if phrase.alone and phrase.chosen:
                found = understand(" ".join(phrase.words), reviewed()).chosen
                assert found == phrase.chosen, phrase.words


def test_a_spelling_leads_to_a_word_and_not_to_another_spelling() -> None:
    spellings = reviewed().spellings
    assert not set(spellings.values()) & set(spellings)


def test_words_that_may_be_skipped_are_small_and_change_no_meaning() -> None:
    assert SKIPPED - SMALL_WORDS <= {"their", "got", "being"}
    assert not SKIPPED & {"not", "no", "me", "him", "i", "he", "she"}


@given(st.text(max_size=300))
def test_nothing_typed_is_an_error_and_no_word_is_lost(text: str) -> None:
    understood = understand(text, reviewed())
    kept = words_in(understood.rest) + words_in(understood.leaning)
    assert len(kept) <= len(words_in(text))
