"""Record a set of authorities that plan together, and the day on which they cease to."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.actions.cells import NAME_LENGTH_MAX
from directory.actions.said_words import words_of
from directory.actions.version import bump_matrix_version, take_matrix_turn
from directory.errors import NotFound, RuleBroken
from directory.geo.areas import areas
from directory.matrix.areas import NamedArea
from directory.models.named_area import NamedAreaMember, NamedAreaRow
from directory.queries.statements import every_named_area, shipped_areas
from directory.reference.named_areas import CODE

CODE_LENGTH_MAX = 80
TAKEN = re.compile(r"rules|[a-z]\d{8}")
"""Codes that would lead elsewhere: /matrix/rules is a page, and e06000031 reads like the code of an authority."""


def add_named_area(session: Session, area: NamedArea) -> NamedArea:
    """Store a new named area, and give it as stored; the caller commits.

    Raises RuleBroken('code', 'name', 'member', 'to', 'source').
    """
    area = _checked(area)
    take_matrix_turn(session)
    for other in every_named_area(session):
        if other.code == area.code:
            raise RuleBroken("code", f"{area.code} is the code of {other.name} already. Choose another.")
        if other.name.casefold() == area.name.casefold() and _overlap(other, area):
            raise RuleBroken("name", f"{other.code} has this name already, at the same time. Choose another.")
    session.add(
        NamedAreaRow(
            code=area.code,
            name=area.name,
            starts_on=area.starts_on,
            ends_on=area.ends_on,
            source=area.source,
        )
    )
    session.flush()
    session.add_all(NamedAreaMember(area_code=area.code, authority=code) for code in area.members)
    bump_matrix_version(session)
    return area


def end_named_area(session: Session, code: str, *, on: date, today: date) -> str:
    """Store its last day, and give its name; the caller commits. What was said for it then holds no more.

    on: may lie ahead. today: the date in London. Raises NotFound, or RuleBroken('code', 'on').
    """
    take_matrix_turn(session)
    if any(one.code == code for one in shipped_areas()):
        raise RuleBroken("code", f"{code} ships in data/named_areas.csv: write its last day there.")
    row = session.scalars(select(NamedAreaRow).where(NamedAreaRow.code == code)).one_or_none()
    if row is None:
        raise NotFound(f"No named area has the code {code[:CODE_LENGTH_MAX]}.")
    if row.ends_on is not None and row.ends_on < today:
        raise RuleBroken("code", f"{row.name} ended on {row.ends_on} already.")
    if row.starts_on is not None and on < row.starts_on:
        raise RuleBroken("on", f"It starts on {row.starts_on}, and cannot end before.")
    row.ends_on = on
    bump_matrix_version(session)
    return row.name


def _checked(area: NamedArea) -> NamedArea:
    """The area with its words tidied and each member once. Raises RuleBroken."""
    if not CODE.fullmatch(area.code) or len(area.code) > CODE_LENGTH_MAX:
        raise RuleBroken(
            "code",
            f"Use small letters, numbers and hyphens, beginning with a letter, like north-example; "
            f"at most {CODE_LENGTH_MAX} of them.",
        )
    if TAKEN.fullmatch(area.code):
        raise RuleBroken("code", f"{area.code} leads to something else on this site. Choose another.")
    name = words_of("name", area.name, NAME_LENGTH_MAX)
    if not name:
        raise RuleBroken("name", "Write the name of the area.")
    source = words_of("source", area.source)
    if not source:
        raise RuleBroken("source", "Write where it can be read that these authorities plan together.")
    if not area.members:
        raise RuleBroken("member", "Name one or more authorities by their codes, like E06000031.")
    unknown = [code for code in area.members if code not in areas()]
    if unknown:
        raise RuleBroken(
            "member", f"No authority has the code ‘{unknown[0][:40]}’. Codes are like E06000031."
        )
    if area.starts_on and area.ends_on and area.ends_on < area.starts_on:
        raise RuleBroken("to", "It cannot end before it starts.")
    return replace(area, name=name, source=source, members=tuple(sorted(set(area.members))))


def _overlap(one: NamedArea, other: NamedArea) -> bool:
    """Whether there is a day on which both hold."""
    starts = max(one.starts_on or date.min, other.starts_on or date.min)
    return starts <= min(one.ends_on or date.max, other.ends_on or date.max)
