"""Filters: what is kept, what has not told us, what is dropped; counts that stay true as filters combine."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from directory.search.index import SearchIndex
from directory.search.types import Facet, Fit, Query, Section
from tests.unit.search.example_listings import (
    AREA,
    FAR_AWAY,
    NOON,
    ids,
    is_open,
    listing,
    national,
    search,
    spot,
)

CHILDREN, PARENTS = frozenset({"children"}), frozenset({"parents"})
BOTH = CHILDREN | PARENTS
YES, NO = frozenset({"yes"}), frozenset({"no"})


@pytest.mark.parametrize(
    ("known", "maybe", "fit"),
    [
        (CHILDREN, None, Fit.YES),
        (BOTH, None, Fit.YES),
        (CHILDREN, CHILDREN, Fit.YES),
        (PARENTS, None, None),
        (frozenset(), None, None),
        (PARENTS, PARENTS, None),
        (PARENTS, CHILDREN, Fit.NOT_TOLD),
        (frozenset(), CHILDREN, Fit.NOT_TOLD),
        (None, None, Fit.NOT_TOLD),
        (None, PARENTS, Fit.NOT_TOLD),
    ],
)
def test_only_a_known_no_is_dropped(
    known: frozenset[str] | None, maybe: frozenset[str] | None, fit: Fit | None
) -> None:
    said = {
        "facets": {} if known is None else {Facet.GROUP: known},
        "maybe": {} if maybe is None else {Facet.GROUP: maybe},
    }
    results = search(national(1, **said), chosen={Facet.GROUP: CHILDREN})
    assert [hit.fit for hit in results.hits[Section.ANYWHERE]] == ([] if fit is None else [fit])
    assert results.total == (fit is not None)


def test_values_of_one_facet_are_any_of_and_facets_are_all_of() -> None:
    children = national(1, facets={Facet.GROUP: CHILDREN, Facet.BSL: YES})
    parents = national(2, facets={Facet.GROUP: PARENTS, Facet.BSL: NO})
    assert search(children, parents, chosen={Facet.GROUP: BOTH}).total == 2
    assert search(children, parents, chosen={Facet.GROUP: BOTH, Facet.BSL: YES}).total == 1


def test_one_facet_not_told_makes_the_hit_not_told() -> None:
    results = search(
        national(1, facets={Facet.GROUP: CHILDREN}), chosen={Facet.GROUP: CHILDREN, Facet.BSL: YES}
    )
    assert [hit.fit for hit in results.hits[Section.ANYWHERE]] == [Fit.NOT_TOLD]


def test_an_empty_choice_asks_nothing() -> None:
    results = search(national(1, facets={Facet.GROUP: PARENTS}), chosen={Facet.GROUP: frozenset()})
    assert (results.total, results.without) == (1, {})


def test_a_value_nobody_has_leaves_only_those_that_have_not_told() -> None:
    told, silent = national(1, facets={Facet.GROUP: CHILDREN}), national(2)
    results = search(told, silent, chosen={Facet.GROUP: frozenset({"nobody"})})
    assert ids(results, Section.ANYWHERE) == [2]


def test_those_known_to_fit_stand_before_those_that_have_not_told_even_if_further_away() -> None:
    silent = listing(1, spots=(spot(1),))
    fits = listing(2, facets={Facet.BSL: YES}, spots=(spot(30),))
    fits_without_place = listing(3, facets={Facet.BSL: YES})
    results = search(silent, fits, fits_without_place, chosen={Facet.BSL: YES})
    assert ids(results, Section.NEAR) == [2, 3, 1]


def test_a_facets_own_choice_is_left_out_of_its_counts() -> None:
    listings = [
        national(1, facets={Facet.GROUP: CHILDREN, Facet.BSL: YES}),
        national(2, facets={Facet.GROUP: PARENTS, Facet.BSL: YES}),
        national(3, facets={Facet.GROUP: BOTH, Facet.BSL: NO}),
        national(4),
    ]
    results = search(*listings, chosen={Facet.GROUP: CHILDREN})
    assert results.counts[Facet.GROUP] == {"children": 2, "parents": 2}
    assert results.counts[Facet.BSL] == {"no": 1, "yes": 1}
    both = search(*listings, chosen={Facet.GROUP: CHILDREN, Facet.BSL: YES})
    assert both.counts[Facet.GROUP] == {"children": 1, "parents": 1}
    assert both.counts[Facet.BSL] == {"no": 1, "yes": 1}


def test_a_possible_value_is_not_counted_as_known() -> None:
    results = search(national(1, facets={Facet.GROUP: PARENTS}, maybe={Facet.GROUP: CHILDREN}))
    assert results.counts[Facet.GROUP] == {"children": 0, "parents": 1}


def test_counts_are_of_services_that_count_each_once() -> None:
    said = {"facets": {Facet.BSL: YES}}
    results = search(
        listing(1, spots=(spot(1), spot(2, 0, 2)), **said),
        listing(2, authorities={FAR_AWAY}, spots=(spot(1),), **said),
        listing(3, reachable=False, **said),
    )
    assert results.counts[Facet.BSL] == {"yes": 1}


def test_dropping_a_filter_or_the_words_says_how_many_there_would_be() -> None:
    results = search(
        national(1, words="counselling", facets={Facet.GROUP: CHILDREN, Facet.BSL: NO}),
        national(2, words="counselling", facets={Facet.GROUP: PARENTS, Facet.BSL: YES}),
        national(3, words="advocacy", facets={Facet.GROUP: CHILDREN, Facet.BSL: YES}),
        chosen={Facet.GROUP: CHILDREN, Facet.BSL: YES},
        text="counselling",
    )
    assert results.total == 0
    assert results.without == {Facet.GROUP: 1, Facet.BSL: 1}
    assert results.total_without_text == 1


def test_every_facet_has_its_counts_even_where_nothing_is_known() -> None:
    assert set(search(national(1)).counts) == set(Facet)


OPEN_NOW = {Facet.OPEN_NOW: YES}


@pytest.mark.parametrize(
    ("hours", "fit"),
    [
        (("open",), Fit.YES),
        (("closed", "open"), Fit.YES),
        (("does not say", "open"), Fit.YES),
        (("closed",), None),
        (("closed", "from 13"), None),
        (("does not say",), Fit.NOT_TOLD),
        (("closed", "does not say"), Fit.NOT_TOLD),
        ((), Fit.NOT_TOLD),
    ],
)
def test_open_now_follows_from_the_hours_of_all_routes(hours: tuple[str, ...], fit: Fit | None) -> None:
    results = search(national(1, hours=hours), chosen=OPEN_NOW)
    assert [hit.fit for hit in results.hits[Section.ANYWHERE]] == ([] if fit is None else [fit])


def test_hours_that_cannot_be_read_are_not_told_and_break_nobodys_search() -> None:
    def strict(expression: str, at: datetime) -> bool | None:
        raise ValueError(expression)

    index = SearchIndex.build([national(1, hours=("Moo 9 till late",))], is_open=strict)
    results = index.search(Query(area=AREA, at=NOON, chosen=OPEN_NOW))
    assert [hit.fit for hit in results.hits[Section.ANYWHERE]] == [Fit.NOT_TOLD]


def test_open_now_reads_the_real_notation_unless_told_otherwise() -> None:
    listings = [national(1, hours=("Mo-Fr 09:00-17:00; PH off",)), national(2, hours=("Mo-Fr 09:00-11:00",))]
    index = SearchIndex.build(listings)
    a_wednesday_noon = Query(area=AREA, at=NOON, chosen=OPEN_NOW)
    assert ids(index.search(a_wednesday_noon), Section.ANYWHERE) == [1]


def test_open_now_is_counted_at_the_minute_that_is_asked() -> None:
    one = national(1, hours=("from 13",))
    assert search(one).counts[Facet.OPEN_NOW] == {"no": 1, "yes": 0}
    assert search(one, at=NOON + timedelta(hours=1)).counts[Facet.OPEN_NOW] == {"no": 0, "yes": 1}


def test_without_a_moment_nobody_can_say_who_is_open() -> None:
    results = search(national(1, hours=("open",)), at=None, chosen=OPEN_NOW)
    assert [hit.fit for hit in results.hits[Section.ANYWHERE]] == [Fit.NOT_TOLD]


def test_each_expression_is_asked_once_a_minute_however_many_listings_and_searches_share_it() -> None:
    asked: list[tuple[str, datetime]] = []

    def counting(expression: str, at: datetime) -> bool | None:
        asked.append((expression, at))
        return is_open(expression, at)

    listings = [national(each, hours=("open", "from 13")) for each in range(20)]
    index = SearchIndex.build(listings, is_open=counting)
    assert asked == []
    for second in (0, 20, 59):
        index.search(Query(area=AREA, at=NOON.replace(second=second)))
    assert len(asked) == 2
    for minute in range(10):
        index.search(Query(area=AREA, at=NOON.replace(minute=minute)))
    assert len(asked) == 20
