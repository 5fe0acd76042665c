"""An organisation with owners and listings, on a day that the test chooses; never a wait."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select, update

from directory.actions.actor import Actor
from directory.actions.upkeep.confirm import confirm_listings
from directory.config import Settings
from directory.db import Database
from directory.jobs.reminders import send_due_reminders
from directory.models.membership import Membership
from directory.models.outbox import OutboxMail
from tests.accounts import make_account, make_organisation
from tests.builders import make_listing

BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
HERS = Actor(None, "service manager")
_LINK = re.compile(r"/confirm/([\w-]+)")


def after(days: int) -> datetime:
    """Nine in the morning, so many days after the owner joined."""
    return BEGAN + timedelta(days=days)


def day(days: int) -> date:
    """The date of that moment."""
    return after(days).date()


def an_organisation(
    database: Database,
    *,
    listings: int = 1,
    owners: Sequence[str] = ("owner@example.org",),
    name: str = "Example Organisation",
) -> tuple[int, list[int]]:
    """An organisation whose owners joined on the first day, and the numbers of its listings."""
    organisation_id = make_organisation(database, name)
    numbers = [
        make_listing(
            database,
            organisation=name,
            name=f"Example Service {place}",
            free_to_person="yes",
            modes="in-person",
        )
        for place in range(1, listings + 1)
    ]
    for email in owners:
        make_account(database, email=email, owner_of=[organisation_id])
    with database.transaction() as session:
        session.execute(update(Membership).values(began_at=BEGAN))
    return organisation_id, numbers


def confirm(database: Database, numbers: Sequence[int], days: int) -> None:
    """The service manager says that these are right, on that day."""
    with database.transaction() as session:
        confirm_listings(session, numbers, by=HERS, today=day(days), now=after(days))


def send(database: Database, settings: Settings, days: int) -> int:
    """The reminders of a day."""
    return send_due_reminders(database, with_site(settings), after(days))


def with_site(settings: Settings) -> Settings:
    """The settings of a site that knows where it is."""
    return replace(settings, site_url="https://support.example.org")


def mails(database: Database) -> list[tuple[int, str, str]]:
    """(day after the beginning, to whom, the words) of every mail in the outbox, in order."""
    with database.reading() as session:
        found = session.execute(
            select(OutboxMail.made_at, OutboxMail.to_address, OutboxMail.body).order_by(OutboxMail.id)
        ).all()
    return [((made_at - BEGAN).days, to, body or "") for made_at, to, body in found]


def token_in(body: str) -> str:
    """The token of the link in a mail."""
    match = _LINK.search(body)
    assert match, body
    return match[1]


def a_link(database: Database, settings: Settings, days: int = 90) -> str:
    """A reminder goes out on that day; returns the token of its link."""
    assert send(database, settings, days) == 1
    return token_in(mails(database)[-1][2])
