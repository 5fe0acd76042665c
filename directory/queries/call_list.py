"""The moderators' call list: which listings have to be rung about, in which order, and who is ringing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.config import UpkeepTimes
from directory.matrix.alone import alone_in
from directory.models.proposed_change import ProposedChange
from directory.models.tables import Organisation, Service
from directory.models.upkeep import Call
from directory.queries.current_matrix import MatrixWorld
from directory.queries.of_world import OfWorld
from directory.queries.refused_reminders import not_reached_by_mail
from directory.queries.telephones import telephones
from directory.queries.upkeep import standings
from directory.reference.call_order import ToCall, by_harm
from directory.reference.hours import LONDON
from directory.reference.upkeep_rules import is_to_be_called

WRONG_NUMBER = "wrong number"
REACHED = frozenset({"confirmed", "changed", "closed"})
"""Results of a call in which somebody of the service answered and said how it is."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A call that somebody is making, or has claimed. ends_at: then anybody may take it."""

    call_id: int
    service_id: int
    claimed_by: int | None
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class CallLine:
    """One line of the list. last_result: of the call before, '' where there was none, on last_on.

    has_owner: mails have brought nothing. claim: whose call it is now; None where anybody may take it.
    mail_was_refused: the last mail that asked about it reached nobody, so that it is rung before its time.
    """

    to_call: ToCall
    name: str
    organisation: str
    has_owner: bool
    last_result: str
    last_on: date | None
    claim: Claim | None
    mail_was_refused: bool = False


@dataclass(frozen=True, slots=True)
class PastCall:
    """A call that was made: its result and note, on a day."""

    result: str
    note: str
    on: date


alone: OfWorld[dict[int, int]] = OfWorld(
    lambda world: alone_in(
        world.services, {code: world.areas.nation_of(code) for code in world.areas.authorities}
    )
)
"""World → service → for how many groups, each in an authority, it is the only service."""


def call_list(
    session: Session, world: MatrixWorld, *, today: date, times: UpkeepTimes, now: datetime
) -> tuple[CallLine, ...]:
    """The lines in the order in which to ring. today: the date in London.

    Left out are those to be rung again later, those of which a moderator's change or closing waits for a decision, and
    for some days those where a call has reached somebody, whatever was decided of what they said.
    """
    last, claims, waiting = _last_calls(session), open_claims(session, now), _waiting(session)
    refused = not_reached_by_mail(session)
    numbers, only_one = telephones(session), alone(world)
    names = {
        number: (name, organisation)
        for number, name, organisation in session.execute(
            select(Service.id, Service.name, Organisation.name).join(
                Organisation, Organisation.id == Service.organisation_id
            )
        )
    }
    found, owned = [], {}
    for number, standing in standings(session).items():
        call = last.get(number)
        was_wrong = _was_wrong(call, standing.confirmed_on)
        if not was_wrong and number not in refused and not is_to_be_called(standing, today, times):
            continue
        if number in waiting or (call and not _may_be_rung(call, today, times)):
            continue
        owned[number] = standing.owned_since is not None
        found.append(
            ToCall(number, was_wrong, number in numbers, only_one.get(number, 0), standing.confirmed_on)
        )
    return tuple(
        CallLine(
            one,
            *names[one.service_id],
            owned[one.service_id],
            call.result if (call := last.get(one.service_id)) else "",
            _day(call) if call else None,
            claims.get(one.service_id),
            one.service_id in refused,
        )
        for one in by_harm(found)
    )


def open_claims(session: Session, now: datetime) -> dict[int, Claim]:
    """Service → the claim that holds at this moment."""
    query = select(Call.id, Call.service_id, Call.claimed_by, Call.claim_ends_at).where(
        Call.ended_at.is_(None), Call.claim_ends_at > now
    )
    return {row.service_id: Claim(*row) for row in session.execute(query)}


def past_calls(session: Session, service_id: int) -> tuple[PastCall, ...]:
    """The calls that were made to a service, the newest first."""
    query = (
        select(Call)
        .where(Call.service_id == service_id, Call.ended_at.is_not(None), Call.result != "given back")
        .order_by(Call.ended_at.desc(), Call.id.desc())
    )
    return tuple(PastCall(call.result, call.note, _day(call)) for call in session.scalars(query))


def _last_calls(session: Session) -> dict[int, Call]:
    query = select(Call).where(Call.ended_at.is_not(None), Call.result != "given back")
    return {call.service_id: call for call in session.scalars(query.order_by(Call.ended_at, Call.id))}


def _may_be_rung(call: Call, today: date, times: UpkeepTimes) -> bool:
    if call.call_again_on is not None and call.call_again_on > today:
        return False
    return call.result not in REACHED or _day(call) + timedelta(days=times.call_again_days) <= today


def _was_wrong(call: Call | None, confirmed_on: date | None) -> bool:
    return (
        call is not None
        and call.result == WRONG_NUMBER
        and (confirmed_on is None or confirmed_on < _day(call))
    )


def _day(call: Call) -> date:
    return (call.ended_at or datetime.min.replace(tzinfo=UTC)).astimezone(LONDON).date()


def _waiting(session: Session) -> frozenset[int]:
    query = select(ProposedChange.service_id).where(
        ProposedChange.state == "waiting", ProposedChange.source == "moderator"
    )
    return frozenset(number for number in session.scalars(query) if number is not None)
