"""Letters to whoever proposed a change: short, and with nothing in them that a shared mailbox should not show."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from directory.actions.mail.post import Letter, post_mail
from directory.models.account import Account
from directory.models.proposed_change import ProposedChange

SUBJECT = "Your listings"
BODIES = {
    "approved": "A change that you sent has been approved and can now be seen.",
    "sent back": "A change that you sent needs something from you before it can be approved.",
    "refused": "We could not take something that you sent. The reasons are on your page, and you can answer them.",
}
CLOSING = (
    "Sign in to your listings to see it.\n\nThis message was written by the site. Nobody reads answers to it."
)


def tell_proposer(session: Session, change: ProposedChange, *, now: datetime) -> None:
    """One mail for each decision; none where the account is gone. The words of the decision stay on the site."""
    account = session.get(Account, change.proposed_by) if change.proposed_by is not None else None
    if account is None or not account.active or change.state not in BODIES:
        return
    letter = Letter(
        key=f"change {change.id} {change.state} {change.round}",
        to_address=account.email,
        subject=SUBJECT,
        body=f"{BODIES[change.state]}\n\n{CLOSING}\n",
        account_id=account.id,
    )
    post_mail(session, letter, now=now)
