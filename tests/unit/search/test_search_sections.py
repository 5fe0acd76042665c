"""In which section a listing stands, and at which distance: every rule, worked by hand."""

from __future__ import annotations

import pytest

from directory.geo.types import SearchArea
from directory.search.reach import _lasting_traits
from directory.search.sections import Traits
from directory.search.types import Facet, Section
from tests.unit.search.example_listings import (
    AREA,
    ENGLAND,
    FAR_AWAY,
    HOME,
    NEXT,
    NO_SQUARE,
    TWO_AUTHORITIES,
    WALES,
    WELSH,
    ids,
    index_of,
    listing,
    national,
    search,
    spot,
    where,
)


@pytest.mark.parametrize(
    ("said", "area", "accepts"),
    [
        ({"authorities": {HOME}}, AREA, "yes"),
        ({"authorities": {HOME}, "partly": {HOME}}, AREA, "part"),
        ({"authorities": {HOME, NEXT}, "partly": {NEXT}}, AREA, "yes"),
        ({"authorities": {HOME, NEXT}, "partly": {NEXT}}, TWO_AUTHORITIES, "part"),
        ({"authorities": {HOME}, "partly": {HOME}, "nations": {ENGLAND}}, AREA, "yes"),
        ({"authorities": {HOME}, "nations": {ENGLAND}, "partly": {ENGLAND}}, AREA, "yes"),
        ({"authorities": {NEXT}, "nations": {ENGLAND}, "partly": {ENGLAND}}, AREA, "part"),
        ({"authorities": set(), "nations": {ENGLAND, WALES}, "partly": {WALES}}, AREA, "yes"),
        ({"authorities": set(), "nations": {ENGLAND, WALES}, "partly": {ENGLAND}}, AREA, "part"),
        ({"authorities": set(), "nations": {ENGLAND}, "partly": {HOME}}, AREA, "yes"),
        ({"authorities": {HOME}}, TWO_AUTHORITIES, "part"),
        ({"authorities": {HOME, NEXT}}, TWO_AUTHORITIES, "yes"),
        ({"authorities": {NEXT}, "nations": {ENGLAND}}, TWO_AUTHORITIES, "yes"),
        ({"authorities": set(), "nations": {ENGLAND}}, AREA, "yes"),
        ({"authorities": set(), "nations": {ENGLAND}}, SearchArea(AREA.square, (HOME, WELSH)), "part"),
        ({"authorities": {HOME}, "nations": {WALES}}, SearchArea(AREA.square, (HOME, WELSH)), "yes"),
        ({"authorities": set()}, AREA, "not-known"),
        ({"authorities": {HOME}}, SearchArea(AREA.square, ()), "not-known"),
        ({"authorities": {HOME}}, None, "not-known"),
    ],
)
def test_who_is_taken_from_the_area(said: dict, area: SearchArea | None, accepts: str) -> None:
    results = search(listing(1, **said), area=area)
    assert [hit.accepts for hits in results.hits.values() for hit in hits] == [accepts]


def test_a_service_with_two_near_places_is_near_once_for_each_nearest_first() -> None:
    results = search(listing(1, spots=(spot(3, 4, 7), spot(0, 2, 9), spot(50, 0, 8))))
    assert [(hit.location_id, hit.distance_km) for hit in results.hits[Section.NEAR]] == [(9, 2.0), (7, 5.0)]
    assert (results.totals[Section.NEAR], results.total) == (1, 1)


@pytest.mark.parametrize(("east_km", "section"), [(40, Section.NEAR), (40.001, Section.FURTHER)])
def test_near_ends_at_exactly_forty_kilometres(east_km: float, section: Section) -> None:
    assert where(search(listing(1, spots=(spot(east_km),)))) == {1: section}


def test_a_place_beyond_reach_is_further_at_the_nearest_of_its_places() -> None:
    results = search(listing(1, spots=(spot(0, 90, 1), spot(60, 0, 2), spot(-60, 0, 3))))
    assert [(h.location_id, h.distance_km) for h in results.hits[Section.FURTHER]] == [(2, 60.0)]


def test_a_near_place_of_a_national_service_is_near_and_a_far_one_leaves_it_anywhere() -> None:
    near, far = national(1, spots=(spot(5),)), national(2, spots=(spot(80),))
    results = search(near, far)
    assert where(results) == {1: Section.NEAR, 2: Section.ANYWHERE}
    assert results.hits[Section.ANYWHERE][0].distance_km is None


def test_a_local_service_without_a_place_is_near_without_a_distance_and_after_those_with_one() -> None:
    results = search(listing(1, name="A"), listing(2, name="B", spots=(spot(39),)))
    assert [(hit.listing_id, hit.distance_km) for hit in results.hits[Section.NEAR]] == [(2, 39.0), (1, None)]


def test_a_confidential_service_has_no_distance_whatever_its_neighbours_have() -> None:
    results = search(listing(1, spots=()), national(2, spots=(), remote=False))
    assert {hit.distance_km for hits in results.hits.values() for hit in hits} == {None}
    assert {hit.location_id for hits in results.hits.values() for hit in hits} == {None}
    assert index_of(listing(1, spots=())).spots() == ()


def test_a_national_service_met_in_person_at_no_shown_place_is_further_without_a_distance() -> None:
    results = search(national(1, remote=False))
    assert [(hit.location_id, hit.distance_km) for hit in results.hits[Section.FURTHER]] == [(None, None)]


def test_a_service_of_unknown_coverage_is_further_unless_it_has_a_place_near() -> None:
    unknown = listing(1, authorities=set())
    near = listing(2, authorities=set(), spots=(spot(1),))
    remote = listing(3, authorities=set(), remote=True)
    assert where(search(unknown, near, remote)) == {1: Section.FURTHER, 2: Section.NEAR, 3: Section.FURTHER}


def test_a_near_service_that_takes_only_other_peoples_is_set_apart_and_in_no_total() -> None:
    results = search(listing(1, authorities={FAR_AWAY}, spots=(spot(9, 0, 2), spot(5, 0, 1), spot(70, 0, 3))))
    [hit] = results.hits[Section.NOT_FOR_AREA]
    assert (hit.location_id, hit.distance_km, hit.accepts) == (1, 5.0, "no")
    assert (results.totals[Section.NOT_FOR_AREA], results.total) == (1, 0)


def test_partial_coverage_elsewhere_does_not_make_a_service_open_to_the_area() -> None:
    elsewhere = listing(1, authorities={FAR_AWAY}, partly={FAR_AWAY}, spots=(spot(5),))
    assert where(search(elsewhere)) == {1: Section.NOT_FOR_AREA}


def test_a_far_service_for_other_people_is_left_out() -> None:
    welsh = national(2, nations={WALES})
    results = search(listing(1, authorities={FAR_AWAY}, spots=(spot(50),)), welsh)
    assert where(results) == {}
    assert results.total == 0


def test_a_service_nobody_can_reach_is_known_of_but_counted_nowhere() -> None:
    near = listing(1, reachable=False, spots=(spot(1),))
    unknown = listing(2, reachable=False, authorities=set())
    other = listing(3, reachable=False, authorities={FAR_AWAY}, spots=(spot(1),))
    results = search(near, unknown, other)
    assert where(results) == {1: Section.UNREACHABLE, 2: Section.UNREACHABLE}
    assert [hit.distance_km for hit in results.hits[Section.UNREACHABLE]] == [None, None]
    assert results.total == 0


def test_without_a_square_no_distance_is_told_and_local_help_is_near() -> None:
    results = search(
        listing(1, spots=(spot(1),)),
        national(2, spots=(spot(1),)),
        national(3, remote=False),
        listing(4, authorities=set(), spots=(spot(1),)),
        listing(5, authorities={FAR_AWAY}, spots=(spot(1),)),
        listing(6, reachable=False),
        area=NO_SQUARE,
    )
    assert where(results) == {
        1: Section.NEAR,
        2: Section.ANYWHERE,
        3: Section.FURTHER,
        4: Section.FURTHER,
        6: Section.UNREACHABLE,
    }
    assert {hit.distance_km for hits in results.hits.values() for hit in hits} == {None}


def test_without_a_place_helplines_are_anywhere_and_everything_else_is_further() -> None:
    results = search(
        listing(1, spots=(spot(1),)),
        national(2),
        listing(3, authorities={FAR_AWAY}),
        listing(4, reachable=False),
        area=None,
    )
    assert where(results) == {
        1: Section.FURTHER,
        2: Section.ANYWHERE,
        3: Section.FURTHER,
        4: Section.UNREACHABLE,
    }
    assert results.total == 3


def test_near_is_ordered_by_distance_then_name_then_id_then_location() -> None:
    results = search(
        listing(4, name="beta", spots=(spot(3, 4, 1), spot(4, 3, 0))),
        listing(3, name="Alpha", spots=(spot(5),)),
        listing(2, name="alpha", spots=(spot(0, 5),)),
        listing(9, name="Zeta", spots=(spot(0.01),)),
    )
    order = [(hit.listing_id, hit.location_id) for hit in results.hits[Section.NEAR]]
    assert order == [(9, 1), (2, 1), (3, 1), (4, 0), (4, 1)]


def test_distances_are_told_to_a_tenth_of_a_kilometre_but_ordered_exactly() -> None:
    results = search(listing(1, name="A", spots=(spot(5.04),)), listing(2, name="B", spots=(spot(5.03),)))
    assert [(h.listing_id, h.distance_km) for h in results.hits[Section.NEAR]] == [(2, 5.0), (1, 5.0)]


def test_further_is_ordered_by_distance_and_those_without_one_come_last() -> None:
    results = search(
        national(1, name="A", remote=False),
        listing(2, name="B", spots=(spot(80),)),
        listing(3, name="C", spots=(spot(60),)),
    )
    assert ids(results, Section.FURTHER) == [3, 2, 1]


def test_anywhere_is_ordered_by_name_without_regard_to_capitals() -> None:
    results = search(national(1, name="beta"), national(2, name="Alpha"), national(3, name="alpha"))
    assert ids(results, Section.ANYWHERE) == [2, 3, 1]


@pytest.mark.parametrize("said", [{}, {"spots": (spot(5),)}, {"authorities": set(), "nations": {ENGLAND}}])
def test_among_equals_the_lower_rank_stands_first_and_names_settle_the_rest(said: dict) -> None:
    charging = listing(1, name="Alpha", rank=2, **said)
    direct, later = listing(2, name="Gamma", **said), listing(3, name="beta", rank=1, **said)
    results = search(charging, direct, later, listing(4, name="Beta", rank=1, **said))
    orders = [[hit.listing_id for hit in hits] for hits in results.hits.values() if hits]
    assert orders == [[2, 3, 4, 1]]


def test_breadth_settles_equal_ranks_before_names_do() -> None:
    wide, narrow = national(1, name="Alpha", breadth=11), national(2, name="Beta", breadth=1)
    assert ids(search(wide, narrow, national(3, rank=1)), Section.ANYWHERE) == [2, 1, 3]


def test_rank_comes_after_distance_fit_and_words_held_letter_for_letter() -> None:
    nearer, direct = listing(1, rank=2, spots=(spot(3),)), listing(2, spots=(spot(4),))
    assert ids(search(nearer, direct), Section.NEAR) == [1, 2]
    told, silent = national(1, rank=2, facets={Facet.BSL: frozenset({"yes"})}), national(2)
    assert ids(search(told, silent, chosen={Facet.BSL: frozenset({"yes"})}), Section.ANYWHERE) == [1, 2]
    exact, longer = national(1, rank=2, words="child"), national(2, words="children")
    assert ids(search(exact, longer, text="child"), Section.ANYWHERE) == [1, 2]


def test_an_empty_index_answers_with_nothing() -> None:
    results = search(text="anything at all")
    assert results.total == 0
    assert all(hits == () for hits in results.hits.values())
    assert set(results.hits) == set(results.totals) == set(Section)


def test_what_is_kept_of_a_listing_stands_in_the_order_of_the_traits_that_decide() -> None:
    for position, said in enumerate(
        (
            {},
            {"remote": True},
            {"nations": {ENGLAND}},
            {"authorities": {HOME}},
            {"spots": (spot(1),)},
        )
    ):
        plain = {"authorities": set(), "reachable": not said}
        bits = _lasting_traits(listing(1, **plain | said))
        assert bits == 1 << position, Traits._fields[position]
