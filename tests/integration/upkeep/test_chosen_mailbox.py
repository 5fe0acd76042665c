"""What is written to an organisation goes to the mailbox it chose, and that mailbox's link works."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from directory.actions.accounts.members import set_contact
from directory.actions.accounts.standing import THE_COMMAND
from directory.actions.geo_places import GeoPlaces
from directory.actions.upkeep.link import Post, link_hash
from directory.actions.upkeep.remind import send_fresh_link
from directory.actions.upkeep.use_link import Said, use_link
from directory.config import Settings
from directory.db import Database
from directory.errors import NotFound
from directory.models.account import Account
from directory.models.confirmation import Confirmation
from directory.models.membership import Membership
from directory.queries.confirm_link import open_link
from directory.queries.people import contacts_of
from tests.accounts import make_account
from tests.integration.upkeep.lives import a_link, after, an_organisation, day, mails, send, with_site

CHOSEN = "referrals@example.org"
CHOSEN_AFTER = 1
"""Days. The owners hear of the choice itself then."""


def choose(database: Database, organisation: int, email: str = CHOSEN) -> int:
    """An editor joins, whose mailbox the organisation chooses. Returns the account."""
    account = make_account(database, email=email, title="referrals team", editor_of=[organisation])
    with database.transaction() as session:
        membership = session.scalars(select(Membership.id).where(Membership.account_id == account)).one()
        set_contact(session, membership, organisation, by=THE_COMMAND, now=after(CHOSEN_AFTER))
    return account


def test_every_reminder_goes_to_the_chosen_mailbox(either_database: Database, settings: Settings) -> None:
    organisation, _numbers = an_organisation(
        either_database, owners=("first@example.org", "second@example.org")
    )
    choose(either_database, organisation)
    for days in range(200):
        send(either_database, settings, days)
    assert [(days, to) for days, to, _body in mails(either_database) if days > CHOSEN_AFTER] == [
        (90, CHOSEN),
        (120, CHOSEN),
        (150, CHOSEN),
    ]


@pytest.mark.parametrize("what", [{"active": False}, {"ended_at": after(80)}, {"is_contact": False}])
def test_without_a_chosen_mailbox_that_is_open_owners_are_written_to(
    database: Database, settings: Settings, what: dict[str, object]
) -> None:
    organisation, _numbers = an_organisation(database)
    account = choose(database, organisation)
    with database.transaction() as session:
        whose = Account.id == account if "active" in what else Membership.account_id == account
        session.execute(update(Account if "active" in what else Membership).where(whose).values(**what))
    send(database, settings, 90)
    assert [to for days, to, _body in mails(database) if days > CHOSEN_AFTER] == ["owner@example.org"]


def test_the_chosen_mailbox_confirms_by_its_link_in_its_own_role(
    database: Database, settings: Settings
) -> None:
    organisation, (number,) = an_organisation(database)
    choose(database, organisation)
    token = a_link(database, settings)
    with database.transaction() as session:
        places = GeoPlaces(settings.postcodes_dir)
        use_link(session, token, {number: Said(is_right=True)}, places, today=day(91), now=after(91))
    with database.reading() as session:
        assert session.scalars(select(Confirmation.role)).all() == ["referrals team"]


@pytest.mark.parametrize("what", [{"ended_at": after(91)}, {"is_contact": False}])
def test_a_link_ends_with_being_the_contact(
    database: Database, settings: Settings, what: dict[str, object]
) -> None:
    organisation, (number,) = an_organisation(database)
    account = choose(database, organisation)
    token = a_link(database, settings)
    with database.transaction() as session:
        session.execute(update(Membership).where(Membership.account_id == account).values(**what))
    places = GeoPlaces(settings.postcodes_dir)
    with database.transaction() as session, pytest.raises(NotFound):
        use_link(session, token, {number: Said(is_right=True)}, places, today=day(92), now=after(92))
    with database.transaction() as session:
        assert not send_fresh_link(session, token, _post(settings, 92))


def test_a_fresh_link_goes_to_the_same_mailbox_as_the_old_one(database: Database, settings: Settings) -> None:
    organisation, _numbers = an_organisation(database)
    owners_link = a_link(database, settings)
    choose(database, organisation)
    chosen_link = a_link(database, settings, 120)
    for token, days, to in ((owners_link, 130, "owner@example.org"), (chosen_link, 131, CHOSEN)):
        with database.transaction() as session:
            assert send_fresh_link(session, token, _post(settings, days))
            assert mails_to(session, organisation) == [CHOSEN]
        assert mails(database)[-1][1] == to
    with database.reading() as session:
        assert open_link(session, link_hash(chosen_link), after(131)) is not None


def mails_to(session: object, organisation: int) -> list[str]:
    """Where the organisation is written to."""
    return [one.email for one in contacts_of(session, organisation)]  # type: ignore[arg-type]  # of either kind


def _post(settings: Settings, days: int) -> Post:
    known = with_site(settings)
    return Post(known.upkeep, known.site_url, after(days))
