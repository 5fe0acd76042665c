"""Calls to services: one moderator takes one, rings, and says what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.changes.apply import stored_cells
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.actions.changes.propose import Proposal, Proposed, propose
from directory.actions.changes.rules import WAITING
from directory.actions.lines import routes
from directory.actions.resolve import PlaceFinder
from directory.actions.said_words import words_of
from directory.actions.upkeep.call_ways import WaysSaid, with_ways
from directory.actions.upkeep.confirm import confirm_listings
from directory.actions.upkeep.rest_right import END_CALL, rest_right_after
from directory.actions.version import take_turn
from directory.errors import Clash, NotFound, RuleBroken
from directory.models.service import Service
from directory.models.upkeep import Call
from directory.reference.hours import BANK_HOLIDAYS

CLAIM_LASTS = timedelta(minutes=30)
NOTE_LENGTH_MAX = 500
AGAIN_WITHIN_DAYS = 366
NO_ANSWER_WITHIN_DAYS = 90
"""Nobody answered, so nobody has asked to be rung later: a listing is not left unchecked for longer."""
SAID_IN_CALL = "Said by the service when a moderator rang."
RESULTS = ("confirmed", "changed", "no answer", "call again", "closed", "wrong number")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a call. result: one of RESULTS. note: of the service, never of a person.

    call_again_on: needed for 'call again'. telephone, telephone_was, hours …: as of `WaysSaid`.
    rung: the number that was somebody else's.
    cells: columns of the listing as they should be, besides; base: what the page showed of them, and of nothing else.
    asked: which facts were still right and which were not asked, in words, for whoever looks next.
    rest_is_right: where something has changed, that they were asked about all else, and it was right.
    """

    result: str
    note: str = ""
    call_again_on: date | None = None
    telephone: str = ""
    telephone_was: str = ""
    rung: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, str] = field(default_factory=dict)
    hours: str = ""
    hours_was: str = ""
    email: str = ""
    email_was: str = ""
    asked: str = ""
    rest_is_right: bool = False

    @property
    def ways(self) -> WaysSaid:
        """What was said of the ways to reach the service."""
        return WaysSaid(
            self.telephone, self.telephone_was, self.hours, self.hours_was, self.email, self.email_was
        )


def claim_call(session: Session, service_id: int, *, by: Actor, now: datetime) -> int:
    """Take the call for half an hour; returns its number. The caller commits.

    Whoever has it already keeps it, for another half hour. Raises NotFound, or Clash where somebody else has it.
    """
    if not _wait_for_it(session, service_id):
        raise NotFound(f"No service has the number {service_id}.")
    # What ends meanwhile is not open any more, and keeps its result.
    here = session.scalar(
        select(Call).where(Call.service_id == service_id, Call.ended_at.is_(None)).with_for_update()
    )
    if here is not None and here.claimed_by == by.account_id:
        here.claim_ends_at = now + CLAIM_LASTS
        return here.id
    if here is not None:
        if here.claim_ends_at > now:
            raise Clash("Somebody else is ringing this service.")
        here.result, here.ended_at = "given back", now
        session.flush()
    call = Call(
        service_id=service_id,
        claimed_by=by.account_id,
        claimed_at=now,
        claim_ends_at=now + CLAIM_LASTS,
        result="",
    )
    session.add(call)
    session.flush()
    record(session, by, "claim call", "service", service_id, now=now)
    return call.id


def give_back(session: Session, service_id: int, *, by: Actor, now: datetime) -> None:
    """Let somebody else ring. Nothing happens where it is not theirs. The caller commits."""
    call = _theirs(session, service_id, by)
    if call is not None:
        call.result, call.ended_at = "given back", now
        record(session, by, "give back call", "service", service_id, now=now)


def end_call(
    session: Session,
    service_id: int,
    outcome: Outcome,
    places: PlaceFinder,
    *,
    by: Actor,
    today: date,
    now: datetime,
) -> None:
    """Write down what came of a call, and do what follows from it. The caller commits.

    A claim that has run out still ends with its result, as long as nobody else has taken it.
    Raises Clash where the call is not theirs, RuleBroken('result', 'note', 'call_again_on', 'telephone', 'hours',
    'email', 'rung' or 'changed'), ChangeRefused and ChangedMeanwhile.
    """
    # Before the row of the listing, as all who write listings do: in another order two would block each other.
    take_turn(session)
    call = _theirs(session, service_id, by)
    if call is None:
        raise Clash("This call is not yours any more.")
    if outcome.result not in RESULTS:
        raise RuleBroken("result", "Choose what came of the call.")
    note = words_of("note", outcome.note, NOTE_LENGTH_MAX)
    call.note = f"{note} {outcome.asked}".strip()
    call.call_again_on = _again(outcome, today)
    call.result, call.ended_at = outcome.result, now
    # What families read of a call is who rang, whatever the moderator is called.
    said_by, rest = replace(by, role="moderator"), ""
    match outcome.result:
        case "confirmed":
            confirm_listings(session, [service_id], by=said_by, today=today, now=now, through="call")
        case "changed":
            cells = _changed(session, service_id, outcome, today)
            words = f"{note or SAID_IN_CALL} {outcome.asked}".strip()
            done = _propose(session, service_id, cells, outcome.base, words, places, by, now)
            if outcome.rest_is_right:
                rest = rest_right_after(session, service_id, done.waiting)
            if outcome.rest_is_right and done.waiting_id is None:
                # All of it is in place already: nobody will decide on it.
                confirm_listings(session, [service_id], by=said_by, today=today, now=now, through="call")
        case "closed":
            _propose(session, service_id, {"status": "defunct"}, {}, note or SAID_IN_CALL, places, by, now)
        case "wrong number":
            _hold(session, service_id, outcome.rung, by, now)
    details = {"result": outcome.result} | ({"rest": rest} if rest else {})
    record(session, by, END_CALL, "service", service_id, now=now, **details)


def _hold(session: Session, service_id: int, rung: str, by: Actor, now: datetime) -> None:
    """Nobody is shown the number from now on, until a second person has looked. Raises RuleBroken('rung')."""
    numbers = {one.value for one in routes(stored_cells(session, service_id)["contact_routes"])}
    if rung not in numbers:
        raise RuleBroken("rung", "Choose the number that you rang.")
    reason = "Somebody else answered when a moderator rang."
    place_hold(session, service_id, HoldAsked("route", rung, reason), by=by, now=now)


def _wait_for_it(session: Session, service_id: int) -> bool:
    """Two who are at one call wait here on PostgreSQL; SQLite has let one in after the other. Whether it is there."""
    return session.scalar(select(Service.id).where(Service.id == service_id).with_for_update()) is not None


def _theirs(session: Session, service_id: int, by: Actor) -> Call | None:
    _wait_for_it(session, service_id)
    return session.scalar(
        select(Call)
        .where(Call.service_id == service_id, Call.ended_at.is_(None), Call.claimed_by == by.account_id)
        .with_for_update()
    )


def _again(outcome: Outcome, today: date) -> date | None:
    if outcome.result == "no answer":
        day = outcome.call_again_on or next_working_day(today)
        if not today < day <= today + timedelta(days=NO_ANSWER_WITHIN_DAYS):
            raise RuleBroken(
                "call_again_on",
                f"Nobody answered: ring again within {NO_ANSWER_WITHIN_DAYS} days from tomorrow.",
            )
        return day
    if outcome.result != "call again":
        return None
    asked = outcome.call_again_on
    if asked is None or not today < asked <= today + timedelta(days=AGAIN_WITHIN_DAYS):
        raise RuleBroken(
            "call_again_on", "Enter the day on which to ring again, within a year from tomorrow."
        )
    return asked


def next_working_day(today: date) -> date:
    """The next day that is neither at a weekend nor a bank holiday."""
    day = today + timedelta(days=1)
    while day.weekday() >= 5 or day in BANK_HOLIDAYS:
        day += timedelta(days=1)
    return day


def _changed(session: Session, service_id: int, outcome: Outcome, today: date) -> dict[str, str]:
    """The columns that differ. Raises RuleBroken('telephone', 'hours', 'email' or 'changed'), ChangedMeanwhile.

    What was left as the page showed it is not what somebody said, whatever the owner has written since.
    """
    here = stored_cells(session, service_id)
    cells = {
        name: cell
        for name, cell in outcome.cells.items()
        if cell not in {here.get(name, ""), outcome.base.get(name)}
    }
    if not cells.keys().isdisjoint(WAITING):
        cells["waiting_as_at"] = today.isoformat()
    if outcome.ways.differs:
        written = with_ways(here["contact_routes"], outcome.ways)
        if written != here["contact_routes"]:
            cells["contact_routes"] = written
    if not cells:
        raise RuleBroken("changed", "Say what has changed: nothing here differs from the listing.")
    return cells


def _propose(
    session: Session,
    service_id: int,
    cells: Mapping[str, str],
    base: Mapping[str, str],
    words: str,
    places: PlaceFinder,
    by: Actor,
    now: datetime,
) -> Proposed:
    organisation_id = session.get_one(Service, service_id).organisation_id
    proposal = Proposal(service_id, organisation_id, cells, base, source="moderator", words=words)
    return propose(session, proposal, places, by=by, now=now)
