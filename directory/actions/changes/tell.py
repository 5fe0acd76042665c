"""Letters to organisations about their listings: short, and with nothing that a shared mailbox should not show."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.mail.post import Letter, post_mail
from directory.models.hold import Hold
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.queries.people import Contact, acts_for, answer_to, contacts_of
from directory.reference.hours import LONDON

SUBJECT = "Your listings"
BODIES = {
    "approved": "A change that you sent has been approved and can now be seen.",
    "sent back": "A change that you sent needs something from you before it can be approved.",
    "refused": "We could not take something that you sent. The reasons are on your page, and you can answer them.",
}
HELD = (
    "Something in your listings is not shown at present, until a second person has made sure that it is right. "
    "You can see what, and send what it should be."
)
CLOSING = (
    "Sign in to your listings to see it.\n\nThis message was written by the site. Nobody reads answers to it."
)


def tell_proposer(session: Session, change: ProposedChange, *, now: datetime) -> None:
    """One mail for each decision; none where nobody is left. The words of the decision stay on the site."""
    if change.state not in BODIES:
        return
    for to in answer_to(session, change.organisation_id, change.proposed_by):
        # On some databases a number that was deleted is given once more; the moment is not.
        whose = f"{change.id} of {change.made_at.isoformat()}"
        key = f"change {whose} {change.state} {change.round} {to.account_id}"
        _post(session, key, to, BODIES[change.state], now)


def tell_of_hold(session: Session, hold: Hold, *, by: Actor, now: datetime) -> None:
    """To the organisation whose listing it is, unless it took this down itself. At most one mail a day."""
    organisation_id = session.get_one(Service, hold.service_id).organisation_id
    if acts_for(session, organisation_id, by.account_id):
        return
    today = now.astimezone(LONDON).date()
    for to in contacts_of(session, organisation_id):
        _post(session, f"held {organisation_id} {to.account_id} {today}", to, HELD, now)


def _post(session: Session, key: str, to: Contact, words: str, now: datetime) -> None:
    letter = Letter(key, to.email, SUBJECT, f"{words}\n\n{CLOSING}\n", to.account_id)
    post_mail(session, letter, now=now)
