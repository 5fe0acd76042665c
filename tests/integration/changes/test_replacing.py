"""A second change of what already waits: the newer takes the place of the same side's older one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from directory.actions.actor import Actor
from directory.actions.changes.propose import Proposal, Proposed, propose
from directory.actions.changes.replace import REPLACED
from directory.db import Database
from directory.models.audit import AuditEntry
from directory.models.proposed_change import ProposedChange
from directory.queries.moderation import queue
from directory.queries.waiting import contradicting, waiting_cells
from tests.accounts import make_account, make_organisation
from tests.builders import TablePlaces, make_listing

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
OLD, NEW, OTHER = (f"telephone | 01632 96000{digit} | Mo-Fr 09:00-17:00" for digit in (2, 3, 4))


@pytest.fixture
def listing(either_database: Database) -> tuple[Database, int, int]:
    """(database, the number of a listing, its owner's account)."""
    number = make_listing(either_database)
    owner = make_account(either_database, owner_of=[make_organisation(either_database)])
    return either_database, number, owner


def ask(
    listing: tuple[Database, int, int], source: str = "form", by: int | None = None, **cells: str
) -> Proposed:
    database, number, owner = listing
    actor = Actor(by or owner, "service manager", is_moderator=source == "moderator")
    with database.transaction() as session:
        proposal = Proposal(number, None, cells, source=source)
        return propose(session, proposal, TablePlaces(), by=actor, now=NOW)


def stored(database: Database) -> list[tuple[str, dict[str, str], str]]:
    with database.reading() as session:
        rows = session.scalars(select(ProposedChange).order_by(ProposedChange.id))
        return [(one.state, one.cells, one.decided_words) for one in rows]


def test_a_newer_number_takes_the_place_of_the_older_which_stays_in_the_history(
    listing: tuple[Database, int, int],
) -> None:
    first, second = ask(listing, contact_routes=OLD), ask(listing, "spreadsheet", contact_routes=NEW)
    assert stored(listing[0]) == [
        ("withdrawn", {"contact_routes": OLD}, REPLACED),
        ("waiting", {"contact_routes": NEW}, ""),
    ]
    with listing[0].reading() as session:
        assert [item.number for item in queue(session)] == [second.waiting_id]
        log = session.scalars(select(AuditEntry).where(AuditEntry.act == "replace change")).all()
        assert [(one.about_id, one.details["columns"]) for one in log] == [
            (first.waiting_id, "contact_routes")
        ]


def test_what_the_newer_one_does_not_speak_of_waits_on(listing: tuple[Database, int, int]) -> None:
    ask(listing, contact_routes=OLD, url="https://www.example.org/new")
    ask(listing, contact_routes=NEW)
    assert stored(listing[0]) == [
        ("waiting", {"url": "https://www.example.org/new"}, ""),
        ("withdrawn", {"contact_routes": OLD}, REPLACED),
        ("waiting", {"contact_routes": NEW}, ""),
    ]


def test_the_same_asked_twice_waits_once_under_its_first_number(listing: tuple[Database, int, int]) -> None:
    first = ask(listing, contact_routes=OLD)
    assert ask(listing, contact_routes=OLD) == first
    assert len(stored(listing[0])) == 1


def test_neither_side_takes_away_what_the_other_asked_for_and_the_queue_says_so(
    listing: tuple[Database, int, int],
) -> None:
    database, number, _owner = listing
    moderator = make_account(database, roles=["moderator"])
    hers = ask(listing, contact_routes=OLD).waiting_id
    theirs = ask(listing, "moderator", moderator, contact_routes=OTHER).waiting_id
    assert [state for state, _cells, _words in stored(database)] == ["waiting", "waiting"]
    with database.reading() as session:
        assert contradicting(session) == {hers: (theirs,), theirs: (hers,)}
        assert {item.number: item.rivals for item in queue(session)} == {hers: (theirs,), theirs: (hers,)}
        seen = waiting_cells(session, number, "form", {"contact_routes", "url"})
        assert [(one.change_id, one.is_ours) for one in seen["contact_routes"]] == [
            (hers, True),
            (theirs, False),
        ]
        assert "url" not in seen


def test_changes_of_different_fields_or_with_the_same_answer_contradict_nobody(
    listing: tuple[Database, int, int],
) -> None:
    database, _number, _owner = listing
    moderator = make_account(database, roles=["moderator"])
    ask(listing, contact_routes=OLD)
    ask(listing, "moderator", moderator, contact_routes=OLD)
    ask(listing, url="https://www.example.org/new")
    with database.reading() as session:
        assert contradicting(session) == {}
        assert len(queue(session)) == 3
