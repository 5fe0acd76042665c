"""What a moderator is shown of a change: each field as it was, is and would be, and how it may be checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.changes.apply import checked, stored_cells
from directory.actions.changes.channels import CHANNELS, FROM_A_REGISTER, channels_of
from directory.actions.changes.inclusion import QUESTIONS
from directory.actions.changes.refused import ChangeRefused
from directory.actions.changes.rules import EDITABLE, SECOND_PERSON, to_check
from directory.actions.lines import routes as read_routes
from directory.actions.listing_row import COLUMN_NAMES
from directory.actions.problem import Problem, Refused
from directory.actions.resolve import PlaceFinder
from directory.errors import NotFound
from directory.models.organisation import Organisation
from directory.models.proposed_change import ChannelCheck, ProposedChange
from directory.queries.duplicates import Twin, likely_twins, taken_for
from directory.queries.held_channels import HeldChannel
from directory.queries.writers import writers_of
from directory.reference.look_alike import strange_marks


@dataclass(frozen=True, slots=True)
class Field:
    """One column. was: when the proposer began; here: what is listed now; asked: what it would be.

    needs_second: an edit of it by a moderator waits for another one. needs_check: it is verified through a held way.
    """

    column: str
    was: str
    here: str
    asked: str
    needs_second: bool
    needs_check: bool
    is_strange: bool

    @property
    def clashes(self) -> bool:
        """Somebody else changed it since."""
        return self.here not in {self.was, self.asked}


@dataclass(frozen=True, slots=True)
class Review:
    """A change, whole. problems: what the rules say against it today. profile: the rules for a new service."""

    id: int
    kind: str
    state: str
    source: str
    service_id: int | None
    organisation_id: int | None
    name: str
    organisation: str
    role: str
    words: str
    made_at: datetime
    sent_at: datetime
    decided_at: datetime | None
    decided_role: str
    decided_words: str
    proposed_by: int | None
    writers: frozenset[int]
    fields: tuple[Field, ...]
    channels: tuple[HeldChannel, ...]
    register: tuple[str, ...]
    problems: tuple[Problem, ...]
    twins: tuple[Twin, ...]
    taken_for: tuple[tuple[str, str], ...]
    profile: str
    checks: tuple[tuple[str, str, str], ...]


def review(session: Session, change_id: int, places: PlaceFinder) -> Review:
    """Everything that is needed to decide on it. Reads only. Raises NotFound."""
    change = session.get(ProposedChange, change_id)
    if change is None or change.state == "draft":
        raise NotFound(f"There is no change {change_id}.")
    here = stored_cells(session, change.service_id) if change.service_id is not None else {}
    is_new = change.kind == "new"
    columns = [name for name in COLUMN_NAMES if name in change.cells and (not is_new or change.cells[name])]
    listed = here if not is_new else {}
    wanted = {name: change.cells[name] for name in columns if change.cells[name] != listed.get(name, "")}
    checks_needed = to_check(wanted, listed)
    fields = tuple(_field(change, listed, name, needs_check=name in checks_needed) for name in columns)
    channels = channels_of(session, change)
    after = {**here, **change.cells}
    organisation = session.get(Organisation, change.organisation_id) if change.organisation_id else None
    checks = session.scalars(select(ChannelCheck).where(ChannelCheck.change_id == change.id))
    return Review(
        id=change.id,
        kind=change.kind,
        state=change.state,
        source=change.source,
        service_id=change.service_id,
        organisation_id=change.organisation_id,
        name=here.get("name") or change.cells.get("name", ""),
        organisation=organisation.name if organisation else change.cells.get("organisation", ""),
        role=change.role,
        words=change.words,
        made_at=change.made_at,
        sent_at=change.sent_at or change.made_at,
        decided_at=change.decided_at,
        decided_role=change.decided_role,
        decided_words=change.decided_words,
        proposed_by=change.proposed_by,
        writers=writers_of(session, change),
        fields=fields,
        channels=channels,
        register=() if channels else tuple(name for name in CHANNELS if name in FROM_A_REGISTER),
        problems=_problems(change, after, places) if change.state == "waiting" else (),
        twins=_twins(session, change, after) if is_new else (),
        taken_for=taken_for(
            session,
            [change.cells.get(name, "") for name in ("organisation", "name")],
            [change.cells.get(name, "") for name in ("url", "organisation_url")],
        ),
        profile=_profile(after),
        checks=tuple((one.column, one.channel, one.held_value) for one in checks),
    )


def _field(change: ProposedChange, here: dict[str, str], name: str, *, needs_check: bool) -> Field:
    asked = change.cells[name]
    return Field(
        column=name,
        was=change.base.get(name, ""),
        here=here.get(name, ""),
        asked=asked,
        needs_second=name in SECOND_PERSON,
        needs_check=needs_check and name in EDITABLE,
        is_strange=strange_marks(asked),
    )


def _problems(change: ProposedChange, after: dict[str, str], places: PlaceFinder) -> tuple[Problem, ...]:
    cells = {**after, "id": str(change.service_id or 1)}
    if change.service_id is None:
        cells |= {"listing": "needs checking", "status": cells.get("status") or "active"}
    try:
        checked(cells, places)
    except ChangeRefused as refused:
        return refused.problems
    return ()


def _twins(session: Session, change: ProposedChange, after: dict[str, str]) -> tuple[Twin, ...]:
    try:
        ways = [route.value for route in read_routes(after.get("contact_routes", ""))]
    except Refused:
        ways = []
    return likely_twins(session, after.get("name", ""), ways, after.get("url", ""), change.service_id)


def _profile(cells: dict[str, str]) -> str:
    """The wider profile where it is for none but the groups that only that one takes: G5 to G9."""
    codes = {code.strip().rstrip("?") for code in cells.get("groups", "").split(";")} - {""}
    first, wider = QUESTIONS
    return wider if codes and codes <= {"G5", "G6", "G7", "G8", "G9"} else first
