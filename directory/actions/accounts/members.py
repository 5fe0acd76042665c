"""Who belongs to an organisation: ending it, becoming an owner, and where the organisation is written to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.actions.accounts.held import locked_account, locked_organisation, owners_left
from directory.actions.accounts.standing import NotAllowed, Standing
from directory.actions.accounts.tell_owners import tell_owners
from directory.actions.accounts.withdraw import take_back_all
from directory.actions.audit import record
from directory.actions.mail.post import Letter, post_mail
from directory.actions.upkeep.end_links import end_reminder_links
from directory.errors import NotFound, RuleBroken
from directory.models.account import Account
from directory.models.membership import Membership
from directory.queries.people import acts_for, contacts_of

NEEDS_AN_OWNER = (
    "An organisation needs an owner. Make somebody else an owner first, or ask a moderator for the next one."
)
LAST_OWNER = "This is the last owner. Decide a request for a new one: then the organisation is asked first."


def end_membership(
    session: Session, membership_id: int, organisation_id: int, *, by: Standing, now: datetime
) -> Membership:
    """Somebody acts no more for the organisation, from their next request on. Everybody may end their own.

    An owner does not end another one, nor does anybody end the last: that needs a request, which a moderator decides
    after asking through a channel held before. One look into an owner's mailbox must not take everything over.
    Raises NotFound for one of another organisation or that has ended; NotAllowed; RuleBroken('membership').
    """
    membership, account = _held(session, membership_id, organisation_id)
    is_own = by.actor.account_id is not None and account.id == by.actor.account_id
    if not (is_own or by.may_manage(organisation_id) or by.decides_about(organisation_id)):
        raise NotAllowed("only an owner, staff or the person ends a membership")
    if membership.kind == "owner" and not by.decides_about(organisation_id):
        if not is_own and (
            not by.is_staff or acts_for(session, organisation_id, by.actor.account_id, ever=True)
        ):
            raise NotAllowed("an owner asks for the end of another one, and a moderator decides")
        if not owners_left(session, organisation_id, without=account.id):
            raise RuleBroken("membership", NEEDS_AN_OWNER if is_own else LAST_OWNER)
    membership.ended_at = now
    membership.is_contact = False
    take_back_all(session, account.id, organisation_id, now=now)
    end_reminder_links(session, account.id, now=now, organisation_id=organisation_id)
    record(
        session, by.actor, "end membership", "membership", membership.id, now=now,
        organisation=str(organisation_id), kind=membership.kind,
    )  # fmt: skip
    if membership.kind == "owner":
        session.flush()
        words = "somebody is no longer an owner who looks after your listings and who may change them."
        tell_owners(session, organisation_id, f"owner ended {membership.id}", words, now=now)
    if not is_own:
        _tell(session, account, membership, "You can no longer change the listings of this organisation", now)
    return membership


def make_owner(
    session: Session, membership_id: int, organisation_id: int, *, by: Standing, now: datetime
) -> Membership:
    """An editor becomes an owner: a row of its own, so that the history can be read.

    Only an owner deputises; staff replace an owner by deciding a request. Raises as `end_membership` does.
    """
    membership, account = _held(session, membership_id, organisation_id)
    if not (by.is_command or organisation_id in by.owner_of):
        raise NotAllowed("only an owner makes another one")
    if membership.kind == "owner":
        return membership
    membership.ended_at = now
    session.flush()
    made = Membership(
        account_id=account.id, organisation_id=organisation_id, kind="owner", began_at=now,
        is_contact=membership.is_contact,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(session, by.actor, "make owner", "membership", made.id, now=now, organisation=str(organisation_id))
    words = "an editor was made an owner, who looks after your listings and who may change them."
    tell_owners(session, organisation_id, f"owner made {made.id}", words, now=now)
    return made


def set_contact(
    session: Session, membership_id: int | None, organisation_id: int, *, by: Standing, now: datetime
) -> None:
    """Whose address the organisation is written to; None for its owners. Raises as `end_membership` does.

    Its owners hear of it, and the mailboxes that were and are chosen: a stranger would turn the mails to himself.
    """
    locked_organisation(session, organisation_id)
    if not by.may_manage(organisation_id):
        raise NotAllowed("only an owner or staff sets the contact")
    chosen = _held(session, membership_id, organisation_id)[0] if membership_id is not None else None
    before = session.scalar(
        select(Membership.id).where(
            Membership.organisation_id == organisation_id,
            Membership.is_contact.is_(True),
            Membership.ended_at.is_(None),
        )
    )
    if before == membership_id:
        return
    written_to = contacts_of(session, organisation_id)
    session.execute(
        update(Membership).where(Membership.organisation_id == organisation_id).values(is_contact=False)
    )
    if chosen is not None:
        session.refresh(chosen)
        chosen.is_contact = True
    record(
        session, by.actor, "set contact", "organisation", organisation_id, now=now,
        membership=str(membership_id or ""),
    )  # fmt: skip
    session.flush()
    words = "another address was chosen that we write to about your listings."
    if membership_id is None:
        words = "no address is chosen any more: we write to every owner about your listings."
    key = f"contact {organisation_id} {now.isoformat()}"
    tell_owners(session, organisation_id, key, words, now=now, also=written_to)


def _held(session: Session, membership_id: int, organisation_id: int) -> tuple[Membership, Account]:
    locked_organisation(session, organisation_id)
    membership = session.scalar(select(Membership).where(Membership.id == membership_id))
    if membership is None or membership.organisation_id != organisation_id or membership.ended_at is not None:
        raise NotFound(f"No membership of organisation {organisation_id} has the number {membership_id}.")
    return membership, locked_account(session, membership.account_id)


def _tell(session: Session, account: Account, membership: Membership, what: str, now: datetime) -> None:
    body = "\n\n".join(
        (
            "Hello,",
            f"{what}, in Support Directory.",
            "Is this a mistake? Then ask an owner of the organisation, or write to the site.",
            "Support Directory",
        )
    )
    post_mail(
        session,
        Letter(
            f"membership ended {membership.id} {now.isoformat()}",
            account.email,
            "Your account",
            body,
            account.id,
        ),
        now=now,
    )
