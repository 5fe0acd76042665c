"""A moderator decides what somebody asked for, after asking back through a channel that was held before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.accounts.held import account_by_email, current_membership, owners_left
from directory.actions.accounts.invite import ToInvite, invite
from directory.actions.accounts.members import end_membership
from directory.actions.accounts.new_mailbox import ask_mailbox
from directory.actions.accounts.standing import NotAllowed, Standing
from directory.actions.audit import record
from directory.actions.mail.post import Letter, post_mail
from directory.actions.said_words import role_of, words_of
from directory.errors import Clash, NotFound, RuleBroken
from directory.models.account import Account
from directory.models.membership import ManageRequest, Membership
from directory.queries.held_channels import HeldChannel
from directory.queries.manage_requests import request_to_decide
from directory.queries.people import acts_for

REASON_MAX = 500


@dataclass(frozen=True, slots=True)
class HowChecked:
    """channel: the code of one that was held before. spoke_to: what the person was who answered, no name.

    owners_who_left: memberships that end with this decision.
    """

    channel: str
    spoke_to: str
    owners_who_left: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """How the whole address of a token is made: for an invitation, and for a new mailbox."""

    invitation: Callable[[str], str]
    mailbox: Callable[[str], str]


def approve_request(
    session: Session,
    request_id: int,
    checked: HowChecked,
    links: Links,
    *,
    by: Standing,
    now: datetime,
) -> None:
    """An invitation goes to the one who asked; or, for another address, that mailbox is asked (see `new_mailbox`).

    Raises RuleBroken('channel', 'spoke_to', 'owners', 'email'), NotFound, NotAllowed for one's own request, Clash
    where it was decided meanwhile.
    """
    request = _waiting(session, request_id, by)
    channel = _channel(session, request, checked.channel)
    spoke_to = role_of("spoke_to", checked.spoke_to)
    if request.kind == "change email":
        ask_mailbox(session, request, links.mailbox, now=now)
    else:
        if request.organisation_id is None:
            raise NotFound("The organisation of this request is gone.")
        # The decision is what gives the right to decide who owns this organisation, and this one alone.
        allowed = replace(by, decided_for=request.organisation_id)
        if _is_owner(session, request.organisation_id, request.email):
            if not checked.owners_who_left:
                raise RuleBroken(
                    "owners", "Whoever asked is an owner already. Choose whom they no longer have, or refuse."
                )
            _make_way(session, request, checked.owners_who_left, allowed, now)
            if not owners_left(session, request.organisation_id):
                raise RuleBroken("owners", "An organisation needs an owner. Leave the one who asked.")
        else:
            _make_way(session, request, checked.owners_who_left, allowed, now)
            invite(
                session,
                ToInvite(request.email, "owner", request.organisation_id),
                links.invitation,
                by=allowed,
                now=now,
            )
    request.checked_through = f"{channel.code}; answered: {spoke_to}"
    _decided(session, request, "approved", by, now, channel=channel.channel)


def refuse_request(session: Session, request_id: int, reason: str, *, by: Standing, now: datetime) -> None:
    """With a reason, which is sent to whoever asked. Raises RuleBroken('reason') and as `approve_request` does."""
    request = _waiting(session, request_id, by)
    request.reason = words_of("reason", reason, REASON_MAX)
    if not request.reason:
        raise RuleBroken("reason", "Write why, in words for the person who asked.")
    _decided(session, request, "refused", by, now)
    body = "\n\n".join(
        (
            "Hello,",
            "thank you for writing to Support Directory. We could not do what you asked for:",
            request.reason,
            "You may ask again.",
            "Support Directory",
        )
    )
    address, account_id = answer_address(session, request)
    letter = Letter(f"request {request.id} refused", address, "Your request", body, account_id)
    post_mail(session, letter, now=now)


def answer_address(session: Session, request: ManageRequest) -> tuple[str, int | None]:
    """Where whoever asked is answered, and their account: its own address, never one that they asked for.

    A visitor has only the one in the request. '' where the person was erased.
    """
    account = session.get(Account, request.account_id) if request.account_id is not None else None
    return (account.email, account.id) if account is not None else (request.email, None)


def _waiting(session: Session, request_id: int, by: Standing) -> ManageRequest:
    if not by.is_staff:
        raise NotAllowed("only a moderator decides")
    request = session.scalar(select(ManageRequest).where(ManageRequest.id == request_id).with_for_update())
    if request is None:
        raise NotFound(f"No request has the number {request_id}.")
    if request.state != "waiting":
        raise Clash("This request was decided meanwhile.")
    account = session.get(Account, by.actor.account_id) if by.actor.account_id is not None else None
    if account is not None and (account.id == request.account_id or account.email == request.email):
        raise NotAllowed("nobody decides their own request")
    if request.organisation_id is not None and acts_for(
        session, request.organisation_id, by.actor.account_id, ever=True
    ):
        raise NotAllowed("nobody decides about an organisation that they act or acted for")
    return request


def _channel(session: Session, request: ManageRequest, code: str) -> HeldChannel:
    for channel in request_to_decide(session, request.id).channels:
        if channel.code == code:
            return channel
    raise RuleBroken("channel", "Choose through which of the ways held before you asked.")


def _is_owner(session: Session, organisation_id: int, email: str) -> bool:
    account = account_by_email(session, email)
    held = current_membership(session, account.id, organisation_id) if account is not None else None
    return held is not None and held.kind == "owner"


def _make_way(
    session: Session, request: ManageRequest, leaving: Iterable[int], by: Standing, now: datetime
) -> None:
    """End the memberships of owners who left; each is told, so that nobody is put out in silence."""
    for membership_id in leaving:
        membership = session.get(Membership, membership_id)
        if (
            membership is None
            or membership.organisation_id != request.organisation_id
            or membership.kind != "owner"
            or membership.ended_at is not None
        ):
            raise RuleBroken("owners", "Choose owners of this organisation.")
        end_membership(session, membership_id, membership.organisation_id, by=by, now=now)


def _decided(
    session: Session, request: ManageRequest, state: str, by: Standing, now: datetime, **details: str
) -> None:
    request.state, request.decided_at, request.decided_by = state, now, by.actor.account_id
    about = {"kind": request.kind, "organisation": str(request.organisation_id or "")}
    verb = "approve request" if state == "approved" else "refuse request"
    record(session, by.actor, verb, "request", request.id, now=now, **about, **details)
