"""Hide the places of stored services that the rule of today calls confidential."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.actions.resolve import confidential_by
from directory.actions.stored_rows import BATCH, stored_rows
from directory.actions.told_places import told_places
from directory.actions.version import bump_listings_version, take_turn
from directory.models.tables import Attribute, Location, Organisation, Service


@dataclass(frozen=True, slots=True)
class Hidden:
    """A service whose place is hidden from now on. telling: columns that still tell it, for a person to mend."""

    service_id: int
    telling: tuple[str, ...]

    def __str__(self) -> str:
        what = f"service {self.service_id} is confidential by the rule: its place is hidden from now on."
        if self.telling:
            what += f" These cells still tell where it is, and must be changed: {', '.join(self.telling)}."
        return what


def services_to_hide(session: Session) -> list[int]:
    """Services whose place is stored as public, and is confidential by the rule. Writes nothing.

    Those of which the source itself says that the place may be shown are not looked at.
    """
    left_open = select(Location.service_id).where(Location.is_confidential.is_(False))
    found = set(session.scalars(select(Service.id).where(Service.is_confidential, Service.id.in_(left_open))))
    open_ones = Service.is_confidential.is_(False) & Service.confidential.is_not(False)
    codes: dict[int, list[str]] = defaultdict(list)
    tags = select(Attribute.service_id, Attribute.term).join(Service, Service.id == Attribute.service_id)
    for number, code in session.execute(
        tags.where(open_ones, Attribute.taxonomy.in_(("group", "support_type")))
    ):
        codes[number].append(code)
    services = select(
        Service.id,
        Service.confidential,
        Organisation.name,
        Service.name,
        Service.alternate_name,
        Service.description,
    ).join(Organisation, Organisation.id == Service.organisation_id)
    for number, said, organisation, name, others, description in session.execute(services.where(open_ones)):
        names = (organisation, name, *others.split("\n"))
        if confidential_by(said, codes[number], names, description):
            found.add(number)
    return sorted(found)


def reapply_confidentiality(session: Session) -> list[Hidden]:
    """Take the points of such services away and mark them; they keep their postcodes for whoever may see them.

    One way only: a rule that has become laxer shows a place when a person imports
    the file again, and sees it reported. The caller commits.
    """
    take_turn(session)
    ids = services_to_hide(session)
    hidden = []
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        _hide(session, some)
        for number, row in stored_rows(session, some).items():
            problems = told_places(row, 0, is_confidential=True)
            hidden.append(Hidden(number, tuple(sorted({problem.column for problem in problems}))))
    if hidden:
        bump_listings_version(session)
    return hidden


def _hide(session: Session, ids: Sequence[int]) -> None:
    session.execute(update(Service).where(Service.id.in_(ids)).values(is_confidential=True))
    session.execute(
        update(Location)
        .where(Location.service_id.in_(ids))
        .values(is_confidential=True, easting_m=None, northing_m=None)
    )
