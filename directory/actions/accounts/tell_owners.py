"""Every owner hears at once when owners change, or where mail goes: it may be a stranger's work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from directory.actions.mail.post import Letter, post_mail
from directory.queries.people import Contact, contacts_of, owners_of


def tell_owners(
    session: Session,
    organisation_id: int,
    key: str,
    what: str,
    *,
    now: datetime,
    also: Iterable[Contact] = (),
) -> None:
    """Write to each owner whose account is open, and to the mailbox that the organisation chose. The caller commits.

    key: of the act, for one mail to each. what: a sentence that names nobody. also: who was written to until now.
    """
    told = {
        one.account_id: one.email
        for one in (*owners_of(session, organisation_id), *contacts_of(session, organisation_id), *also)
    }
    body = "\n\n".join(
        (
            "Hello,",
            what,
            "You need do nothing if you know of it. Is it a mistake, or a stranger's work? Then sign in, look at the "
            "people of your organisation, and write to the site at once.",
            "Support Directory",
        )
    )
    for account_id, address in told.items():
        post_mail(session, Letter(f"{key} {account_id}", address, "Your account", body, account_id), now=now)
