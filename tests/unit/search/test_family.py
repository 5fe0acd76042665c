"""A family worked out by hand: what each person is asked for, who is helped together, who would meet."""

from __future__ import annotations

import pytest

from directory.geo.types import Point
from directory.search.family import (
    AlsoFor,
    Person,
    Venue,
    also_for,
    apart_from,
    is_same_place,
    who_would_meet,
)
from directory.search.types import Facet, Fit

MOTHER = Person("mo", frozenset({"G3", "G6"}), "26-plus")
DAUGHTER = Person("da", frozenset({"G2"}), "5-10")
BROTHER = Person("br", frozenset({"G5"}), "11-15")
GRANDMOTHER = Person("gp", frozenset({"G3"}))
FAMILY = (MOTHER, DAUGHTER, BROTHER, GRANDMOTHER)

HERE, THERE = Point(519_000, 298_500), Point(523_800, 271_800)


def venue(listing_id: int = 1, organisation_id: int = 1, **said: object) -> Venue:
    """A service that sees people, somewhere we do not know."""
    return Venue(listing_id, organisation_id, **({"in_person": True} | said))  # type: ignore[arg-type]  # by name


def test_a_parent_may_be_in_two_groups_at_once() -> None:
    assert MOTHER.chosen[Facet.GROUP] == {"parents", "families"}


def test_a_childs_age_narrows_their_own_search() -> None:
    assert DAUGHTER.chosen[Facet.AGE] == {"5-10"}


@pytest.mark.parametrize("group", ["G3", "G6", "G9"])
def test_the_age_of_an_adult_who_seeks_help_as_family_loses_no_service_for_a_child_and_their_family(
    group: str,
) -> None:
    assert Facet.AGE not in Person("mo", frozenset({group, "G4"}), "26-plus").chosen
    assert Person("br", frozenset({group}), "11-15").chosen[Facet.AGE] == {"11-15"}


def test_an_adult_who_seeks_help_for_themself_is_asked_for_their_age() -> None:
    assert Person("mo", frozenset({"G4"}), "26-plus").chosen[Facet.AGE] == {"26-plus"}


def test_no_age_asks_nothing_of_age() -> None:
    assert Facet.AGE not in GRANDMOTHER.chosen


def test_whom_a_service_helps_is_told_apart_from_whom_it_may_help() -> None:
    fits = [{7: Fit.YES, 8: Fit.YES}, {7: Fit.NOT_TOLD}, {}, {7: Fit.YES}]
    assert also_for(fits, 7, 1) == AlsoFor(certain=(4,), perhaps=(2,))
    assert also_for(fits, 7, 4) == AlsoFor(certain=(1,), perhaps=(2,))
    assert also_for(fits, 8, 1) == AlsoFor()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (venue(1), venue(1), True),
        (venue(1), venue(2, 2), False),
        (venue(1, 1, addresses={HERE}), venue(2, 2, addresses={HERE, THERE}), True),
        (venue(1, 1, addresses={HERE}), venue(2, 2, addresses={THERE}), False),
        (venue(1, 1, towns={"huntingdon"}), venue(2, 1, towns={"huntingdon"}), True),
        (venue(1, 1, towns={"huntingdon"}), venue(2, 2, towns={"huntingdon"}), False),
        (venue(1, 1, towns={"huntingdon"}), venue(2, 1, towns={"peterborough"}), False),
        (venue(1, 1), venue(2, 1), False),
        (venue(1, in_person=False), venue(1, in_person=False), False),
        (venue(1, 1, addresses={HERE}), venue(2, 2, addresses={HERE}, in_person=False), False),
    ],
    ids=[
        "the same service",
        "nothing in common",
        "one address in common",
        "two addresses",
        "one organisation in one town",
        "two organisations in one town",
        "one organisation in two towns",
        "one organisation, towns not known",
        "a telephone line has no door to meet at",
        "one of the two is a telephone line",
    ],
)
def test_people_could_meet_where_they_would_go_through_one_door(one: Venue, other: Venue, same: bool) -> None:
    assert is_same_place(one, other) is same
    assert is_same_place(other, one) is same


def test_the_child_harmed_and_the_child_who_harmed_should_not_have_to_meet() -> None:
    assert [apart_from(FAMILY, number) for number in (1, 2, 3, 4)] == [(), (3,), (2,), ()]


def test_a_child_who_was_harmed_and_has_harmed_is_kept_from_both() -> None:
    both = Person("so", frozenset({"G2", "G5"}))
    assert apart_from((DAUGHTER, BROTHER, both), 3) == (1, 2)
    assert apart_from((both,), 1) == ()


def test_an_adult_who_harmed_is_kept_from_the_child_too() -> None:
    assert apart_from((DAUGHTER, Person("pa", frozenset({"G8"}))), 2) == (1,)


def test_a_note_stands_only_where_the_other_is_offered_that_place_too() -> None:
    shared, hers = venue(5, 1, towns={"huntingdon"}), venue(6, 2, towns={"huntingdon"})
    his = venue(7, 1, towns={"huntingdon"})
    venues = [[shared, hers], [shared, hers], [his], [shared]]
    assert who_would_meet(FAMILY, venues, shared, 2) == (3,)
    assert who_would_meet(FAMILY, venues, hers, 2) == ()
    assert who_would_meet(FAMILY, venues, his, 3) == (2,)
    assert who_would_meet(FAMILY, venues, shared, 1) == ()
