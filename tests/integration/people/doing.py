"""Acts about people, in a transaction each, and what is read back: a test says only what matters to it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.accounts.accept import Accepted, ToAccept, accept
from directory.actions.accounts.invite import Invited, ToInvite, invite
from directory.actions.accounts.standing import THE_COMMAND, Standing
from directory.actions.actor import Actor
from directory.db import Database
from directory.models.account import Account
from directory.models.audit import AuditEntry
from directory.models.membership import Membership
from directory.models.outbox import OutboxMail
from directory.queries.people import PeopleOf, people_of
from directory.reference.hours import now_utc

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def link(token: str) -> str:
    """As the site makes it."""
    return f"https://directory.example.org/invitations/{token}"


def as_role(*roles: str, account_id: int | None = None, owner_of: tuple[int, ...] = ()) -> Standing:
    """Somebody with these roles, second factor given."""
    return Standing(Actor(account_id, "service manager"), frozenset(roles), frozenset(owner_of))


class Doing:
    """What tests do to people in one database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def invite(
        self,
        email: str = "referrals@example.org",
        kind: str = "owner",
        organisation_id: int | None = None,
        *areas: str,
        by: Standing = THE_COMMAND,
        now: datetime = NOW,
    ) -> Invited:
        with self.database.transaction() as session:
            return invite(session, ToInvite(email, kind, organisation_id, areas), link, by=by, now=now)

    def accept(
        self,
        token: str,
        title: str = "service manager",
        *,
        password_hash: str | None = None,
        signed_in_as: int | None = None,
        now: datetime = NOW,
    ) -> Accepted:
        with self.database.transaction() as session:
            return accept(session, ToAccept(token, title, password_hash, signed_in_as), now=now)

    def people(self, organisation_id: int, now: datetime = NOW) -> PeopleOf:
        with self.database.reading() as session:
            return people_of(session, organisation_id, now)

    def membership(self, account_id: int, organisation_id: int) -> int:
        """The number of the membership that holds."""
        with self.database.reading() as session:
            return session.scalars(
                select(Membership.id).where(
                    Membership.account_id == account_id,
                    Membership.organisation_id == organisation_id,
                    Membership.ended_at.is_(None),
                )
            ).one()

    def account(self, email: str) -> Account | None:
        with self.database.reading() as session:
            found = session.scalar(select(Account).where(Account.email == email))
            if found is not None:
                session.refresh(found, ["roles"])
                session.expunge_all()
            return found

    def acts(self) -> list[str]:
        """Every act, in order."""
        with self.database.reading() as session:
            return list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))

    def mails(self) -> list[OutboxMail]:
        """Every mail, in order."""
        with self.database.reading() as session:
            found = list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))
            session.expunge_all()
            return found


def token_in(session: Session) -> str:
    """What the link in the newest mail holds."""
    body = session.scalars(
        select(OutboxMail.body)
        .where(OutboxMail.body.contains("/invitations/"))
        .order_by(OutboxMail.id.desc())
    ).first()
    found = re.search(r"/invitations/([\w-]+)", body or "")
    assert found, "no mail holds a link"
    return found[1]


def newest_token(database: Database) -> str:
    """As `token_in`, in a read of its own."""
    with database.reading() as session:
        return token_in(session)


def moment() -> datetime:
    """Now, for what a page will read with its own clock."""
    return now_utc()
