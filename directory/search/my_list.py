"""My list: the people of a family and the services chosen for them, small enough for a cookie.

It is kept on the visitor's own device and nowhere else, as numbers and short codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from directory.errors import RuleBroken
from directory.reference.groups import groups
from directory.reference.relations import relations
from directory.reference.terms import terms
from directory.search.family import PEOPLE_MAX, Person

ENTRIES_MAX = 30
NUMBER_MAX = 2_147_483_647
FOR_NOBODY = 0
"""The person of an entry that was chosen for no one person."""

_NUMBERS = re.compile(r"[1-9][0-9]{0,9}(-[1-9][0-9]{0,9})*", re.ASCII)

Codes = list[list[list[int | str]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One service, chosen for one person (from 1), or FOR_NOBODY in particular."""

    listing_id: int
    person: int


@dataclass(frozen=True, slots=True)
class MyList:
    """People and what was chosen for them. Every change gives a new list; a rule that is broken says how to mend it."""

    people: tuple[Person, ...] = ()
    entries: tuple[Entry, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.people or self.entries)

    def person(self, number: int) -> Person:
        """The person of that number, from 1. Raises RuleBroken('person')."""
        if not 1 <= number <= len(self.people):
            raise RuleBroken("person", "That person is not on your list any more.")
        return self.people[number - 1]

    def with_person(self, person: Person) -> MyList:
        """One more person. Raises RuleBroken when there are eight."""
        if len(self.people) >= PEOPLE_MAX:
            raise RuleBroken(
                "relation", "You can add up to 8 people. Remove someone first, or make a second list later."
            )
        return replace(self, people=(*self.people, person))

    def with_person_changed(self, number: int, person: Person) -> MyList:
        """The same people, one of them told anew; what was chosen for them stays."""
        self.person(number)
        return replace(self, people=(*self.people[: number - 1], person, *self.people[number:]))

    def without_person(self, number: int) -> MyList:
        """One person fewer, and what was chosen for them gone; later people move up."""
        self.person(number)
        return MyList(
            (*self.people[: number - 1], *self.people[number:]),
            tuple(
                Entry(entry.listing_id, entry.person - (entry.person > number))
                for entry in self.entries
                if entry.person != number
            ),
        )

    def with_entry(self, entry: Entry) -> MyList:
        """One more service, unless it is there already. Raises RuleBroken when the list is full."""
        if entry.person != FOR_NOBODY:
            self.person(entry.person)
        if entry in self.entries:
            return self
        if len(self.entries) >= ENTRIES_MAX:
            raise RuleBroken("service", "Your list is full: it holds 30. Take something off it first.")
        return replace(self, entries=(*self.entries, entry))

    def without_entry(self, entry: Entry) -> MyList:
        """One service fewer; nothing changes when it was not there."""
        return replace(self, entries=tuple(each for each in self.entries if each != entry))

    def chosen_for(self, person: int) -> tuple[int, ...]:
        """Ids of the services chosen for a person, in the order of choosing."""
        return tuple(entry.listing_id for entry in self.entries if entry.person == person)

    def holders_of(self, listing_id: int) -> tuple[int, ...]:
        """For whom a service was chosen: numbers of people, FOR_NOBODY first."""
        return tuple(sorted(entry.person for entry in self.entries if entry.listing_id == listing_id))

    @property
    def listing_ids(self) -> tuple[int, ...]:
        """Every service on the list, each once."""
        return tuple(dict.fromkeys(entry.listing_id for entry in self.entries))

    def codes(self) -> Codes:
        """The list as short codes: [[relation, group digits, age], …] and [[service, person], …]."""
        ages = list(terms("age"))
        return [
            [
                [
                    person.relation,
                    "".join(sorted(code.removeprefix("G") for code in person.groups)),
                    ages.index(person.age) if person.age else -1,
                ]
                for person in self.people
            ],
            [[entry.listing_id, entry.person] for entry in self.entries],
        ]


def list_from(codes: object) -> MyList:
    """The list behind the codes. Raises ValueError for anything that `codes()` does not write."""
    try:
        people, entries = codes  # type: ignore[misc]  # whatever a browser sent: a wrong shape is refused below
        found = MyList(tuple(_person(*each) for each in people))  # type: ignore[has-type]  # as above
        for listing_id, person in entries:  # type: ignore[has-type]  # as above
            if not (_is_number(listing_id, NUMBER_MAX) and (person == 0 or _is_number(person, PEOPLE_MAX))):
                raise ValueError("no entry of ours")
            found = found.with_entry(Entry(listing_id, person))
    except (TypeError, RuleBroken) as cause:
        raise ValueError("no list of ours") from cause
    if len(found.people) > PEOPLE_MAX:
        raise ValueError("too many people")
    return found


def _person(relation: object, digits: object, age: object) -> Person:
    held = frozenset(f"G{digit}" for digit in digits) if isinstance(digits, str) else frozenset()
    if relation not in relations() or not held or not held <= groups().keys():
        raise ValueError("no person of ours")
    ages = list(terms("age"))
    if age == -1:
        return Person(str(relation), held)
    if not (isinstance(age, int) and 0 <= age < len(ages)):
        raise ValueError("no age of ours")
    return Person(str(relation), held, ages[age])


def _is_number(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


def read_numbers(text: str, most: int) -> tuple[int, ...]:
    """'12-40-131' → the numbers, each once. Raises RuleBroken('numbers')."""
    if len(text) > most * 11 or not _NUMBERS.fullmatch(text):
        raise RuleBroken("numbers", "This address should hold numbers of listings, such as 12-40-131.")
    found = tuple(dict.fromkeys(int(number) for number in text.split("-")))
    if len(found) > most:
        raise RuleBroken("numbers", "This address holds too many listings for one page.")
    if max(found) > NUMBER_MAX:
        raise RuleBroken("numbers", "This address holds a number that no listing can have.")
    return found


def write_numbers(ids: Iterable[int]) -> str:
    """The ids as they stand in an address: '12-40-131'."""
    return "-".join(str(number) for number in ids)
