"""Decisions, holds and what commissioners say reach an organisation where it chose to be written to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from directory.actions.actor import Actor
from directory.actions.changes.decide import refuse
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.actions.changes.propose import Proposal, propose
from directory.db import Database
from directory.models.membership import Membership
from directory.models.outbox import OutboxMail
from directory.models.service import Service
from directory.reference.hours import now_utc
from tests.accounts import make_account
from tests.builders import TablePlaces, make_listing

OWNER, EDITOR, CHOSEN = "owner@example.org", "editor@example.org", "referrals@example.org"


class House:
    """An organisation with an owner, an editor, and perhaps a mailbox that it chose."""

    def __init__(self, database: Database, *, chosen: bool) -> None:
        self.database, self.service = database, make_listing(database)
        with database.reading() as session:
            self.organisation = session.scalars(select(Service.organisation_id)).one()
        here = [self.organisation]
        self.owner = make_account(database, email=OWNER, owner_of=here)
        self.editor = make_account(database, email=EDITOR, editor_of=here)
        self.moderator = Actor(make_account(database, roles=["moderator"], email="m@example.org"), "m", True)
        if chosen:
            number = make_account(database, email=CHOSEN, editor_of=here)
            with database.transaction() as session:
                whose = Membership.account_id == number
                session.execute(update(Membership).where(whose).values(is_contact=True))

    def ask(self, by: int) -> int:
        with self.database.transaction() as session:
            asked = Proposal(self.service, self.organisation, {"url": "https://www.example.com"})
            actor = Actor(by, "manager")
            return propose(session, asked, TablePlaces(), by=actor, now=now_utc()).waiting_id or 0

    def refuse(self, change: int) -> None:
        decider = Actor(make_account(self.database, roles=["moderator"]), "moderator", True)
        with self.database.transaction() as session:
            refuse(session, change, "It does not answer.", by=decider, now=now_utc())

    def leave(self, account: int) -> None:
        with self.database.transaction() as session:
            whose = Membership.account_id == account
            session.execute(update(Membership).where(whose).values(ended_at=now_utc()))

    def told(self) -> list[str]:
        with self.database.reading() as session:
            return sorted(session.scalars(select(OutboxMail.to_address)))


@pytest.mark.parametrize(("chosen", "to"), [(True, CHOSEN), (False, EDITOR)])
def test_a_decision_goes_to_the_chosen_mailbox_or_to_whoever_asked(
    database: Database, chosen: bool, to: str
) -> None:
    house = House(database, chosen=chosen)
    house.refuse(house.ask(house.editor))
    assert house.told() == [to]


def test_who_has_left_is_told_nothing_and_the_owner_is(database: Database) -> None:
    house = House(database, chosen=False)
    change = house.ask(house.editor)
    house.leave(house.editor)
    house.refuse(change)
    assert house.told() == [OWNER]


def test_a_moderator_who_asked_is_told_at_their_own_address(database: Database) -> None:
    house = House(database, chosen=True)
    house.refuse(house.ask(house.moderator.account_id or 0))
    assert house.told() == ["m@example.org"]


@pytest.mark.parametrize(("chosen", "to"), [(True, CHOSEN), (False, OWNER)])
def test_what_a_moderator_takes_down_is_told_once_a_day(database: Database, chosen: bool, to: str) -> None:
    house, now = House(database, chosen=chosen), now_utc()
    for value, days in (("01632 960001", 0), ("01632 960002", 0), ("01632 960003", 1)):
        with database.transaction() as session:
            asked = HoldAsked("route", value, "it may be wrong")
            place_hold(session, house.service, asked, by=house.moderator, now=now + timedelta(days=days))
    assert house.told() == [to, to]


def test_what_an_organisation_takes_down_itself_is_not_told(database: Database) -> None:
    house = House(database, chosen=True)
    with database.transaction() as session:
        asked = HoldAsked("route", "01632 960001", "it may be wrong")
        place_hold(session, house.service, asked, by=Actor(house.owner, "manager"), now=now_utc())
    assert house.told() == []
