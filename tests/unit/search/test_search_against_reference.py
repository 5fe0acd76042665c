"""The index against the slow, obvious search of tests/reference_search.py: equal in every part."""

from __future__ import annotations

from dataclasses import fields
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.search.index import SearchIndex
from directory.search.types import Query, Results
from tests.reference_search import ReferenceSearch
from tests.unit.search.example_listings import is_open
from tests.unit.search.random_worlds import SYNONYMS, a_listing, a_query


def assert_same(found: Results, expected: Results, query: Query) -> None:
    for part in fields(Results):
        assert getattr(found, part.name) == getattr(expected, part.name), (part.name, query)


def both(listings: list) -> tuple[SearchIndex, ReferenceSearch]:
    index = SearchIndex.build(listings, synonyms=SYNONYMS, is_open=is_open)
    return index, ReferenceSearch(listings, SYNONYMS, is_open)


@pytest.mark.parametrize("seed", range(60))
def test_the_index_agrees_with_the_reference_in_a_seeded_world(seed: int) -> None:
    random = Random(seed)
    size = random.choice((0, 1, 5, 12, 24, 70 if seed % 20 == 0 else 24))
    listings = [a_listing(random, listing_id) for listing_id in random.sample(range(1000), size)]
    index, reference = both(listings)
    for _each in range(80):
        query = a_query(random)
        assert_same(index.search(query), reference.search(query), query)


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 8))
def test_the_index_agrees_with_the_reference_in_worlds_that_shrink(random: Random, size: int) -> None:
    index, reference = both([a_listing(random, listing_id) for listing_id in range(size)])
    for _each in range(3):
        query = a_query(random)
        assert_same(index.search(query), reference.search(query), query)


LETTERS = st.text(alphabet="abcdeé'’ ß-_1ﬁİ", max_size=40)


@settings(max_examples=100, deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=6), st.lists(LETTERS, min_size=1, max_size=4))
def test_the_index_reads_any_words_as_the_reference_does(said: list[str], asked: list[str]) -> None:
    random = Random(1)
    listings = []
    for listing_id, words in enumerate(said):
        object.__setattr__(made := a_listing(random, listing_id), "words", words)
        listings.append(made)
    index, reference = both(listings)
    for text in (*asked, *said):
        query = Query(text=text)
        assert_same(index.search(query), reference.search(query), query)
