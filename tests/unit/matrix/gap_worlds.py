"""Peterborough with a few services and statements, and what its register then says of specialist counselling (G4.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from directory.geo.types import Point
from directory.matrix.cells import Authority, CellType
from directory.matrix.findings import Finding, GapRule, Limits
from directory.matrix.gaps import GapFinder
from directory.matrix.statements import Said, Statement
from directory.matrix.types import MatrixService, Mode, Rules, State
from tests.builders import make_matrix_service, make_statement

TODAY = date(2026, 11, 26)
RULES = Rules(TODAY)
MIDDLE = Point(519_000, 298_500)
PETERBOROUGH = Authority("E06000031", "E92000001", ("E06000031", "county", "E92000001"))
COUNSELLING = CellType("G4.6", "G4", "therapy", frozenset({"listings"}))
PARTNERSHIP = CellType("G4.6", "G4", "therapy", frozenset({"listings", "partnership"}))
DUTY = CellType("G4.6", "G4", "system", frozenset({"partnership"}))
HELPLINE = CellType("G4.6", "G4", "helpline", frozenset({"listings"}), frozenset({Mode.REMOTE}))


def findings(
    services: Iterable[MatrixService] = (),
    statements: Iterable[Statement] = (),
    *,
    cell: CellType = COUNSELLING,
    limits: Limits | None = None,
    funding: Mapping[int, date] | None = None,
) -> tuple[Finding, ...]:
    """The register of Peterborough."""
    finder = GapFinder(
        {cell.code: cell},
        services,
        Said(statements, TODAY),
        RULES,
        {PETERBOROUGH.code: MIDDLE},
        limits=limits or Limits(),
        funding=funding,
    )
    return finder.find_gaps(PETERBOROUGH)


def names(found: Iterable[Finding], *, gaps: bool) -> list[str]:
    """The names of one of the two lists."""
    return [one.name for one in found if one.is_gap is gaps]


def only(found: Iterable[Finding], rule: GapRule) -> Finding:
    """The one finding of a rule."""
    (one,) = (each for each in found if each.rule is rule)
    return one


def told_service(**what: object) -> MatrixService:
    """One in person and by phone, of which everything is known, and nothing of it is a gap."""
    return make_matrix_service(
        **{
            "in_person": True,
            "remote": True,
            "waiting_list": "none",
            "waiting_as_at": "2026-10",
            "is_out_of_hours": True,
            "referral": frozenset({"self", "professional"}),
        }
        | what
    )


def said_none(**what: object) -> Statement:
    """The partnership says that there is none."""
    return make_statement(**{"support_type": "G4.6", "exists": State.NOT_AVAILABLE} | what)
