"""Ask somebody to join: owners ask colleagues, moderators a first owner, administrators staff and commissioners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.actions.accounts.email_address import email_of
from directory.actions.accounts.grants import areas_of
from directory.actions.accounts.held import (
    account_by_email,
    current_membership,
    ever_had_owner,
    locked_organisation,
)
from directory.actions.accounts.standing import NotAllowed, Standing
from directory.actions.accounts.tell_owners import tell_owners
from directory.actions.accounts.tokens import hash_of, new_token
from directory.actions.accounts.withdraw import take_back
from directory.actions.audit import record
from directory.actions.mail.post import Letter, post_mail
from directory.errors import RuleBroken
from directory.models.membership import Invitation
from directory.models.organisation import Organisation

ENDS_AFTER = timedelta(days=14)
# Nobody may use invitations to send mail to many.
OPEN_MAX = 20
OF_AN_ORGANISATION = frozenset({"owner", "editor"})
OF_THE_SITE = frozenset({"commissioner", "moderator", "administrator"})


@dataclass(frozen=True, slots=True)
class ToInvite:
    """kind: 'owner' or 'editor' of an organisation; 'commissioner' with areas; 'moderator' or 'administrator'."""

    email: str
    kind: str
    organisation_id: int | None = None
    area_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invited:
    """email: as it is stored. token: what the link holds; it cannot be had again."""

    invitation_id: int
    email: str
    token: str


def invite(
    session: Session, asked: ToInvite, link: Callable[[str], str], *, by: Standing, now: datetime
) -> Invited:
    """Store the invitation and write its mail. An open one for the same person and place is taken back.

    link: makes the whole address of a token. The answer is the same whether or not the address has an account.
    Raises RuleBroken('email', 'kind' or 'areas'), NotFound for no such organisation, NotAllowed.
    """
    if asked.kind not in OF_AN_ORGANISATION | OF_THE_SITE:
        raise RuleBroken("kind", "Choose what this person will be.")
    if (asked.kind in OF_AN_ORGANISATION) != (asked.organisation_id is not None):
        raise RuleBroken("organisation", "Say for which organisation, and only for an owner or an editor.")
    organisation = (
        locked_organisation(session, asked.organisation_id) if asked.organisation_id is not None else None
    )
    _check_allowed(session, asked, by)
    email = email_of("email", asked.email)
    areas = areas_of(session, "areas", asked.area_codes, now) if asked.kind == "commissioner" else ()
    _check_not_there(session, asked, email)
    _take_back_earlier(session, asked, email, now)
    token = new_token()
    invitation = Invitation(
        email=email,
        kind=asked.kind,
        organisation_id=asked.organisation_id,
        area_codes="\n".join(areas),
        token_hash=hash_of(token),
        invited_by=by.actor.account_id,
        made_at=now,
        ends_at=now + ENDS_AFTER,
    )
    session.add(invitation)
    session.flush()
    post_mail(session, _letter(invitation, organisation, link(token)), now=now)
    record(
        session, by.actor, "invite person", "invitation", invitation.id, now=now,
        kind=asked.kind, organisation=str(asked.organisation_id or ""), areas=" ".join(areas),
    )  # fmt: skip
    if asked.kind == "owner" and asked.organisation_id is not None:
        words = "somebody was invited to be an owner, who looks after your listings and who may change them."
        tell_owners(session, asked.organisation_id, f"invitation {invitation.id} told", words, now=now)
    return Invited(invitation.id, email, token)


def _check_allowed(session: Session, asked: ToInvite, by: Standing) -> None:
    """The table of who may invite whom. Raises NotAllowed; RuleBroken where a moderator has another way."""
    if by.decides_about(asked.organisation_id) or asked.organisation_id in by.owner_of:
        return
    if asked.kind in OF_THE_SITE and by.is_administrator:
        return
    if asked.kind == "owner" and by.is_staff and asked.organisation_id is not None:
        if ever_had_owner(session, asked.organisation_id):
            raise RuleBroken(
                "email",
                "This organisation has or had an owner, who invites colleagues. If the owner has left, decide a "
                "request.",
            )
        return
    raise NotAllowed(f"{by.actor.role} may not invite: {asked.kind}")


def _check_not_there(session: Session, asked: ToInvite, email: str) -> None:
    account = account_by_email(session, email)
    if account is None or asked.organisation_id is None:
        # Whether a member of staff has an account is not told here either: accepting again changes nothing.
        return
    membership = current_membership(session, account.id, asked.organisation_id)
    if membership is not None and (membership.kind == asked.kind or membership.kind == "owner"):
        raise RuleBroken("email", "This person belongs to the organisation already.")


def _take_back_earlier(session: Session, asked: ToInvite, email: str, now: datetime) -> None:
    is_open = (Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None), Invitation.ends_at > now)
    same_place = Invitation.organisation_id.is_not_distinct_from(asked.organisation_id)
    earlier = session.scalars(select(Invitation).where(*is_open, same_place, Invitation.email == email)).all()
    for invitation in earlier:
        if asked.organisation_id is not None or invitation.kind == asked.kind:
            take_back(session, invitation, now=now)
    count = select(func.count()).select_from(Invitation).where(*is_open, same_place)
    if asked.organisation_id is not None and (session.scalar(count) or 0) >= OPEN_MAX:
        raise RuleBroken(
            "email",
            f"{OPEN_MAX} invitations are waiting for an answer. Take one back, or wait until one is accepted.",
        )


WHAT = {
    "owner": "to look after the listings of {organisation}, and who may change them",
    "editor": "to keep the listings of {organisation} up to date",
    "commissioner": "to record, for your area, which support there is",
    "moderator": "to check what organisations change in their listings",
    "administrator": "to look after this site and the people who work on it",
}


def _letter(invitation: Invitation, organisation: Organisation | None, link: str) -> Letter:
    """Plain, short, and with a subject that says nothing to whoever looks over a shoulder."""
    what = WHAT[invitation.kind].format(organisation=organisation.name if organisation else "")
    body = "\n\n".join(
        (
            "Hello,",
            f"you are invited {what}, in Support Directory.",
            f"Open this page and say yes or no there. It works once, until {invitation.ends_at:%-d %B %Y}:\n{link}",
            "Did you not expect this? Then do nothing. Nobody has been given anything yet.",
            "Support Directory",
        )
    )
    return Letter(
        f"invitation {invitation.id}", invitation.email, "An invitation", body, ends_at=invitation.ends_at
    )
