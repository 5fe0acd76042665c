"""The first owner of an organisation that is not listed yet: a moderator's invitation makes the organisation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.actions import cells
from directory.actions.accounts.invite import Invited, ToInvite, invite
from directory.actions.accounts.standing import NotAllowed, Standing
from directory.actions.audit import record
from directory.actions.problem import Refused
from directory.errors import RuleBroken
from directory.models.organisation import Organisation
from directory.models.service import Service

NAME_MAX = 200


def invite_organisation(
    session: Session, name: str, email: str, link: Callable[[str], str], *, by: Standing, now: datetime
) -> tuple[int, Invited]:
    """Make the organisation, unless it was made before and lists nothing, and invite its first owner.

    Returns the organisation's number and the invitation. One that is listed is refused: whoever wants to look
    after its listings asks on a listing's page, and a moderator makes sure through a channel held before.
    Raises RuleBroken('name' or 'email'), NotAllowed.
    """
    if not by.is_staff:
        raise NotAllowed(f"{by.actor.role} may not invite an organisation")
    asked = _name(name)
    found = next(
        (one for one in session.scalars(select(Organisation)) if one.name.casefold() == asked.casefold()),
        None,
    )
    if found is None:
        found = Organisation(name=asked)
        try:
            with session.begin_nested():
                session.add(found)
                session.flush()
        except IntegrityError:
            raise RuleBroken(
                "name", "Somebody else has just added this organisation. Send this again."
            ) from None
        record(session, by.actor, "add organisation", "organisation", found.id, now=now)
    elif session.scalar(select(Service.id).where(Service.organisation_id == found.id).limit(1)) is not None:
        raise RuleBroken(
            "name",
            "This organisation is listed. Whoever looks after it asks to manage a listing on that listing’s page.",
        )
    return found.id, invite(session, ToInvite(email, "owner", found.id), link, by=by, now=now)


def _name(typed: str) -> str:
    """As a file of listings would have it: no formula, no mark that cannot be seen. Raises RuleBroken('name')."""
    try:
        found = cells.name(cells.unwrapped(typed))
    except Refused as refused:
        raise RuleBroken("name", f"{refused.what} {refused.remedy}") from None
    if not found:
        raise RuleBroken("name", "Write the organisation’s name, in 200 letters or fewer.")
    return found
