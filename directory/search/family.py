"""Several people of one family: what each is asked for, who is helped by the same service, who would meet whom.

A person is a relation, the groups they belong to and an age band; never a name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from directory.geo.types import Point
from directory.reference.groups import shown_as
from directory.search.types import Facet, Fit

PEOPLE_MAX = 8

# Groups of those who look after somebody: the ages a service states are then mostly those of the child.
_FAMILY_OF_SOMEBODY = frozenset({"G3", "G6", "G9"})
_ADULT_AGES = frozenset({"18-25", "26-plus"})
_HARMED = frozenset({"G1", "G2"})
_HAS_HARMED = frozenset({"G5", "G8"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a family.

    relation: a code of data/relations.csv. groups: codes of data/groups.csv, at least one.
    age: a code of the taxonomy `age`; '' is not said.
    """

    relation: str
    groups: frozenset[str]
    age: str = ""

    @property
    def chosen(self) -> dict[Facet, frozenset[str]]:
        """What a search for this person asks.

        The age of an adult who seeks help as family is not asked: services for a child and those
        around the child state the child's age, and would be lost.
        """
        asked = {Facet.GROUP: shown_as(self.groups)}
        seeks_as_family = bool(self.groups & _FAMILY_OF_SOMEBODY) and self.age in _ADULT_AGES
        if self.age and not seeks_as_family:
            asked[Facet.AGE] = frozenset({self.age})
        return asked


@dataclass(frozen=True, slots=True)
class AlsoFor:
    """The other people, by position in the family from 1, whom one service fits, and whom it may fit."""

    certain: tuple[int, ...] = ()
    perhaps: tuple[int, ...] = ()


def also_for(fits: Sequence[Mapping[int, Fit]], listing_id: int, person: int) -> AlsoFor:
    """Who else in the family could use a service that `person` (from 1) was offered.

    fits: for each person in order, the id of every service in their answer → how it fits them.
    """
    others = [(number, of.get(listing_id)) for number, of in enumerate(fits, start=1) if number != person]
    return AlsoFor(
        tuple(number for number, fit in others if fit is Fit.YES),
        tuple(number for number, fit in others if fit is Fit.NOT_TOLD),
    )


@dataclass(frozen=True, slots=True)
class Venue:
    """Where a service sees people, as far as it may be told.

    in_person: False when it is known to be by telephone or online alone.
    addresses: points of places whose own postcode is public. The middle of a town is none of them.
    towns: the towns it is known to be in; empty when not known, or private.
    """

    listing_id: int
    organisation_id: int
    in_person: bool
    addresses: frozenset[Point] = frozenset()
    towns: frozenset[str] = frozenset()


def is_same_place(one: Venue, other: Venue) -> bool:
    """Whether people who use these two services could meet there.

    They could when both see people in person and are the same service, stand at the same
    address, or are run by the same organisation in the same town.
    """
    if not (one.in_person and other.in_person):
        return False
    if one.listing_id == other.listing_id or one.addresses & other.addresses:
        return True
    return one.organisation_id == other.organisation_id and bool(one.towns & other.towns)


def apart_from(people: Sequence[Person], person: int) -> tuple[int, ...]:
    """Whom `person` (from 1) should not have to meet: the child harmed, and whoever in the family has harmed.

    A child may have been harmed and have harmed; then both kinds of meeting count.
    """
    own = people[person - 1].groups
    found = []
    for number, other in enumerate(people, start=1):
        harmed_and_harming = own & _HARMED and other.groups & _HAS_HARMED
        harming_and_harmed = own & _HAS_HARMED and other.groups & _HARMED
        if number != person and (harmed_and_harming or harming_and_harmed):
            found.append(number)
    return tuple(found)


def who_would_meet(
    people: Sequence[Person], venues: Sequence[Collection[Venue]], venue: Venue, person: int
) -> tuple[int, ...]:
    """Whom `person` (from 1) might meet at a service and should not have to.

    venues: for each person in order, where the services of their own answer see people.
    """
    return tuple(
        other
        for other in apart_from(people, person)
        if any(is_same_place(venue, theirs) for theirs in venues[other - 1])
    )
