"""A copy knows as open what was used since: after a restore no link in any mail works."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from directory.actions.restore import after_restore
from directory.db import Database
from directory.models.membership import Invitation, MailboxLink, ManageRequest
from directory.models.sign_in import SignInLink
from directory.models.upkeep import Reminder
from directory.reference.hours import now_utc
from tests.accounts import make_account, make_organisation


def test_no_link_in_a_mail_works_after_a_restore(either_database: Database) -> None:
    database, now = either_database, now_utc()
    until = now + timedelta(days=7)
    account, organisation = make_account(database), make_organisation(database)
    with database.transaction() as session:
        session.add_all(
            [
                Reminder(organisation_id=organisation, account_id=account, step_days=90, service_ids=[1],
                    token_hash="reminder", made_at=now, ends_at=until),
                SignInLink(account_id=account, kind="reset", token_hash="link", next_path="", made_at=now,
                    ends_at=until),
                Invitation(email="a@example.org", kind="moderator", token_hash="invitation", made_at=now,
                    ends_at=until),
                ManageRequest(kind="change email", account_id=account, email="b@example.org", title="manager",
                    words="", state="approved", made_at=now, decided_at=now),
            ]
        )  # fmt: skip
        session.flush()
        request = session.scalars(select(ManageRequest.id)).one()
        session.add(
            MailboxLink(
                request_id=request, account_id=account, token_hash="mailbox", made_at=now, ends_at=until
            )
        )
    with database.transaction() as session:
        after_restore(session, now)
    with database.reading() as session:
        for kind, is_open in (
            (Reminder, Reminder.used_at.is_(None)),
            (SignInLink, SignInLink.used_at.is_(None)),
            (MailboxLink, MailboxLink.used_at.is_(None)),
            (Invitation, Invitation.withdrawn_at.is_(None)),
        ):
            assert session.scalars(select(kind).where(is_open)).all() == [], kind
