"""What a mail may tell of is what the pages show: without the whole matrix the answer is the same."""

from __future__ import annotations

import random
from datetime import timedelta

from directory.db import Database
from directory.matrix.statements import in_force
from directory.matrix.types import Rules
from directory.models.statement import Statement
from directory.queries.current_matrix import matrix_world
from directory.queries.shown_statements import ShownStatements, is_disputed
from directory.reference.hours import now_utc, today_in_london
from tests.builders import make_listing

# An area of several authorities and two in it, and the nation; a place for everything (G2.14), two types it fills.
AREAS = ("cambridgeshire-and-peterborough", "E07000011", "E06000031", "E92000001")
TYPES = ("G2.14", "G2.3", "G2.11", "G4.7", "G2.1")
STATES = ("available", "partly", "not-available", "not-known")


def test_the_same_statements_are_shown_as_on_the_pages(either_database: Database) -> None:
    chance, today = random.Random(27), today_in_london()
    for code, where in zip(
        TYPES, ("Peterborough", "Huntingdonshire", "Peterborough", "", "England"), strict=True
    ):
        group = code.split(".")[0]
        if where:
            make_listing(
                either_database, name=f"Example {code}", support_types=code, groups=group, coverage=where
            )
    with either_database.transaction() as session:
        for _each in range(160):
            session.add(
                Statement(
                    area_code=chance.choice(AREAS), support_type=chance.choice(TYPES),
                    mode=chance.choice(("both", "in-person", "remote")), state=chance.choice(STATES),
                    body=chance.choice(("commissioner", "national")), role=chance.choice("abcd"), what="",
                    sector="", effective="", evidence="", stated_on=today - timedelta(days=chance.randrange(9)),
                    recorded_at=now_utc(), withdrawn_reason="",
                    withdrawn_on=today if chance.random() < 0.1 else None,
                )
            )  # fmt: skip
    with either_database.reading() as session:
        world, shown = matrix_world(session, Rules(today), (0, 0)), ShownStatements(session, today)
        holding = in_force(world.statements, today)
        by_pages = {
            one.id: not is_disputed(one, world.said, world.areas, world.types, world.states.is_disputed)
            for one in holding
        }
        by_mail = {one.id: shown.is_shown(one) for one in shown.everything if one.id in by_pages}
    assert by_mail == by_pages and {True, False} == set(by_pages.values())
