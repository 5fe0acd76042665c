"""Named areas begin and end, and what was said for them begins and ends with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from directory.actions.named_area import add_named_area, end_named_area
from directory.actions.state_cell import ToState, state_cell
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.matrix.areas import NamedArea
from directory.matrix.types import Mode, Rules, State
from directory.queries.current_matrix import matrix_world
from directory.queries.statements import areas_on, every_named_area, matrix_version, shipped_areas

TODAY = date(2026, 11, 26)
LEEDS, BRADFORD = "E08000035", "E08000032"
AREA = NamedArea(
    "north-example", "North Example", (LEEDS, BRADFORD), date(2026, 4, 1), None, "Example plan (2026)"
)


def add(database: Database, area: NamedArea = AREA, **what: object) -> NamedArea:
    with database.transaction() as session:
        return add_named_area(session, replace(area, **what))  # type: ignore[arg-type]  # any field


def end(database: Database, on: date, code: str = AREA.code) -> str:
    with database.transaction() as session:
        return end_named_area(session, code, on=on, today=TODAY)


def is_area(database: Database, on: date) -> bool:
    with database.reading() as session:
        return areas_on(session, on).get(AREA.code) is not None


def test_an_area_holds_from_its_first_day_to_its_last(either_database: Database) -> None:
    stored = add(either_database, members=(LEEDS, BRADFORD, LEEDS))
    assert stored.members == (BRADFORD, LEEDS)
    with either_database.reading() as session:
        assert every_named_area(session) == (*areas_that_ship(), stored) and matrix_version(session) == 1
    assert end(either_database, date(2026, 12, 31)) == "North Example"
    assert [is_area(either_database, day) for day in
            (date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31), date(2027, 1, 1))] == [
        False, True, True, False,
    ]  # fmt: skip


def areas_that_ship() -> tuple[NamedArea, ...]:
    return tuple(
        NamedArea(one.code, one.name, one.members, one.starts_on, one.ends_on, one.source)
        for one in shipped_areas()
    )


def test_what_was_said_for_an_area_holds_in_its_authorities_while_it_is_one(database: Database) -> None:
    add(database)
    with database.transaction() as session:
        said = ToState(AREA.code, "G2.1", State.AVAILABLE, "partnership", "partnership manager", TODAY)
        assert state_cell(session, said, today=TODAY).area.name == "North Example"
    end(database, TODAY)
    for day, expected in ((TODAY, State.AVAILABLE), (date(2026, 11, 27), State.NOT_KNOWN)):
        with database.reading() as session:
            states = matrix_world(session, Rules(day), (0, 0)).states
        assert states.over((LEEDS, BRADFORD), "G2.1", Mode.REMOTE) == {LEEDS: expected, BRADFORD: expected}


@pytest.mark.parametrize(
    ("field", "answer", "what"),
    [
        ("code", "small letters", {"code": "North Example"}),
        ("code", "small letters", {"code": "E06000031"}),
        ("code", "small letters", {"code": ""}),
        ("code", "small letters", {"code": "a" * 81}),
        ("code", "already", {"code": "cambridgeshire-and-peterborough"}),
        ("code", "leads to something else", {"code": "rules"}),
        ("code", "leads to something else", {"code": "e06000031"}),
        ("name", "Write the name", {"name": "  "}),
        ("name", "characters", {"name": "North " * 50}),
        ("name", "formula", {"name": "=North"}),
        ("name", "has this name already", {"name": "cambridgeshire and Peterborough"}),
        ("member", "Name one or more", {"members": ()}),
        ("member", "No authority", {"members": (LEEDS, "E12000003")}),
        ("to", "before it starts", {"ends_on": date(2026, 3, 31)}),
        ("source", "Write where", {"source": ""}),
        ("source", "e-mail", {"source": "told by jo@example.org"}),
    ],
)
def test_an_area_that_cannot_be_is_refused_in_words(
    field: str, answer: str, what: dict[str, object], database: Database
) -> None:
    with pytest.raises(RuleBroken) as broken:
        add(database, **what)
    assert broken.value.field == field and answer in broken.value.message
    with database.reading() as session:
        assert matrix_version(session) == 0


def test_a_code_is_given_once_and_a_name_again_when_the_older_area_has_ended(database: Database) -> None:
    add(database, ends_on=date(2026, 6, 30))
    with pytest.raises(RuleBroken, match="already"):
        add(database, name="Another")
    with pytest.raises(RuleBroken, match="has this name"):
        add(database, code="north-example-2", starts_on=date(2026, 6, 30))
    assert add(database, code="north-example-2", starts_on=date(2026, 7, 1)).code == "north-example-2"


def test_an_end_that_cannot_be_is_refused_in_words(database: Database) -> None:
    with pytest.raises(NotFound, match="north-example"):
        end(database, TODAY)
    with pytest.raises(RuleBroken, match="named_areas.csv"):
        end(database, TODAY, "cambridgeshire-and-peterborough")
    add(database)
    with pytest.raises(RuleBroken, match="cannot end before"):
        end(database, date(2026, 3, 31))
    end(database, date(2027, 3, 31))
    assert end(database, date(2026, 11, 25)) == "North Example"  # an end that lies ahead may be moved
    with pytest.raises(RuleBroken, match="already"):
        end(database, TODAY)
