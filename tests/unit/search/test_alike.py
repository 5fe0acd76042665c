"""Who else might help: for the same people, of the same kind, from the same places, and never the wrong door."""

from __future__ import annotations

from random import Random

import pytest

from directory.search.alike import ALIKE_MAX, HARMED
from directory.search.types import Facet, Listing
from tests.unit.search.example_listings import ENGLAND, HOME, NEXT, WALES, index_of, listing, national
from tests.unit.search.random_worlds import a_listing

ALL = {ENGLAND, WALES}


def of(groups: set[str], kinds: set[str]) -> dict[str, object]:
    return {"facets": {Facet.GROUP: frozenset(groups), Facet.KIND: frozenset(kinds)}}


def helper(listing_id: int, groups: set[str], kinds: set[str], **said: object) -> Listing:
    return listing(listing_id, **of(groups, kinds), **said)


THERAPY = ({"children"}, {"therapy"})


def found(asked: Listing, *others: Listing) -> list[int]:
    return list(index_of(asked, *others).alike(asked))


@pytest.mark.parametrize(
    ("other", "is_alike"),
    [
        (helper(2, *THERAPY), True),
        (helper(2, {"children", "parents"}, {"therapy", "advocacy"}), True),
        (helper(2, {"parents"}, {"therapy"}), False),
        (helper(2, {"children"}, {"advocacy"}), False),
        (helper(2, *THERAPY, authorities={NEXT}), False),
        (helper(2, *THERAPY, authorities={HOME, NEXT}), True),
        (helper(2, *THERAPY, partly={HOME}), False),
        (helper(2, *THERAPY, authorities=set(), nations={ENGLAND}), True),
        (helper(2, *THERAPY, authorities=set(), nations={WALES}), False),
        (helper(2, *THERAPY, authorities=set()), False),
        (helper(2, *THERAPY, reachable=False), False),
    ],
)
def test_a_listing_is_alike_when_it_shares_people_kind_and_places(other: Listing, is_alike: bool) -> None:
    assert found(helper(1, *THERAPY), other) == ([2] if is_alike else [])


def test_a_national_listing_is_answered_with_national_ones_only() -> None:
    asked = national(1, **of(*THERAPY))
    assert found(asked, national(2, **of(*THERAPY)), helper(3, *THERAPY)) == [2]
    assert found(asked, national(2, **of(*THERAPY) | {"nations": {ENGLAND}})) == []


def test_where_the_places_are_not_known_only_what_serves_both_nations_may_help() -> None:
    asked = helper(1, *THERAPY, authorities=set())
    assert found(asked, helper(2, *THERAPY), national(3, **of(*THERAPY))) == [3]


def test_more_shared_comes_first_then_local_then_rank() -> None:
    asked = helper(1, {"children", "parents"}, {"therapy"})
    others = (
        helper(2, {"children"}, {"therapy"}),
        national(3, **of({"children", "parents"}, {"therapy"})),
        helper(4, {"children", "parents"}, {"therapy"}, rank=1),
        helper(5, {"children", "parents"}, {"therapy"}),
    )
    assert found(asked, *others) == [5, 4, 3, 2]


def test_people_who_were_harmed_are_never_led_to_a_door_for_those_who_harm() -> None:
    asked = helper(1, {"children", "at-risk", "families"}, {"therapy"})
    assert found(asked, helper(2, {"at-risk", "families"}, {"therapy"})) == []
    assert found(helper(1, {"at-risk"}, {"therapy"}), helper(2, {"at-risk"}, {"therapy"})) == [2]


def test_a_listing_that_says_nothing_is_like_no_other() -> None:
    assert found(listing(1), helper(2, *THERAPY)) == []


def test_a_listing_outside_the_index_can_be_asked_for() -> None:
    assert index_of(helper(2, *THERAPY)).alike(helper(1, *THERAPY)) == (2,)


@pytest.mark.parametrize("seed", range(20))
def test_in_any_world_what_is_found_can_be_reached_and_shares_people_and_kind(seed: int) -> None:
    random = Random(seed)
    world = [a_listing(random, number) for number in range(40)]
    index = index_of(*world)
    for asked in world:
        numbers = index.alike(asked)
        assert len(set(numbers)) == len(numbers) <= ALIKE_MAX and asked.id not in numbers
        for number in numbers:
            other = index.listing(number)
            shared = asked.facets[Facet.GROUP] & other.facets[Facet.GROUP]
            assert other.reachable and shared and asked.facets[Facet.KIND] & other.facets[Facet.KIND]
            if asked.facets[Facet.GROUP] & HARMED:
                assert shared & HARMED
