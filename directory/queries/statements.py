"""Statements and named areas, as the matrix takes them."""

from __future__ import annotations

from datetime import date
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.geo.areas import areas
from directory.matrix.areas import Areas, NamedArea
from directory.matrix.statements import Statement
from directory.matrix.types import State
from directory.models.tables import MatrixVersion, NamedAreaMember, NamedAreaRow
from directory.models.tables import Statement as StatementRow
from directory.reference.files import DATA
from directory.reference.named_areas import NamedAreaRead, read_named_areas


def matrix_version(session: Session) -> int:
    """The number that changes with every write to statements or named areas."""
    return session.scalars(select(MatrixVersion.version)).one()


def statements(session: Session) -> tuple[Statement, ...]:
    """Every statement ever made, by id: those in force on a day are for the matrix to tell."""
    return tuple(
        Statement(
            id=row.id,
            area_code=row.area_code,
            support_type=row.support_type,
            mode=row.mode,
            exists=State(row.state),
            body=row.body,
            role=row.role,
            stated_on=row.stated_on,
            what=row.what,
            effective=row.effective,
            evidence=row.evidence,
            sector=row.sector,
            withdrawn_on=row.withdrawn_on,
            withdrawn_reason=row.withdrawn_reason,
        )
        for row in session.scalars(select(StatementRow).order_by(StatementRow.id))
    )


@cache
def shipped_areas() -> tuple[NamedAreaRead, ...]:
    """The named areas of data/named_areas.csv."""
    return read_named_areas(DATA / "named_areas.csv", areas())


def every_named_area(session: Session) -> tuple[NamedArea, ...]:
    """Those that ship, then those recorded by command, which may bear no code that ships."""
    members: dict[str, list[str]] = {}
    query = select(NamedAreaMember).order_by(NamedAreaMember.area_code, NamedAreaMember.authority)
    for member in session.scalars(query):
        members.setdefault(member.area_code, []).append(member.authority)
    shipped = (
        NamedArea(one.code, one.name, one.members, one.starts_on, one.ends_on, one.source)
        for one in shipped_areas()
    )
    recorded = (
        NamedArea(
            row.code, row.name, tuple(members.get(row.code, ())), row.starts_on, row.ends_on, row.source
        )
        for row in session.scalars(select(NamedAreaRow).order_by(NamedAreaRow.code))
    )
    return (*shipped, *recorded)


def areas_on(session: Session, day: date) -> Areas:
    """Every area that holds on a day."""
    return Areas(areas().values(), every_named_area(session), on=day)
