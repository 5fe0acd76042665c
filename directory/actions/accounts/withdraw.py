"""Take an invitation back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from directory.actions.accounts.standing import NotAllowed, Standing
from directory.actions.audit import record
from directory.errors import NotFound
from directory.models.membership import Invitation, Membership
from directory.models.outbox import OutboxMail


def withdraw_invitation(
    session: Session, invitation_id: int, *, organisation_id: int | None, by: Standing, now: datetime
) -> None:
    """Its link opens nothing from now on. One that was used, taken back or has ended stays as it is.

    organisation_id: whose invitation it must be; None for one of the whole site. Raises NotFound, NotAllowed.
    """
    found = session.scalar(select(Invitation).where(Invitation.id == invitation_id).with_for_update())
    if found is None or found.organisation_id != organisation_id:
        raise NotFound(f"No invitation has the number {invitation_id}.")
    allowed = by.is_administrator if organisation_id is None else by.may_manage(organisation_id)
    if not allowed:
        raise NotAllowed("this invitation is another's")
    if take_back(session, found, now=now):
        record(session, by.actor, "withdraw invitation", "invitation", found.id, now=now)


def take_back(session: Session, invitation: Invitation, *, now: datetime) -> bool:
    """Mark it; False where there was nothing to take back. Its mail, if it has not left yet, stays here."""
    if invitation.used_at is not None or invitation.withdrawn_at is not None or invitation.ends_at <= now:
        return False
    invitation.withdrawn_at = now
    session.execute(
        update(OutboxMail)
        .where(OutboxMail.key == f"invitation {invitation.id}", OutboxMail.state == "waiting")
        .values(state="given up", last_answer="withdrawn before it was sent")
    )
    forget_link(session, invitation.id)
    return True


def take_back_all(session: Session, account_id: int, organisation_id: int | None, *, now: datetime) -> None:
    """Every open invitation that an account has sent: for one organisation, or with None wherever it was for."""
    query = _sent_by(account_id)
    if organisation_id is not None:
        query = query.where(Invitation.organisation_id == organisation_id)
    for invitation in session.scalars(query).all():
        take_back(session, invitation, now=now)


def take_back_of_staff(session: Session, account_id: int, *, now: datetime) -> int:
    """Every open invitation that an account sent as staff: to the site, and to organisations it does not own now.

    Else somebody whose role was ended would come back by a link that they had sent to themselves. Returns how many.
    """
    owned = select(Membership.organisation_id).where(
        Membership.account_id == account_id, Membership.kind == "owner", Membership.ended_at.is_(None)
    )
    theirs = or_(Invitation.organisation_id.is_(None), Invitation.organisation_id.not_in(owned))
    found = session.scalars(_sent_by(account_id).where(theirs)).all()
    return sum(take_back(session, invitation, now=now) for invitation in found)


def _sent_by(account_id: int) -> Select[Invitation]:
    """Locked, so that none is being accepted meanwhile."""
    return (
        select(Invitation)
        .where(Invitation.invited_by == account_id, Invitation.used_at.is_(None))
        .order_by(Invitation.id)
        .with_for_update()
    )


def forget_link(session: Session, invitation_id: int) -> None:
    """The text of its mail, which holds the link, once nobody needs it. One that is just being sent keeps it."""
    session.execute(
        update(OutboxMail)
        .where(
            OutboxMail.key == f"invitation {invitation_id}",
            OutboxMail.state.in_(("sent", "given up", "failed")),
        )
        .values(body=None)
    )
