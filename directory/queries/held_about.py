"""Everything that is held about one person, for themselves: `flask accounts export`."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from directory.errors import NotFound
from directory.models.account import Account, Passkey
from directory.models.audit import AuditEntry
from directory.models.base import Base
from directory.models.correction import Correction
from directory.models.hold import Hold
from directory.models.membership import AreaGrant, Invitation, MailboxLink, ManageRequest, Membership
from directory.models.outbox import OutboxMail
from directory.models.proposed_change import ChannelCheck, ProposedChange
from directory.models.reply import Reply
from directory.models.sign_in import SignIn, SignInLink
from directory.models.upkeep import Call, Reminder
from directory.queries.mentions import lines_that_name, listings_that_name, rows_that_name

# What opens something: given to nobody, not even to the person, for whoever asks may be somebody else.
NEVER_TOLD = frozenset(
    {
        "password",
        "fs_uniquifier",
        "tf_totp_secret",
        "us_totp_secrets",
        "mf_recovery_codes",
        "token_hash",
        "credential_id",
        "public_key",
        "fs_webauthn_user_handle",
    }
)

OF_OTHERS = ("email", "words", "title")
"""Other people's addresses are theirs."""
TEXTS = (
    ManageRequest.words,
    ManageRequest.reason,
    ManageRequest.checked_through,
    Correction.words,
    OutboxMail.body,
    OutboxMail.last_answer,
)

_LINK = re.compile(r"\S*://\S+")

Rows = list[dict[str, Any]]


def held_about(session: Session, email: str) -> dict[str, Any]:
    """Kind → rows, ready for JSON, moments as ISO 8601. Of what opens something only that it is there.

    email: as it is stored. Raises NotFound where nothing is held.
    """
    account = session.scalar(select(Account).where(Account.email == email))
    # No account has the number 0; None would find every row that is nobody's.
    number = account.id if account is not None else 0
    mails = or_(func.lower(OutboxMail.to_address) == email, OutboxMail.account_id == number)
    requests = or_(ManageRequest.email == email, ManageRequest.account_id == number)
    found: dict[str, Any] = {
        "account": _rows(session, select(Account).where(Account.email == email)),
        "roles": sorted(role.name for role in account.roles) if account is not None else [],
        "invitations": _rows(session, select(Invitation).where(Invitation.email == email)),
        "requests": _rows(session, select(ManageRequest).where(requests)),
        "mails": _without_links(_rows(session, select(OutboxMail).where(mails))),
        "listings_that_name_it": list(listings_that_name(session, email)),
        "texts_that_name_it": _texts(session, email),
    }
    if number:
        found |= {
            "passkeys": _rows(session, select(Passkey).where(Passkey.user_id == number)),
            "memberships": _rows(session, select(Membership).where(Membership.account_id == number)),
            "areas": _rows(session, select(AreaGrant).where(AreaGrant.account_id == number)),
            "sign_ins": _rows(session, select(SignIn).where(SignIn.account_id == number)),
            "sign_in_links": _rows(session, select(SignInLink).where(SignInLink.account_id == number)),
            "mailbox_links": _rows(session, select(MailboxLink).where(MailboxLink.account_id == number)),
            "invitations_sent": _without(
                _rows(session, select(Invitation).where(Invitation.invited_by == number)), *OF_OTHERS
            ),
            "requests_decided": _without(
                _rows(session, select(ManageRequest).where(ManageRequest.decided_by == number)), *OF_OTHERS
            ),
            "changes_proposed": _rows(
                session, select(ProposedChange).where(ProposedChange.proposed_by == number)
            ),
            "changes_edited": _numbers(
                session, select(ProposedChange.id).where(ProposedChange.edited_by == number)
            ),
            "changes_decided": _numbers(
                session, select(ProposedChange.id).where(ProposedChange.decided_by == number)
            ),
            "channels_checked": _rows(session, select(ChannelCheck).where(ChannelCheck.checked_by == number)),
            "holds": _rows(
                session, select(Hold).where(or_(Hold.placed_by == number, Hold.lifted_by == number))
            ),
            "corrections_closed": _numbers(
                session, select(Correction.id).where(Correction.closed_by == number)
            ),
            "replies": _rows(session, select(Reply).where(Reply.account_id == number)),
            "reminders": _rows(session, select(Reminder).where(Reminder.account_id == number)),
            "calls": _rows(session, select(Call).where(Call.claimed_by == number)),
            "acts": _rows(session, select(AuditEntry).where(AuditEntry.account_id == number)),
            "acts_about_it": _without(_rows(session, _acts_about(number)), "account_id"),
        }
    if not any(found.values()):
        raise NotFound("Nothing is held about that address.")
    return found


def _rows(session: Session, query: Select[Any]) -> Rows:
    return [_row(row) for row in session.scalars(query)]


def _row(row: Base) -> dict[str, Any]:
    told = {}
    for attribute in row.__mapper__.column_attrs:
        value = getattr(row, attribute.key)
        if attribute.key in NEVER_TOLD:
            told[attribute.key] = "held, and not shown" if value else None
        else:
            told[attribute.key] = value.isoformat() if isinstance(value, date | datetime) else value
    return told


def _without_links(mails: Rows) -> Rows:
    """A link in a mail opens something, perhaps still: of it only that it was there."""
    return [
        mail | {"body": mail["body"] and _LINK.sub("(a link, not shown)", mail["body"])} for mail in mails
    ]


def _without(rows: Rows, *names: str) -> Rows:
    return [{name: value for name, value in row.items() if name not in names} for row in rows]


def _texts(session: Session, email: str) -> Rows:
    """Of what others wrote, or were sent: where the address stands in it, and the lines that name it."""
    found = []
    for column in TEXTS:
        for row in rows_that_name(session, column, email):
            lines = [
                _LINK.sub("(a link, not shown)", line)
                for line in lines_that_name(getattr(row, column.key), email)
            ]
            found.append({"in": f"{column.class_.__tablename__} {row.id}, {column.key}", "lines": lines})
    return found


def _acts_about(number: int) -> Select[Any]:
    """What others did to the account. By whom is theirs."""
    return select(AuditEntry).where(
        AuditEntry.about == "account",
        AuditEntry.about_id == number,
        or_(AuditEntry.account_id.is_(None), AuditEntry.account_id != number),
    )


def _numbers(session: Session, query: Select[Any]) -> list[int]:
    return list(session.scalars(query))
