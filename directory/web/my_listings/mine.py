"""Whose listing it is, held against who asks. Another organisation's is answered as if it were not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import abort, url_for

from directory.errors import NotFound
from directory.queries.accounts import SignedIn
from directory.queries.my_drafts import OWN, STAFF, Subject
from directory.queries.my_listings import ChangeOwner, change_owner, listing_owner, organisation_name
from directory.security.me import is_staff, me

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Target:
    """What is edited: a listing, or the draft of a new service. name: '' while the new one has none."""

    subject: Subject
    name: str
    organisation_id: int
    organisation: str

    @property
    def is_new(self) -> bool:
        """Whether it is no listing yet."""
        return self.subject.service_id is None

    def url(self, endpoint: str, **more: Any) -> str:
        """The address of one of its pages."""
        if self.is_new:
            return url_for(endpoint, draft_id=self.subject.draft_id, **more)
        return url_for(endpoint, service_id=self.subject.service_id, **more)


def who_asks() -> SignedIn:
    """Whoever is signed in; these pages are for nobody else."""
    who = me()
    if who is None:
        abort(403)
    return who


def may_edit(who: SignedIn, organisation_id: int | None) -> bool:
    """Its own people, owners and editors alike; and staff."""
    return organisation_id in who.owner_of | who.editor_of or is_staff(who)


def side_of(who: SignedIn, organisation_id: int | None) -> str:
    """Whose draft this person writes: the organisation's, or staff's."""
    return OWN if organisation_id in who.owner_of | who.editor_of else STAFF


def target_of(session: Session, service_id: int | None, draft_id: int | None) -> Target:
    """The listing or the new draft. Raises NotFound also where it is not theirs."""
    who = who_asks()
    if service_id is not None:
        owner = listing_owner(session, service_id)
        _theirs(who, owner.organisation_id)
        source = side_of(who, owner.organisation_id)
        subject = Subject(owner.organisation_id, service_id, source=source, writer=who.account_id)
        return Target(subject, owner.name, owner.organisation_id, owner.organisation)
    change = change_owner(session, draft_id or 0)
    _theirs(who, change.organisation_id)
    if change.organisation_id is None or change.service_id is not None or change.state != "draft":
        raise NotFound("No new service is being written under this number.")
    is_anothers = change.source == STAFF and change.proposed_by != who.account_id
    if is_anothers or change.source != side_of(who, change.organisation_id):
        raise NotFound("No new service of theirs is being written under this number.")
    return Target(
        Subject(change.organisation_id, None, change.id, change.source, who.account_id),
        "",
        change.organisation_id,
        organisation_name(session, change.organisation_id),
    )


def change_of_mine(session: Session, change_id: int) -> ChangeOwner:
    """A change of one of their organisations, or, for staff, one that they sent themselves. Raises NotFound.

    What somebody else's organisation asks for is decided by staff, with reasons, and never taken back by them.
    """
    who, change = who_asks(), change_owner(session, change_id)
    is_member = change.organisation_id in who.owner_of | who.editor_of
    if not is_member and not (is_staff(who) and change.proposed_by == who.account_id):
        raise NotFound("This is no change of theirs.")
    return change


def _theirs(who: SignedIn, organisation_id: int | None) -> None:
    if not may_edit(who, organisation_id):
        raise NotFound("This is no listing of theirs.")
