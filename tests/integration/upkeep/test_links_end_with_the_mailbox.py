"""The link of a reminder ends with the mailbox it went to, with the membership and with the account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from directory.actions.accounts.erase import erase
from directory.actions.accounts.members import end_membership
from directory.actions.accounts.new_mailbox import confirm_mailbox
from directory.actions.accounts.own import deactivate, reactivate
from directory.actions.accounts.standing import THE_COMMAND
from directory.actions.accounts.tokens import hash_of
from directory.actions.mail.post import Letter, post_mail
from directory.actions.upkeep.link import link_hash
from directory.config import Settings
from directory.db import Database
from directory.models.account import Account
from directory.models.membership import MailboxLink, ManageRequest, Membership
from directory.models.outbox import OutboxMail
from directory.models.upkeep import Reminder
from directory.queries.confirm_link import open_link
from tests.accounts import make_account
from tests.integration.upkeep.lives import a_link, after, an_organisation

OLD, NEW = "owner@example.org", "new@example.org"
NOW = after(91)


@dataclass(frozen=True)
class Hers:
    """An organisation whose first owner was written to a day ago, and its second one."""

    database: Database
    token: str
    account: int
    organisation: int

    def works(self) -> bool:
        """Whether the link opens anything."""
        with self.database.reading() as session:
            return open_link(session, link_hash(self.token), NOW) is not None

    def mails(self) -> list[tuple[str, str, bool]]:
        """(state, to whom, whether its text is there) of every mail, in order."""
        with self.database.reading() as session:
            found = session.scalars(select(OutboxMail).order_by(OutboxMail.id))
            return [(one.state, one.to_address, one.body is not None) for one in found]


@pytest.fixture
def hers(either_database: Database, settings: Settings) -> Hers:
    organisation, _numbers = an_organisation(either_database)
    token = a_link(either_database, settings)
    with either_database.reading() as session:
        account = session.scalars(select(Account.id)).one()
    make_account(either_database, email="second@example.org", owner_of=[organisation])
    made = Hers(either_database, token, account, organisation)
    assert made.works() and made.mails() == [("waiting", OLD, True)]
    return made


def change_address(hers: Hers) -> None:
    """As a moderator approved, and the new mailbox says yes."""
    with hers.database.transaction() as session:
        request = ManageRequest(
            kind="change email", account_id=hers.account, organisation_id=hers.organisation, email=NEW, title="",
            words="", network_hash="", state="approved", made_at=NOW, decided_at=NOW,
        )  # fmt: skip
        session.add(request)
        session.flush()
        session.add(
            MailboxLink(
                request_id=request.id, account_id=hers.account, token_hash=hash_of("token"), made_at=NOW,
                ends_at=after(95),
            )
        )  # fmt: skip
    with hers.database.transaction() as session:
        confirm_mailbox(session, "token", now=NOW)


def close(hers: Hers) -> None:
    with hers.database.transaction() as session:
        deactivate(session, hers.account, by=THE_COMMAND, now=NOW)
        reactivate(session, hers.account, by=THE_COMMAND, now=NOW)


def leave(hers: Hers) -> None:
    """She is an owner no more, and then one again."""
    with hers.database.transaction() as session:
        whose = (Membership.account_id == hers.account, Membership.organisation_id == hers.organisation)
        number = session.scalars(select(Membership.id).where(*whose)).one()
        end_membership(session, number, hers.organisation, by=THE_COMMAND, now=NOW)
        session.add(
            Membership(account_id=hers.account, organisation_id=hers.organisation, kind="owner", began_at=NOW)
        )


def forget(hers: Hers) -> None:
    with hers.database.transaction() as session:
        erase(session, OLD, by=THE_COMMAND, now=NOW)


@pytest.mark.parametrize("what", [change_address, close, leave, forget])
def test_a_link_sent_before_opens_nothing_and_one_that_waits_is_not_sent(
    hers: Hers, what: Callable[[Hers], None]
) -> None:
    what(hers)
    assert not hers.works()
    with hers.database.reading() as session:
        assert session.scalars(select(Reminder.used_at)).one() is not None
    assert hers.mails()[0][0] == "given up" and not hers.mails()[0][2]


def test_the_old_mailbox_is_still_told_that_the_address_was_changed(hers: Hers) -> None:
    change_address(hers)
    assert hers.mails() == [("given up", OLD, False), ("waiting", OLD, True), ("waiting", NEW, True)]


def test_news_of_the_account_that_has_not_left_goes_to_the_new_mailbox_and_a_link_to_none(hers: Hers) -> None:
    with hers.database.transaction() as session:
        for key in ("changed 1 ab", "owner made 3 1", "link 1 ab", "reset 1 ab", "request 9 asked"):
            post_mail(session, Letter(key, OLD, "Your account", "Hello", hers.account), now=NOW)
    change_address(hers)
    assert hers.mails()[1:6] == [
        ("waiting", NEW, True), ("waiting", NEW, True), ("given up", OLD, False), ("given up", OLD, False),
        ("waiting", OLD, True),
    ]  # fmt: skip


def test_leaving_one_organisation_leaves_the_links_of_another(hers: Hers, settings: Settings) -> None:
    other, _numbers = an_organisation(hers.database, name="Another Organisation", owners=())
    with hers.database.transaction() as session:
        session.add(
            Membership(account_id=hers.account, organisation_id=other, kind="owner", began_at=after(-10))
        )
    token = a_link(hers.database, settings, 91)
    leave(hers)
    with hers.database.reading() as session:
        assert open_link(session, link_hash(token), NOW) is not None
