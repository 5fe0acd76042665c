"""SIGKILL at random moments: the database is sound, nothing is half-done, and nothing that was confirmed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tqdm import tqdm

from directory.actions.actor import Actor
from directory.actions.changes.apply import apply_cells, stored_cells
from directory.actions.changes.propose import Proposal, propose
from directory.actions.mail.post import Letter, post_mail
from directory.db import Database
from directory.models.audit import AuditEntry
from directory.models.listing_past import ListingPast
from directory.models.organisation import Organisation
from directory.models.outbox import OutboxMail
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.models.upkeep import Reminder
from directory.queries.listings import listings_version
from directory.reference.hours import now_utc
from tests.accounts import make_organisation
from tests.builders import TablePlaces, import_file, make_database, make_listing, make_row, write_file
from tests.faults.killed import Ended, Say, Work, assert_sound, random_moments, run_and_kill

HERS = Actor(None, "service manager")
SEED = 20261126


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database with tables and no listings, in a file."""
    database = make_database(f"sqlite:///{tmp_path}/killed.sqlite")
    yield database
    database.dispose()


def rounds_of(
    database: Database,
    rounds: int,
    what: str,
    begin: Callable[[int], Work],
    judge: Callable[[int, Ended], None],
) -> None:
    """Kill each round's work at a random moment and judge what it left; then let it end, and judge that."""
    path = database.file
    assert path

    def run(work: Work, after_s: float | None) -> Ended:
        # SQLite knows its locks by process: a child must not inherit an open connection.
        database.dispose()
        ended = run_and_kill(path, work, after_s)
        assert_sound(path)
        return ended

    first = run(begin(0), None)
    judge(0, first)
    moments = random_moments(first.seconds, SEED)
    killed = 0
    for turn in tqdm(range(1, rounds + 1), desc=f"killing {what}", leave=False):
        work = begin(turn)
        ended = run(work, moments.uniform(0, first.seconds * 1.1))
        killed += ended.was_killed
        judge(turn, ended)
        judge(turn, run(work, None))
    assert killed >= rounds // 3, "the kills came too late to tell anything"


# An import: one transaction, which is there as a whole or not at all.

ROWS = 40


def test_a_killed_import_is_there_whole_or_not_at_all(
    database: Database, rounds: int, tmp_path: Path
) -> None:
    def begin(turn: int) -> Work:
        rows = [
            make_row(id=number, description=f"Counselling, as told in round {turn}.")
            for number in range(1, ROWS + 1)
        ]
        file = write_file(tmp_path / f"round-{turn}.csv", rows)

        def work(held: Database, say: Say) -> None:
            assert import_file(held, file).written
            say("imported")

        return work

    def judge(turn: int, ended: Ended) -> None:
        with database.reading() as session:
            found = set(session.scalars(select(Service.description)))
            count, version = (
                session.scalar(select(func.count()).select_from(Service)),
                listings_version(session),
            )
        assert (len(found), count) == (1, ROWS)
        told = int(found.pop().split()[-1].rstrip("."))
        # Each import that changes something adds one to the version: a version without its rows would show.
        assert told in {turn, turn - 1} and version == told + 1
        if ended.said or not ended.was_killed:
            assert told == turn

    rounds_of(database, rounds, "an import", begin, judge)


# Approvals: each is a transaction; what one changes, its history, its state, the log and the version go together.

CHANGES = 12


def approve(held: Database, change_id: int) -> None:
    """Put one waiting change in place, as a moderator does."""
    with held.transaction() as session:
        change = session.get_one(ProposedChange, change_id)
        assert change.service_id
        apply_cells(
            session, change.service_id, change.cells, TablePlaces(),
            act="approved", role="moderator", now=now_utc(), change_id=change_id,
        )  # fmt: skip
        change.state = "approved"


def test_a_killed_approval_has_changed_everything_that_belongs_to_it_or_nothing(
    database: Database, rounds: int
) -> None:
    services = [make_listing(database) for _each in range(3)]

    def begin(turn: int) -> Work:
        for number in range(CHANGES):
            route = f"telephone | 01632 960{number:03} | Mo-Fr 09:00-17:00 | as told in round {turn}"
            proposal = Proposal(services[number % 3], None, {"contact_routes": route})
            with database.transaction() as session:
                assert propose(session, proposal, TablePlaces(), by=HERS, now=now_utc()).waiting_id

        def work(held: Database, say: Say) -> None:
            with held.reading() as session:
                query = select(ProposedChange.id).where(ProposedChange.state == "waiting")
                waiting = session.scalars(query.order_by(ProposedChange.id)).all()
            for change_id in waiting:
                approve(held, change_id)
                say(str(change_id))

        return work

    first_version = _version(database)

    def judge(_turn: int, ended: Ended) -> None:
        with database.reading() as session:
            states = dict(session.execute(select(ProposedChange.id, ProposedChange.state)).all())
            past = session.scalars(select(ListingPast).order_by(ListingPast.id)).all()
            of_changes = [row.change_id for row in past if row.change_id]
            approved = [number for number, state in states.items() if state == "approved"]
            assert sorted(of_changes) == sorted(approved)
            assert listings_version(session) == first_version + len(approved)
            for number in services:
                newest = [row for row in past if row.service_id == number][-1:]
                if newest:
                    stored = stored_cells(session, number)
                    assert newest[0].cells == {name: cell for name, cell in stored.items() if cell}
            # The log has one line for each proposal, none of which the kill could take away.
            assert session.scalar(select(func.count()).select_from(AuditEntry)) == len(states)
        assert {states[int(line)] for line in ended.said} <= {"approved"}
        assert ended.was_killed or set(states.values()) == {"approved"}

    rounds_of(database, rounds, "approvals", begin, judge)


# A run of reminders: each organisation's mail and its link are stored together, and never twice.

ORGANISATIONS = 15


def remind(held: Database, organisations: Iterable[int], key: str, say: Say) -> None:
    """One mail for each organisation that has none of this key, with its reminder."""
    for number in organisations:
        letter = Letter(f"{key} {number}", f"team{number}@example.org", "Your listings", "Are they right?")
        with held.transaction() as session:
            now = now_utc()
            if post_mail(session, letter, now=now):
                session.add(
                    Reminder(
                        organisation_id=number, step_days=90, service_ids=[], token_hash=letter.key,
                        made_at=now, ends_at=now,
                    )
                )  # fmt: skip
        say(letter.key)


def test_a_killed_run_of_reminders_goes_on_where_it_was_and_writes_to_nobody_twice(
    database: Database, rounds: int
) -> None:
    for number in range(ORGANISATIONS):
        make_organisation(database, f"Example Organisation {number}")
    with database.reading() as session:
        organisations = session.scalars(select(Organisation.id).order_by(Organisation.id)).all()

    def begin(turn: int) -> Work:
        return lambda held, say: remind(held, organisations, f"reminder of round {turn}", say)

    def judge(turn: int, ended: Ended) -> None:
        with database.reading() as session:
            mails = session.scalars(select(OutboxMail.key)).all()
            links = session.scalars(select(Reminder.token_hash)).all()
        assert sorted(mails) == sorted(links) and len(set(mails)) == len(mails)
        assert set(ended.said) <= set(mails)
        if not ended.was_killed:
            assert len(mails) == ORGANISATIONS * (turn + 1)

    rounds_of(database, rounds, "reminders", begin, judge)


def _version(database: Database) -> int:
    with database.reading() as session:
        return listings_version(session)
