"""How a second person made sure of a new number, address or group: through a way that was held before the request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from directory.actions.actor import Actor
from directory.actions.changes.apply import problem_of
from directory.actions.changes.channels import FROM_A_REGISTER, channels_of, is_held_channel, new_ways
from directory.actions.changes.refused import ChangeRefused
from directory.actions.changes.rules import to_check
from directory.actions.problem import Problem
from directory.models.proposed_change import ChannelCheck, ProposedChange
from directory.queries.holds import held_everywhere
from directory.reference.same_way import folded_way


@dataclass(frozen=True, slots=True)
class Check:
    """How one column was verified: by which channel, and the number, address or page of it that was held before."""

    column: str
    channel: str
    held_value: str


def verified(
    session: Session,
    change: ProposedChange,
    wanted: Mapping[str, str],
    here: Mapping[str, str],
    checks: Iterable[Check],
) -> list[Check]:
    """The checks of those columns that need one. Raises ChangeRefused for each that is missing, or by a new way.

    here: the listing as it is; empty for a new one.
    """
    needed = sorted(to_check(wanted, here))
    given = {check.column: check for check in checks}
    channels = channels_of(session, change)
    fresh = new_ways(wanted)
    down = held_everywhere(session)
    problems: list[Problem] = []
    for column in needed:
        check = given.get(column)
        if check is None or not check.held_value.strip():
            problems.append(
                problem_of(
                    column,
                    "",
                    "Nobody has said how this was checked.",
                    "Ask through a way that was held before.",
                )
            )
        elif is_held_channel(channels, check.channel, check.held_value):
            continue
        elif folded_way(check.held_value) in fresh or any(way in check.held_value for way in fresh if way):
            problems.append(
                problem_of(
                    column,
                    check.held_value,
                    "This is what the change itself would bring.",
                    "Ask through a way that was held before it.",
                )
            )
        elif channels or check.channel not in FROM_A_REGISTER or down.hides_way(check.held_value):
            problems.append(
                problem_of(
                    column,
                    check.held_value,
                    "This was not held before the change.",
                    "Choose one of those shown.",
                )
            )
    if problems:
        raise ChangeRefused(problems)
    return [given[column] for column in needed]


def keep(session: Session, change: ProposedChange, checks: Iterable[Check], by: Actor, now: datetime) -> None:
    for check in checks:
        session.add(
            ChannelCheck(
                change_id=change.id,
                column=check.column,
                channel=check.channel,
                held_value=check.held_value.strip(),
                checked_by=by.account_id,
                checked_at=now,
            )
        )
