"""The people of a family in words: by relation, never by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from directory.reference.groups import groups
from directory.reference.relations import relations
from directory.search.family import Person
from directory.web.words import term


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person as pages show them.

    number: their place in the family, from 1. name: 'Mother', or 'Sister (2)' where there are two.
    plain: the same in a sentence, 'the mother'. concerns: their groups in plain words. age: '' is not said.
    """

    number: int
    name: str
    plain: str
    concerns: tuple[str, ...]
    age: str


def people_shown(people: Sequence[Person]) -> tuple[PersonShown, ...]:
    """Everyone in order; those of the same relation are numbered."""
    how_many = Counter(person.relation for person in people)
    so_far: Counter[str] = Counter()
    found = []
    for number, person in enumerate(people, start=1):
        so_far[person.relation] += 1
        relation = relations()[person.relation]
        name, plain = _(relation.label), _(relation.plain)
        if how_many[person.relation] > 1:
            which = so_far[person.relation]
            name = _("%(who)s (%(number)s)", who=name, number=which)
            plain = _("%(who)s (%(number)s)", who=plain, number=which)
        concerns = tuple(_(group.plain) for code, group in groups().items() if code in person.groups)
        age = term(person.age, "age") if person.age else ""
        found.append(PersonShown(number, name, plain, concerns, age))
    return tuple(found)


def named(numbers: Iterable[int], shown: Sequence[PersonShown]) -> str:
    """'the mother, the brother'."""
    return ", ".join(shown[number - 1].plain for number in numbers)
