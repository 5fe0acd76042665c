"""What is said of the cells that an organisation's services fill: what anyone may see of it, and the replies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.matrix.statements import Statement, in_force
from directory.models.organisation import Organisation
from directory.models.reply import Reply
from directory.models.service import Service
from directory.queries.current_matrix import MatrixWorld
from directory.queries.holds import NOTHING_HELD, current_holds, is_held
from directory.queries.shown_statements import is_disputed
from directory.reference.hours import LONDON


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A reply, as it travels with its statement. service, organisation: names of the service that replies, and whose
    it is. made_on: the day in London.
    """

    id: int
    statement_id: int
    service_id: int
    service: str
    organisation: str
    words: str
    made_on: date


@dataclass(frozen=True, slots=True)
class ServiceName:
    """A service by its number, its name and whose it is."""

    id: int
    name: str
    organisation_id: int
    organisation: str


def replies(
    session: Session, statement_ids: Iterable[int] | None = None, *, also_of_held: bool = False
) -> Mapping[int, tuple[ReplyView, ...]]:
    """Statement → the replies to it that were not withdrawn, the oldest first; of all statements where None.

    also_of_held: with those of services that are taken down while they are checked, and as they were written, for
    their owners. Otherwise nothing that is held stands in the words of any.
    """
    query = (
        select(Reply, Service.name, Organisation.name)
        .join(Service, Service.id == Reply.service_id)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(Reply.withdrawn_at.is_(None))
        .order_by(Reply.id)
    )
    if statement_ids is not None:
        query = query.where(Reply.statement_id.in_(tuple(statement_ids)))
    if not also_of_held:
        query = query.where(~is_held())
    held = NOTHING_HELD if also_of_held else current_holds(session).of_anybody
    found: dict[int, tuple[ReplyView, ...]] = {}
    for row, *words in session.execute(query):
        made_on = row.made_at.astimezone(LONDON).date()
        service, organisation, said = (held.cleaned(text) for text in (*words, row.words))
        view = ReplyView(row.id, row.statement_id, row.service_id, service, organisation, said, made_on)
        found[row.statement_id] = (*found.get(row.statement_id, ()), view)
    return found


def services_of(session: Session, organisation_ids: Collection[int]) -> tuple[ServiceName, ...]:
    """The services of some organisations, by name."""
    query = (
        select(Service.id, Service.name, Organisation.id, Organisation.name)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(Organisation.id.in_(tuple(organisation_ids)))
        .order_by(Organisation.name, Service.name, Service.id)
    )
    return tuple(ServiceName(*row) for row in session.execute(query))


def names_service(statement: Statement, name: str, organisation: str) -> bool:
    """Whether the words of a statement that anyone may read name a service or its organisation."""
    said = statement.what.casefold()
    return any(len(one) >= 4 and one.casefold() in said for one in (name, organisation))


def said_of(
    world: MatrixWorld, service: ServiceName, on: date, everything: Iterable[Statement] | None = None
) -> tuple[Statement, ...]:
    """What is in force and concerns a service, by id: of the cells it fills where it works, or naming it.

    What is said where those who speak differ is for commissioners alone, and left out.
    """
    ours = next((one for one in world.services if one.id == service.id), None)
    types = set(ours.types) if ours else set()
    around = {code for lad in (ours.authorities if ours else ()) for code in world.areas.around(lad)}
    found = []
    for one in in_force(world.statements if everything is None else everything, on):
        concerns = one.support_type in types and one.area_code in around
        if not concerns and not names_service(one, service.name, service.organisation):
            continue
        if not is_disputed(one, world.said, world.areas, world.types, world.states.is_disputed):
            found.append(one)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class SaidSoFar:
    """How much is said of a service that others can see, and the day of the newest."""

    count: int
    newest: date


def said_so_far(world: MatrixWorld, services: Iterable[ServiceName], on: date) -> Mapping[int, SaidSoFar]:
    """Service → what is said of it; no service of which nothing is said."""
    holding = in_force(world.statements, on)
    found = {one.id: said_of(world, one, on, holding) for one in services}
    return {
        number: SaidSoFar(len(said), max(one.stated_on for one in said))
        for number, said in found.items()
        if said
    }
