"""What a cell may say: blank ones are filled, what a form refuses is refused, and nothing is published at once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy import select

from directory.actions.actor import Actor
from directory.actions.changes.apply import apply_cells, stored_cells
from directory.actions.changes.sheet import Sent, compare_rows, send_some
from directory.actions.changes.sheet_cell import SheetCell
from directory.actions.changes.sheet_found import Compared
from directory.db import Database
from directory.models.proposed_change import ProposedChange
from directory.reference.hours import now_utc
from tests.accounts import make_account, make_organisation
from tests.builders import TablePlaces, make_listing


def compared(database: Database, by: Actor, *rows: Mapping[str, str]) -> Compared:
    found = Compared()
    with database.transaction() as session:
        together = (
            (line, {name: SheetCell(cell) for name, cell in row.items()}) for line, row in enumerate(rows, 2)
        )
        mine = [int(row["id"]) for row in rows]
        compare_rows(session, together, mine, found, TablePlaces(), by=by, now=now_utc())
    return found


def sent(database: Database, organisation_id: int, by: Actor) -> Sent:
    with database.transaction() as session:
        return send_some(session, [organisation_id], TablePlaces(), after=0, most=100, by=by, now=now_utc())


def hers(database: Database) -> tuple[int, Actor]:
    """An organisation whose small facts are published at once, and its manager."""
    number = make_organisation(database)
    approve_one(database, number, "form")
    return number, Actor(make_account(database, owner_of=[number]), "service manager")


def approve_one(database: Database, organisation_id: int, source: str) -> None:
    with database.transaction() as session:
        session.add(
            ProposedChange(
                organisation_id=organisation_id, kind="edit", source=source, cells={}, base={},
                state="approved", role="service manager", made_at=now_utc(),
            )
        )  # fmt: skip


FILLED = {
    "waiting_as_at": "2026-11", "waiting_weeks": "6", "waiting_note": "about a month", "adapted_for": "deaf",
    "interpreters": "yes", "minimum_age": "18", "languages": "en", "free_to_person": "yes",
}  # fmt: skip


@pytest.mark.parametrize("column", FILLED)
def test_what_is_filled_into_a_blank_cell_is_a_change(database: Database, column: str) -> None:
    number = make_listing(database)
    found = compared(database, hers(database)[1], {"id": str(number), column: FILLED[column]})
    assert [(one.column, one.was, one.will_be) for one in found.differences] == [(column, "", FILLED[column])]


def test_nothing_of_a_file_is_published_at_once_whatever_the_standing(database: Database) -> None:
    organisation_id, by = hers(database)
    number = make_listing(database)
    cells = {"id": str(number), "status": "temporarily closed", "waiting_weeks": "6", "cost_note": "Free."}
    compared(database, by, cells)
    assert sent(database, organisation_id, by).sent == 1
    with database.reading() as session:
        here = stored_cells(session, number)
        states = session.scalars(
            select(ProposedChange.state).where(ProposedChange.service_id == number)
        ).all()
    assert (here["status"], here["waiting_weeks"], here["cost_note"]) == ("active", "", "")
    assert states == ["waiting"]


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("waiting_note", "Jane Doe DOB 1 May 2014 waits.", "a date of birth"),
        ("description", "Ask about 943 476 5919.", "an NHS number"),
        ("before_you_call", "Write to jo@example.org first.", "an e-mail address"),
        ("safe_contact", "Come to PE1 1QL.", "a postcode"),
        ("url", "http://www.example.org", "https://"),
        ("url", "https://localhost", "others can reach"),
        ("organisation_url", "https://www.ex\u0430mple.org", "another alphabet"),
        ("contact_routes", "telephone | +33 1 42 68 53 00", "another country"),
        ("contact_routes", "telephone | 0901 123 4567", "cost whoever rings"),
        ("url", "https://nonsense.notatld", "others can reach"),
        ("contact_routes", "form | http://www.example.org", "https://"),
        ("contact_routes", "telephone | 01632 960222 | | born 1 May 2014", "a date of birth"),
        ("contact_routes", "walk-in | ask for 943.476.5919", "an NHS number"),
        ("locations", "town | Peterborough | | Emily, NHS number 943 476 5919", "an NHS number"),
        ("locations", "town | Peterborough | | she came on 12/03/2014", "a date of birth"),
    ],
)
def test_what_a_form_refuses_is_a_problem_of_the_row(
    database: Database, column: str, cell: str, said: str
) -> None:
    number = make_listing(database)
    found = compared(database, hers(database)[1], {"id": str(number), column: cell})
    assert [(one.problem.line, one.problem.column) for one in found.problems] == [(2, column)]
    assert said in found.problems[0].problem.what and found.differences == []


def test_a_draft_that_does_not_fit_any_more_stays_and_the_others_are_sent(either_database: Database) -> None:
    database = either_database
    organisation_id, by = hers(database)
    one, clashing, fine = (make_listing(database, minimum_age="18") for _listing in range(3))
    compared(
        database,
        by,
        {"id": str(one), "maximum_age": "25", "cost_note": "Free."},
        {"id": str(clashing), "cost_note": "Free."},
        {"id": str(fine), "cost_note": "Free."},
    )
    for number, cells in ((one, {"minimum_age": "30"}), (clashing, {"cost_note": "Five pounds."})):
        with database.transaction() as session:
            apply_cells(session, number, cells, TablePlaces(), act="t", role="editor", now=now_utc())
    done = sent(database, organisation_id, by)
    assert (done.sent, len(done.kept), len(done.refused)) == (1, 1, 1)
    with database.reading() as session:
        query = select(ProposedChange.service_id, ProposedChange.state).where(
            ProposedChange.service_id.is_not(None)
        )
        assert sorted(session.execute(query).all()) == [
            (one, "draft"),
            (clashing, "draft"),
            (fine, "waiting"),
        ]
