"""What must hold of every answer, whatever the listings and the question."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from directory.errors import NotFound
from directory.search.index import SearchIndex
from directory.search.types import Facet, Fit, Query, Results, Section
from tests.unit.search.example_listings import index_of, is_open, listing, spot, where
from tests.unit.search.random_worlds import SYNONYMS, a_listing, a_query

COUNTED = (Section.NEAR, Section.FURTHER, Section.ANYWHERE)
SEEDS = range(12)


def world(seed: int) -> tuple[Random, list]:
    random = Random(1000 + seed)
    return random, [a_listing(random, listing_id) for listing_id in range(40)]


def index_over(listings: list) -> SearchIndex:
    return SearchIndex.build(listings, synonyms=SYNONYMS, is_open=is_open)


def services(results: Results, fit: Fit | None = None) -> set[int]:
    """The services that count; only those with this fit, if one is given."""
    hits = [hit for section in COUNTED for hit in results.hits[section]]
    return {hit.listing_id for hit in hits if fit in (None, hit.fit)}


@pytest.mark.parametrize("seed", SEEDS)
def test_each_service_stands_in_one_section_and_totals_count_services(seed: int) -> None:
    random, listings = world(seed)
    index = index_over(listings)
    for _each in range(40):
        results = index.search(a_query(random))
        where(results)
        for section in Section:
            assert results.totals[section] == len({hit.listing_id for hit in results.hits[section]})
        assert results.total == len(services(results)) == sum(results.totals[section] for section in COUNTED)


@pytest.mark.parametrize("seed", SEEDS)
def test_dropping_a_filter_or_the_words_never_lowers_the_total_and_is_foretold(seed: int) -> None:
    random, listings = world(seed)
    index = index_over(listings)
    for _each in range(40):
        query = a_query(random)
        results = index.search(query)
        for facet, foretold in results.without.items():
            rest = {other: values for other, values in query.chosen.items() if other is not facet}
            assert index.search(replace(query, chosen=rest)).total == foretold >= results.total
        assert index.search(replace(query, text="")).total == results.total_without_text >= results.total


@pytest.mark.parametrize("seed", SEEDS)
def test_a_values_count_is_the_number_known_to_fit_when_it_alone_is_chosen_of_its_facet(seed: int) -> None:
    random, listings = world(seed)
    index = index_over(listings)
    for _each in range(6):
        query = replace(a_query(random), chosen={})
        results = index.search(query)
        for facet in Facet:
            for value, number in results.counts[facet].items():
                alone = index.search(replace(query, chosen={facet: frozenset({value})}))
                assert len(services(alone, Fit.YES)) == number == alone.counts[facet][value]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_in_which_listings_are_handed_over_changes_nothing(seed: int) -> None:
    random, listings = world(seed)
    index = index_over(listings)
    shuffled = [replace(each, spots=tuple(reversed(each.spots))) for each in listings]
    random.shuffle(shuffled)
    other = index_over(shuffled)
    for _each in range(40):
        query = a_query(random)
        assert index.search(query) == other.search(query) == index.search(query)
    assert index.spots() == other.spots()


def test_spots_are_all_places_that_may_be_shown_by_name_and_id() -> None:
    one, two = spot(1, 0, 5), spot(2, 0, 4)
    last = listing(1, name="C", spots=(one,))
    index = index_of(listing(2, name="B", rank=2, spots=(one, two)), last, listing(3))
    assert index.spots() == ((2, two), (2, one), (1, one))


def test_a_listing_is_handed_back_by_id_and_an_unknown_id_is_said() -> None:
    one = listing(7)
    index = index_of(one)
    assert (index.listing(7), len(index)) == (one, 1)
    with pytest.raises(NotFound):
        index.listing(8)


def test_an_id_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        index_of(listing(1), listing(1, name="Another"))


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 128, 129])
def test_sizes_about_whole_words_of_bits_lose_nobody(size: int) -> None:
    index = index_of(*(listing(each, facets={Facet.BSL: frozenset({"yes"})}) for each in range(size)))
    results = index.search(Query(chosen={Facet.BSL: frozenset({"yes"})}))
    assert results.total == len(services(results)) == size
    assert results.counts[Facet.BSL].get("yes", 0) == size
