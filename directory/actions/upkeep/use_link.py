"""What somebody does with the link of a reminder: all of it in one transaction, once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.changes.propose import Proposal, propose
from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused
from directory.actions.changes.rules import SMALL
from directory.actions.resolve import PlaceFinder
from directory.actions.upkeep.confirm import confirm_listings
from directory.actions.upkeep.link import link_hash
from directory.errors import NotFound, RuleBroken
from directory.models.account import Account
from directory.models.upkeep import Reminder
from directory.queries.confirm_link import OpenLink, open_link


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one listing. cells: small facts as the listing shall hold them; base: as the page showed them."""

    is_right: bool = False
    is_closed: bool = False
    cells: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, str] = field(default_factory=dict)


class AnswersRefused(Exception):
    """What could not be taken, listing by listing. The link was not used."""

    def __init__(self, refused: Mapping[int, ChangeRefused | ChangedMeanwhile]) -> None:
        super().__init__(", ".join(map(str, refused)))
        self.refused = dict(refused)


def use_link(
    session: Session,
    token: str,
    said: Mapping[int, Said],
    places: PlaceFinder,
    *,
    today: date,
    now: datetime,
    left: Collection[int] = (),
) -> bool:
    """Confirm what is said to be right, publish small facts, and propose what is said to be closed. The caller commits.

    What is said of a listing that the link does not name is not heard. Returns whether the link was used up: a long
    one works until each of its listings was answered, or left out on purpose (left).
    Raises NotFound for a link that does not work, RuleBroken('right') where nothing was said, AnswersRefused.
    """
    link = open_link(session, link_hash(token), now, to_use=True)
    if link is None:
        raise NotFound("This link does not work any more.")
    heard = {number: said[number] for number in link.service_ids if number in said}
    by = Actor(link.account_id, link.role)
    refused: dict[int, ChangeRefused | ChangedMeanwhile] = {}
    changed = False
    for number, one in heard.items():
        try:
            changed |= _propose(session, link, number, one, places, by, today, now)
        except (ChangeRefused, ChangedMeanwhile) as problem:
            refused[number] = problem
    if refused:
        raise AnswersRefused(refused)
    right = [number for number, one in heard.items() if one.is_right and not one.is_closed]
    if not right and not changed:
        raise RuleBroken("right", "Tick at least one listing, change something, or say that it is not run.")
    confirm_listings(session, right, by=by, today=today, now=now, through="confirm link")
    is_used_up = not link.is_long or not set(link.service_ids) - set(said) - set(left)
    if is_used_up:
        session.execute(update(Reminder).where(Reminder.id == link.reminder_id).values(used_at=now))
    # Somebody who looks after her listings by these links alone does use her account.
    session.execute(
        update(Account).where(Account.id == link.account_id).values(used_at=now, idle_told_at=None)
    )
    return is_used_up


def _propose(
    session: Session,
    link: OpenLink,
    number: int,
    one: Said,
    places: PlaceFinder,
    by: Actor,
    today: date,
    now: datetime,
) -> bool:
    """Whether anything differed from what is listed."""
    cells = {name: cell for name, cell in one.cells.items() if name in SMALL}
    if any(one.base.get(name, "") != cell for name, cell in cells.items()):
        # A wait is worth little without its day.
        cells["waiting_as_at"] = today.isoformat()
    else:
        cells = {}
    if one.is_closed:
        cells["status"] = "defunct"
    if not cells:
        return False
    proposal = Proposal(number, link.organisation_id, cells, base=one.base, source="confirm link")
    done = propose(session, proposal, places, by=by, now=now)
    return bool(done.published_id or done.waiting_id)
