"""SIGKILL at random moments: the database is sound, nothing is half-done, and nothing that was confirmed is lost.

What is killed is a process of the site. On SQLite the database goes with it; PostgreSQL lives on, and must let go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tqdm import tqdm

from directory.actions.actor import Actor
from directory.actions.changes.apply import stored_cells
from directory.actions.changes.decide import Approval, approve
from directory.actions.changes.propose import Proposal, propose
from directory.config import Settings
from directory.db import Database
from directory.jobs.reminders import send_due_reminders
from directory.models.audit import AuditEntry
from directory.models.listing_past import ListingPast
from directory.models.outbox import OutboxMail
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.models.upkeep import Reminder
from directory.queries.listings import listings_version
from directory.reference.hours import now_utc
from tests.accounts import make_account
from tests.builders import TablePlaces, import_file, make_database, make_listing, make_row, write_file
from tests.faults.killed import Ended, Say, Work, random_moments, run_and_kill
from tests.faults.sound import assert_sound
from tests.integration.upkeep.lives import after, an_organisation, confirm, with_site

SEED = 20261126
TURNS_MAX = 5
"""So many runs for each kill that is wanted; more would mean that the work ends before anybody could kill it."""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with tables and no listings: in a file, and again on PostgreSQL."""
    on_server = request.param == "postgresql"
    url = request.getfixturevalue("postgres_url") if on_server else f"sqlite:///{tmp_path}/killed.sqlite"
    database = make_database(url)
    yield database
    database.dispose()


def rounds_of(
    database: Database,
    rounds: int,
    what: str,
    begin: Callable[[int], Work],
    judge: Callable[[int, Ended], None],
) -> None:
    """Kill so many at a random moment and judge what each left; then let it end, and judge that.

    Work that had ended before its moment came is judged too, and is no kill: its time is what the next moments are
    drawn from, since the first run of all is the slowest.
    """
    url = database.engine.url.render_as_string(hide_password=False)

    def run(work: Work, after_s: float | None) -> Ended:
        # A child must not inherit an open connection: SQLite knows its locks by process, PostgreSQL by connection.
        database.dispose()
        ended = run_and_kill(url, work, after_s)
        assert_sound(database)
        return ended

    first = run(begin(0), None)
    judge(0, first)
    moments, seconds = random_moments(first.seconds, SEED), first.seconds
    turn = killed = 0
    with tqdm(total=rounds, desc=f"killing {what}", leave=False) as progress:
        while killed < rounds:
            turn += 1
            assert turn <= TURNS_MAX * rounds, "the kills came too late to tell anything"
            work = begin(turn)
            ended = run(work, moments.uniform(0, seconds))
            judge(turn, ended)
            if ended.was_killed:
                killed += 1
                progress.update()
                judge(turn, run(work, None))
            else:
                seconds = ended.seconds


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

CHANGES = 10


def test_a_killed_approval_has_changed_everything_that_belongs_to_it_or_nothing(
    database: Database, rounds: int
) -> None:
    services = [make_listing(database, name=f"Example Service {number}") for number in range(CHANGES)]
    hers = Actor(make_account(database), "service manager")
    moderator = Actor(make_account(database, roles=["moderator"]), "moderator", is_moderator=True)
    first_version = _version(database)

    def begin(turn: int) -> Work:
        for number in services:
            # Of four digits: ‘round 101’ holds a number to ring, which needs a second person and a check.
            cells = {"description": f"Counselling, as told in round {1000 + turn}."}
            with database.transaction() as session:
                proposed = propose(
                    session, Proposal(number, None, cells), TablePlaces(), by=hers, now=now_utc()
                )
                assert proposed.waiting_id and not proposed.published_id

        def work(held: Database, say: Say) -> None:
            with held.reading() as session:
                query = select(ProposedChange.id).where(ProposedChange.state == "waiting")
                waiting = session.scalars(query.order_by(ProposedChange.id)).all()
            for change_id in waiting:
                with held.transaction() as session:
                    approve(session, change_id, Approval(), TablePlaces(), by=moderator, now=now_utc())
                say(str(change_id))

        return work

    def judge(_turn: int, ended: Ended) -> None:
        with database.reading() as session:
            states = dict(session.execute(select(ProposedChange.id, ProposedChange.state)).all())
            past = session.scalars(select(ListingPast).order_by(ListingPast.id)).all()
            approved = sorted(number for number, state in states.items() if state == "approved")
            # History, state, version, log and the letter to the proposer: of each approval all, or none.
            assert sorted(row.change_id for row in past if row.change_id) == approved
            assert listings_version(session) == first_version + len(approved)
            acts = select(AuditEntry.about_id).where(AuditEntry.act == "approve change")
            assert sorted(session.scalars(acts)) == approved
            assert session.scalar(select(func.count()).select_from(OutboxMail)) == len(approved)
            for number in services:
                newest = [row for row in past if row.service_id == number][-1:]
                if newest:
                    stored = stored_cells(session, number)
                    assert newest[0].cells == {name: cell for name, cell in stored.items() if cell}
        assert {states[int(line)] for line in ended.said} <= {"approved"}
        assert ended.was_killed or set(states.values()) == {"approved"}

    rounds_of(database, rounds, "approvals", begin, judge)


# A run of reminders: each organisation's mail and its link are stored together, and never twice.

ORGANISATIONS = 12
DAYS_A_ROUND = 200


def test_a_killed_run_of_reminders_goes_on_where_it_was_and_writes_to_nobody_twice(
    database: Database, rounds: int, empty_settings: Settings
) -> None:
    settings = with_site(empty_settings)
    listings: list[int] = []
    for number in range(ORGANISATIONS):
        owner = f"owner{number}@example.org"
        listings += an_organisation(database, owners=[owner], name=f"Example Organisation {number}")[1]

    def begin(turn: int) -> Work:
        confirm(database, listings, turn * DAYS_A_ROUND)
        when = after(turn * DAYS_A_ROUND + 95)

        def work(held: Database, say: Say) -> None:
            send_due_reminders(held, settings, when, each=lambda number, _step: say(str(number)))

        return work

    def judge(turn: int, ended: Ended) -> None:
        on = after(turn * DAYS_A_ROUND + 95).date()
        with database.reading() as session:
            mails = session.scalars(select(OutboxMail.key)).all()
            links = session.scalars(select(Reminder.organisation_id)).all()
            acts = session.scalars(select(AuditEntry.about_id).where(AuditEntry.act == "send reminder")).all()
        assert len(set(mails)) == len(mails)
        assert sorted(int(key.split()[1]) for key in mails) == sorted(links) == sorted(acts)
        assert {f"reminder {number} {on}" for number in ended.said} <= set(mails)
        if not ended.was_killed:
            assert len(mails) == ORGANISATIONS * (turn + 1)

    rounds_of(database, rounds, "reminders", begin, judge)


def _version(database: Database) -> int:
    with database.reading() as session:
        return listings_version(session)
