"""A moderator decides what somebody asked for, after asking back through a channel that was held before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.accounts.held import account_by_email, current_membership, locked_account
from directory.actions.accounts.invite import ToInvite, invite
from directory.actions.accounts.members import end_membership
from directory.actions.accounts.sign_ins import end_sign_ins
from directory.actions.accounts.standing import NotAllowed, Standing
from directory.actions.audit import record
from directory.actions.mail.post import Letter, post_mail
from directory.actions.said_words import role_of, words_of
from directory.errors import Clash, NotFound, RuleBroken
from directory.models.account import Account
from directory.models.membership import ManageRequest, Membership
from directory.queries.held_channels import HeldChannel
from directory.queries.manage_requests import request_to_decide

REASON_MAX = 500


@dataclass(frozen=True, slots=True)
class HowChecked:
    """channel: the code of one that was held before. spoke_to: what the person was who answered, no name.

    owners_who_left: memberships that end with this decision.
    """

    channel: str
    spoke_to: str
    owners_who_left: tuple[int, ...] = ()


def approve_request(
    session: Session,
    request_id: int,
    checked: HowChecked,
    link: Callable[[str], str],
    *,
    by: Standing,
    now: datetime,
) -> None:
    """An invitation goes to the one who asked; or, for another address, the account has it from now on.

    Raises RuleBroken('channel', 'spoke_to', 'owners', 'email'), NotFound, NotAllowed for one's own request, Clash
    where it was decided meanwhile.
    """
    request = _waiting(session, request_id, by)
    channel = _channel(session, request, checked.channel)
    spoke_to = role_of("spoke_to", checked.spoke_to)
    if request.kind == "change email":
        _change_email(session, request, by, now)
    else:
        _make_way(session, request, checked.owners_who_left, by, now)
        if request.organisation_id is None:
            raise NotFound("The organisation of this request is gone.")
        # The decision is what gives the right to invite for this organisation, and for this one alone.
        allowed = Standing(by.actor, by.roles, by.owner_of | {request.organisation_id}, by.is_command)
        invite(session, ToInvite(request.email, "owner", request.organisation_id), link, by=allowed, now=now)
    request.checked_through = f"{channel.code}; answered: {spoke_to}"
    _decided(session, request, "approved", by, now, channel=channel.kind)


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
    post_mail(
        session,
        Letter(f"request {request.id} refused", request.email, "Your request", body, request.account_id),
        now=now,
    )


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
    return request


def _channel(session: Session, request: ManageRequest, code: str) -> HeldChannel:
    for channel in request_to_decide(session, request.id).channels:
        if channel.code == code:
            return channel
    raise RuleBroken("channel", "Choose through which of the ways held before you asked.")


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


def _change_email(session: Session, request: ManageRequest, by: Standing, now: datetime) -> None:
    """The old address is told, everybody is signed out, and links sent before open nothing."""
    if request.account_id is None:
        raise NotFound("The account of this request is gone.")
    account = locked_account(session, request.account_id)
    if (
        request.organisation_id is not None
        and current_membership(session, account.id, request.organisation_id) is None
    ):
        raise RuleBroken(
            "email", "This person does not act for the organisation any more. Refuse the request."
        )
    if account_by_email(session, request.email) is not None:
        raise RuleBroken(
            "email", "This address has an account already. Refuse the request, and say how to go on."
        )
    old = account.email
    account.email = request.email
    end_sign_ins(session, account, now=now)
    for address, key, words in (
        (
            old,
            "old",
            "the e-mail address of your account was changed, and this one cannot sign in any more. "
            "Was it not you? Then answer to the site at once: it can be undone.",
        ),
        (request.email, "new", "you can sign in with this e-mail address from now on."),
    ):
        body = "\n\n".join(("Hello,", words, "Support Directory"))
        post_mail(
            session,
            Letter(f"request {request.id} {key} address", address, "Your account", body, account.id),
            now=now,
        )


def _decided(
    session: Session, request: ManageRequest, state: str, by: Standing, now: datetime, **details: str
) -> None:
    request.state, request.decided_at, request.decided_by = state, now, by.actor.account_id
    about = {"kind": request.kind, "organisation": str(request.organisation_id or "")}
    verb = "approve request" if state == "approved" else "refuse request"
    record(session, by.actor, verb, "request", request.id, now=now, **about, **details)
