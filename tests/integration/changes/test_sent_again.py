"""What was sent back and is sent again keeps the reasons, and a number is given once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from directory.actions.actor import Actor
from directory.actions.changes.again import take_up_again
from directory.actions.changes.decide import send_back
from directory.actions.changes.draft import save_draft, save_words, send_draft, throw_away
from directory.db import Database
from directory.errors import RuleBroken
from directory.models.confirmation import Confirmation
from directory.models.outbox import OutboxMail
from directory.models.proposed_change import ProposedChange
from directory.queries.my_drafts import Subject, find_draft
from directory.queries.sent_again import sent_back_before
from directory.reference.hours import now_utc
from tests.accounts import make_account, make_organisation
from tests.builders import TablePlaces, make_listing
from tests.integration.moderation.changes import make_change, moderator, new_cells, try_approve
from tests.integration.moderation.test_what_a_moderator_writes import WHOLE

REASONS = "Say since when."


class Desk:
    """An organisation's manager, and a moderator who sends back."""

    def __init__(self, database: Database) -> None:
        self.database, self.service = database, make_listing(database)
        self.organisation = make_organisation(database)
        self.owner = Actor(make_account(database, owner_of=[self.organisation]), "service manager")
        self.moderator = Actor(make_account(database, roles=["moderator"]), "moderator", is_moderator=True)
        self.subject = Subject(self.organisation, self.service)

    def write(self, url: str) -> None:
        with self.database.transaction() as session:
            save_draft(session, self.subject, {"url": url}, {}, by=self.owner, now=now_utc())

    def send(self) -> int:
        with self.database.transaction() as session:
            sent = send_draft(session, self.subject, TablePlaces(), by=self.owner, now=now_utc())
            assert sent is not None and sent.waiting_id is not None
            return sent.waiting_id

    def send_back(self, change: int, words: str = REASONS) -> None:
        with self.database.transaction() as session:
            send_back(session, change, words, by=self.moderator, now=now_utc())

    def take_up(self, change: int) -> int:
        with self.database.transaction() as session:
            return take_up_again(session, change, self.subject, by=self.owner, now=now_utc())

    def throw_away(self) -> None:
        with self.database.transaction() as session:
            throw_away(session, self.subject, now=now_utc())

    def mails(self) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(OutboxMail)) or 0

    def state(self, change: int) -> tuple[str, str]:
        with self.database.reading() as session:
            row = session.get_one(ProposedChange, change)
            return row.state, row.decided_words


@pytest.fixture
def desk(either_database: Database) -> Iterator[Desk]:
    return Desk(either_database)


def test_every_change_that_is_sent_back_is_told_also_after_an_earlier_one_was_thrown_away(desk: Desk) -> None:
    numbers = []
    for word in ("one", "two"):
        desk.write(f"https://www.example.org/{word}")
        numbers.append(desk.send())
        desk.send_back(numbers[-1])
        desk.take_up(numbers[-1])
        desk.throw_away()
    assert len(set(numbers)) == 2 and desk.mails() == 2


def test_what_was_sent_back_stays_with_its_reasons_and_the_new_change_leads_to_it(desk: Desk) -> None:
    desk.write("https://www.example.org/one")
    first = desk.send()
    desk.send_back(first)
    desk.take_up(first)
    with desk.database.reading() as session:
        draft = find_draft(session, desk.subject)
        assert draft is not None and draft.reasons == REASONS
    desk.write("https://www.example.org/two")
    second = desk.send()
    assert second != first and desk.state(first) == ("withdrawn", REASONS)
    desk.send_back(second, "And who says so.")
    desk.take_up(second)
    third = desk.send()
    with desk.database.reading() as session:
        before = sent_back_before(session, third)
        assert [(one.change_id, one.reasons, one.role) for one in before] == [
            (first, REASONS, "moderator"), (second, "And who says so.", "moderator")
        ]  # fmt: skip
        assert sent_back_before(session, first) == ()
        assert find_draft(session, desk.subject) is None


def test_a_draft_that_nobody_sent_is_deleted_and_is_named_by_nothing(desk: Desk) -> None:
    desk.write("https://www.example.org/one")
    desk.throw_away()
    with desk.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ProposedChange)) == 0


def test_who_edited_it_before_it_was_sent_back_does_not_approve_it_when_it_is_sent_again(
    database: Database,
) -> None:
    one, two, three = (make_account(database, roles=["moderator"]) for _each in range(3))
    organisation = make_organisation(database)
    owner = Actor(make_account(database, owner_of=[organisation]), "service manager")
    first = make_change(database, None, new_cells(), by=owner.account_id, organisation_id=organisation)
    try_approve(database, first, replace(WHOLE, edits={"contact_routes": "telephone | 01632 960444"}), one)
    with database.transaction() as session:
        send_back(session, first, REASONS, by=moderator(two), now=now_utc())
    with database.transaction() as session:
        draft = take_up_again(session, first, Subject(organisation), by=owner, now=now_utc())
        subject = Subject(organisation, draft_id=draft)
        sent = send_draft(session, subject, TablePlaces(), by=owner, now=now_utc())
    assert sent is not None and sent.waiting_id is not None
    with pytest.raises(RuleBroken, match="wrote"):
        try_approve(database, sent.waiting_id, WHOLE, one)
    assert try_approve(database, sent.waiting_id, WHOLE, three).service_id
    with database.reading() as session:
        # Not all of it is what the organisation wrote.
        assert session.scalars(select(Confirmation.id)).all() == []


def test_of_a_draft_that_was_taken_up_only_its_number_is_kept(desk: Desk) -> None:
    desk.write("https://www.example.org/one")
    first = desk.send()
    desk.send_back(first)
    taken_up = desk.take_up(first)
    desk.write("https://www.example.org/two")
    with desk.database.transaction() as session:
        save_words(session, desk.subject, "For the moderator.", seen="")
    desk.throw_away()
    with desk.database.reading() as session:
        row = session.get_one(ProposedChange, taken_up)
        assert (row.state, row.cells, row.base, row.words, row.decided_words) == ("withdrawn", {}, {}, "", "")


def test_so_it_is_with_one_that_was_sent_and_what_was_sent_keeps_all(desk: Desk) -> None:
    desk.write("https://www.example.org/one")
    first = desk.send()
    desk.send_back(first)
    taken_up = desk.take_up(first)
    desk.write("https://www.example.org/two")
    second = desk.send()
    with desk.database.reading() as session:
        assert session.get_one(ProposedChange, taken_up).cells == {}
        assert session.get_one(ProposedChange, first).cells == {"url": "https://www.example.org/one"}
        assert session.get_one(ProposedChange, second).cells == {"url": "https://www.example.org/two"}
