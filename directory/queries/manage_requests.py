"""Requests to manage a listing, to take an owner's place or for another address, as moderators see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from directory.errors import NotFound
from directory.models.account import Account
from directory.models.membership import ManageRequest, Membership
from directory.models.organisation import Organisation
from directory.models.service import Service
from directory.queries.held_channels import HeldChannel, held_channels
from directory.reference.danger_words import reads_like_danger


@dataclass(frozen=True, slots=True)
class RequestView:
    """kind: 'manage', 'replace owner' or 'change email'. account_email: of whoever asked, '' for a visitor.

    state: 'waiting', 'approved' or 'refused'.
    """

    request_id: int
    kind: str
    organisation_id: int | None
    organisation: str
    service_id: int | None
    service: str
    account_id: int | None
    account_email: str
    email: str
    title: str
    words: str
    state: str
    made_at: datetime

    @property
    def is_urgent(self) -> bool:
        """Whether what they wrote reads as if somebody were in danger: a moderator reads it before all else."""
        return self.state == "waiting" and reads_like_danger(f"{self.title}\n{self.words}")


@dataclass(frozen=True, slots=True)
class RequestToDecide:
    """A request beside what was held before it. channels: through which to ask back."""

    request: RequestView
    channels: tuple[HeldChannel, ...]


def waiting_requests(session: Session) -> tuple[RequestView, ...]:
    """Those that wait: first what reads like danger, then the oldest."""
    found = _requests(session, ManageRequest.state == "waiting")
    return tuple(sorted(found, key=lambda one: not one.is_urgent))


def request_to_decide(session: Session, request_id: int) -> RequestToDecide:
    """One request, with the channels. Raises NotFound."""
    found = _requests(session, ManageRequest.id == request_id)
    if not found:
        raise NotFound(f"No request has the number {request_id}.")
    return RequestToDecide(found[0], channels_for(session, found[0]))


def channels_for(session: Session, request: RequestView) -> tuple[HeldChannel, ...]:
    """Never what stands in the request itself, nor the mailbox of whoever asks, nor what came into the listing after.

    Whoever reads that mailbox may be the one who asks. It is the last way, for another address alone, where nothing
    else is held of somebody who works for no organisation as an owner: staff and commissioners.
    """
    never = tuple(filter(None, (request.email, request.account_email)))
    found = held_channels(session, request.organisation_id, request.made_at, never=never)
    if found or request.kind != "change email" or not request.account_email:
        return found
    if _is_owner(session, request.account_id):
        return ()
    return (HeldChannel("email", request.account_email),)


def _is_owner(session: Session, account_id: int | None) -> bool:
    query = select(Membership.id).where(
        Membership.account_id == account_id, Membership.kind == "owner", Membership.ended_at.is_(None)
    )
    return session.scalar(query.limit(1)) is not None


def _requests(session: Session, where: ColumnElement[bool]) -> tuple[RequestView, ...]:
    rows = session.execute(
        select(ManageRequest, Organisation.name, Service.name, Account.email)
        .outerjoin(Organisation, Organisation.id == ManageRequest.organisation_id)
        .outerjoin(Service, Service.id == ManageRequest.service_id)
        .outerjoin(Account, Account.id == ManageRequest.account_id)
        .where(where)
        .order_by(ManageRequest.made_at, ManageRequest.id)
    )
    return tuple(
        RequestView(
            row.id, row.kind, row.organisation_id, organisation or "", row.service_id, service or "",
            row.account_id, email or "", row.email, row.title, row.words, row.state, row.made_at,
        )
        for row, organisation, service, email in rows
    )  # fmt: skip
