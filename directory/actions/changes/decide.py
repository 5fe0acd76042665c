"""Decide on a change that waits: a second person approves it, with edits or without, sends it back, or refuses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.changes.apply import (
    add_listing,
    apply_cells,
    as_written,
    checked,
    problem_of,
    stored_cells,
)
from directory.actions.changes.as_seen import still_asked, still_listed
from directory.actions.changes.inclusion import Inclusion, inclusion_cells
from directory.actions.changes.not_to_say import about_a_person
from directory.actions.changes.propose import Proposal, store_change
from directory.actions.changes.refused import ChangeRefused
from directory.actions.changes.rules import EDITABLE, needs_another
from directory.actions.changes.tell import tell_proposer
from directory.actions.changes.verify import Check, keep, verified
from directory.actions.confirm_listing import confirm_listing
from directory.actions.resolve import PlaceFinder
from directory.actions.said_words import without_a_case
from directory.actions.upkeep.rest_right import confirm_the_rest
from directory.actions.version import take_turn
from directory.errors import Clash, NotFound, RuleBroken
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.queries.people import is_near
from directory.queries.waiting import OWN_SOURCES
from directory.queries.writers import is_edited, made_of, writers_of
from directory.reference.hours import LONDON

WORDS_LENGTH_MAX = 2_000


class DecidedAlready(Clash):
    """Somebody else decided, or the change was taken back, while this person was looking. state: what it is now."""

    def __init__(self, state: str, role: str) -> None:
        super().__init__(state)
        self.state = state
        self.role = role


@dataclass(frozen=True, slots=True)
class Approval:
    """What a moderator says yes to.

    edits: column → what it shall hold instead of what was proposed. seen: column → what was listed when they looked;
    a column that is not in it is compared with what the proposer began from. asked: column → what the change asked
    for when they looked, where another moderator may have edited it since. inclusion: for new services.
    """

    edits: Mapping[str, str] = field(default_factory=dict)
    checks: Sequence[Check] = ()
    words: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    inclusion: Inclusion | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    """service_id: None where nothing is in place yet. waiting_id: what waits for another moderator, or None."""

    service_id: int | None
    waiting_id: int | None = None


def approve(
    session: Session, change_id: int, approval: Approval, places: PlaceFinder, *, by: Actor, now: datetime
) -> Approved:
    """Put it in place. The caller commits. The same moderator's second click changes nothing.

    An edit of what needs a second person is not put in place: it waits for another moderator.
    Raises NotFound; DecidedAlready; ChangedMeanwhile (what is listed, or asked for, is not what they saw);
    ChangeRefused (what would be wrong with the listing, or is missing: checks, answers); RuleBroken('change', 'words').
    """
    if (again := _edited_just_now(session, change_id, approval, by)) is not None:
        return again
    change = _to_decide(session, change_id, "approved", by)
    if change is None:
        done = session.get_one(ProposedChange, change_id)
        return Approved(done.service_id, made_of(session, change_id))
    still_asked(change, approval.asked, approval.edits)
    edits = {name: cell for name, cell in approval.edits.items() if cell != change.cells.get(name, "")}
    _may_edit(change, edits)
    if change.service_id is None:
        return _approve_new(session, change, edits, approval, places, by, now)
    here = stored_cells(session, change.service_id)
    still_listed(change, here, approval.seen)
    another = needs_another(edits, change.cells, here)
    bigger = {name: cell for name, cell in edits.items() if name in another and cell != here.get(name, "")}
    wanted = {name: cell for name, cell in change.cells.items() if name not in bigger} | {
        name: cell for name, cell in edits.items() if name not in bigger
    }
    wanted = {name: cell for name, cell in wanted.items() if cell != here.get(name, "")}
    checks = verified(session, change, wanted, here, approval.checks)
    service_id = change.service_id
    checked({**as_written(here), **wanted, **bigger, "id": str(service_id)}, places)
    apply_cells(
        session, service_id, wanted, places, act="change approved", role=by.role, now=now, change_id=change.id
    )
    waiting_id = _wait_again(session, change, bigger, here, by, now) if bigger else None
    if not edits:
        confirm_the_rest(session, change, by=by, now=now)
    _close(session, change, "approved", approval.words, by, now)
    keep(session, change, checks, by, now)
    return Approved(service_id, waiting_id)


def send_back(session: Session, change_id: int, words: str, *, by: Actor, now: datetime) -> None:
    """Ask the proposer for something, with reasons. Raises NotFound, DecidedAlready, RuleBroken."""
    _say_no(session, change_id, "sent back", words, by, now)


def refuse(session: Session, change_id: int, words: str, *, by: Actor, now: datetime) -> None:
    """Say no, with reasons that can be answered. Raises as `send_back` does."""
    _say_no(session, change_id, "refused", words, by, now)


def _approve_new(
    session: Session,
    change: ProposedChange,
    edits: Mapping[str, str],
    approval: Approval,
    places: PlaceFinder,
    by: Actor,
    now: datetime,
) -> Approved:
    cells = {**change.cells, **edits}
    if needs_another(edits, change.cells, {}):
        # The whole of it waits for another moderator: there is no listing yet that it could be a change of.
        checked({"status": "active", **cells, "id": "1", "listing": "needs checking"}, places)
        change.cells, change.edited_by, change.round = cells, by.account_id, change.round + 1
        record(session, by, "edit change", "change", change.id, now=now, columns=" ".join(edits))
        return Approved(None, change.id)
    if approval.inclusion is None:
        raise ChangeRefused(
            [problem_of("inclusion", "", "The questions are not answered.", "Answer each of them.")]
        )
    filled = {name: cell for name, cell in cells.items() if cell}
    checks = verified(session, change, filled, {}, approval.checks)
    today = now.astimezone(LONDON).date()
    cells |= _of_a_new_listing(change, approval.inclusion, today)
    service_id = add_listing(session, cells, places, role=by.role, now=now, change_id=change.id)
    session.flush()
    if change.source in OWN_SOURCES and not is_edited(session, change) and not edits:
        # They wrote all of it themselves, and a moderator has asked them: nothing is confirmed better.
        _confirm(session, service_id, change.role, today)
    change.service_id = service_id
    change.organisation_id = session.get_one(Service, service_id).organisation_id
    _close(session, change, "approved", approval.words, by, now)
    keep(session, change, checks, by, now)
    return Approved(service_id)


def _confirm(session: Session, service_id: int, role: str, today: date) -> None:
    # What somebody is called may be no role; that is no reason not to list a service.
    with suppress(RuleBroken):
        confirm_listing(session, service_id, role=role, on=today, today=today)


def _of_a_new_listing(change: ProposedChange, inclusion: Inclusion, today: date) -> dict[str, str]:
    """What stands in a new listing beside what was proposed: whoever proposed it is its source."""
    return {
        "status": change.cells.get("status") or "active",
        "source_name": "the organisation itself",
        "source_date": today.isoformat(),
        "seen_on": today.isoformat(),
        "confidence": "high",
        **inclusion_cells(inclusion, today),
    }


def _to_decide(session: Session, change_id: int, state: str, by: Actor) -> ProposedChange | None:
    """The change, if this person may decide on it; None where they have decided the same already."""
    if not by.is_moderator or by.account_id is None:
        raise RuleBroken("change", "A moderator decides on this.")
    take_turn(session)
    change = change_of(session, change_id)
    if change.state == state and change.decided_by == by.account_id:
        return None
    if change.state != "waiting":
        raise DecidedAlready(change.state, change.decided_role)
    if by.account_id in writers_of(session, change):
        raise RuleBroken("change", "You wrote some of this yourself, so somebody else has to decide.")
    if is_near(session, by.account_id, change.organisation_id, change.proposed_by):
        raise RuleBroken("change", "You act or acted for this organisation, so somebody else has to decide.")
    return change


def _edited_just_now(session: Session, change_id: int, approval: Approval, by: Actor) -> Approved | None:
    """What the same moderator's first click came to, where it was an edit of a new service that waits for another."""
    take_turn(session)
    change = change_of(session, change_id)
    theirs = {**approval.asked, **approval.edits}
    is_again = (
        change.state == "waiting"
        and change.service_id is None
        and by.account_id is not None
        and by.account_id == change.edited_by
        and bool(needs_another(approval.edits, approval.asked, {}))
        and all(change.cells.get(name, "") == cell for name, cell in theirs.items())
    )
    return Approved(None, change_id) if is_again else None


def change_of(session: Session, change_id: int) -> ProposedChange:
    """As it is stored now. Raises NotFound."""
    change = session.get(ProposedChange, change_id, populate_existing=True)
    if change is None:
        raise NotFound(f"There is no change {change_id}.")
    return change


def _may_edit(change: ProposedChange, edits: Mapping[str, str]) -> None:
    problems = [
        problem_of(name, "", "This column is not edited here.", "Leave it out.")
        for name in sorted(set(edits) - set(EDITABLE))
    ]
    for name, cell in edits.items():
        if wrong := about_a_person(name, cell, change.base.get(name, "")):
            problems.append(problem_of(name, cell, wrong.what, wrong.remedy))
    if problems:
        raise ChangeRefused(problems)


def _wait_again(
    session: Session,
    change: ProposedChange,
    cells: Mapping[str, str],
    here: Mapping[str, str],
    by: Actor,
    now: datetime,
) -> int:
    """What the moderator wrote anew, as a change of their own."""
    anew = Proposal(change.service_id, change.organisation_id, cells, source="moderator")
    number = store_change(session, anew, dict(cells), "waiting", here, by, now)
    columns = " ".join(cells)
    record(session, by, "edit change", "change", number, now=now, columns=columns, of=str(change.id))
    return number


def _say_no(session: Session, change_id: int, state: str, words: str, by: Actor, now: datetime) -> None:
    said = reasons(words)
    change = _to_decide(session, change_id, state, by)
    if change is not None:
        _close(session, change, state, said, by, now)


def reasons(words: str) -> str:
    """Whoever says something of a change to the other side. Raises RuleBroken('words')."""
    said = words.strip()
    if not said or len(said) > WORDS_LENGTH_MAX:
        raise RuleBroken("words", f"Give the reasons, in 1 to {WORDS_LENGTH_MAX} letters.")
    return without_a_case("words", said)


def _close(
    session: Session, change: ProposedChange, state: str, words: str, by: Actor, now: datetime
) -> None:
    change.state, change.decided_words = state, words.strip()[:WORDS_LENGTH_MAX]
    change.decided_at, change.decided_by, change.decided_role = now, by.account_id, by.role
    session.flush()
    verb = {"approved": "approve change", "sent back": "send change back", "refused": "refuse change"}[state]
    record(session, by, verb, "change", change.id, now=now, columns=" ".join(change.cells))
    tell_proposer(session, change, now=now)
