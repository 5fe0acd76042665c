"""Small made-up countries for the matrix: two nations, wide areas that overlap, and everything a service may be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from directory.matrix.cells import Authority, CellType
from directory.matrix.columns import Axes, axes_of
from directory.matrix.statements import BOTH, Said, Statement
from directory.matrix.types import MatrixService, Mode, Rules, State
from tests.builders import make_matrix_service, make_statement

ENGLAND, WALES = "E92000001", "W92000004"
NATION_OF = {"E1": ENGLAND, "E2": ENGLAND, "E3": ENGLAND, "W1": WALES, "W2": WALES}
AROUND = {
    "E1": ("E1", "county", "force", ENGLAND, "K"),
    "E2": ("E2", "county", ENGLAND, "K"),
    "E3": ("E3", "force", ENGLAND, "K"),
    "W1": ("W1", WALES, "K"),
    "W2": ("W2", WALES, "K"),
}
AREAS = ("E1", "E2", "E3", "W1", "W2", "county", "force", ENGLAND, WALES, "K", "nowhere")
FILLS = {"G2.14": ("G2.3", "G2.4")}
CELLS = (
    CellType("G2.3", "G2", "therapy", frozenset({"listings"})),
    CellType("G2.4", "G2", "advocacy", frozenset({"listings", "partnership"})),
    CellType("G2.14", "G2", "health", frozenset({"listings", "partnership"})),
    CellType("G2.1", "G2", "system", frozenset({"partnership"})),
    CellType("G2.2", "G2", "helpline", frozenset({"listings", "national"}), frozenset({Mode.REMOTE})),
)
TODAY = date(2026, 11, 26)
RULES = Rules(TODAY)
REGION_OF = {"E1": "R1", "E2": "R1", "E3": "R2", "W1": "R3", "W2": "R3"}
AXES: Axes = axes_of(NATION_OF, [cell.code for cell in CELLS], REGION_OF)


@dataclass(frozen=True, slots=True)
class RandomMatrix:
    """services and statements of one made-up country."""

    services: tuple[MatrixService, ...]
    statements: tuple[Statement, ...]

    @property
    def said(self) -> Said:
        return Said(self.statements, TODAY, FILLS)


def authority(code: str) -> Authority:
    return Authority(code, NATION_OF[code], AROUND[code])


def a_matrix(random: Random, services: int = 12, statements: int = 12) -> RandomMatrix:
    """Up to so many of each; half of all countries have no statements."""
    count = random.choice((0, random.randint(1, statements)))
    return RandomMatrix(
        tuple(a_service(random) for _each in range(random.randint(0, services))),
        tuple(_a_statement(random) for _each in range(count)),
    )


def a_service(random: Random) -> MatrixService:
    """Anything a service may say of itself, types and areas on no axis among them."""
    areas = frozenset(random.sample([*NATION_OF, "elsewhere"], random.choice((0, 1, 1, 2, 4))))
    nations = frozenset(random.sample([ENGLAND, WALES], random.choice((0, 0, 1, 2))))
    codes = random.sample([*(cell.code for cell in CELLS), "G9.9"], random.randint(0, 3))
    return make_matrix_service(
        types={code: random.random() < 0.6 for code in codes},
        in_person=random.choice((None, True, True, False)),
        remote=random.choice((None, True, True, False)),
        authorities=areas,
        nations=nations,
        partly=frozenset(code for code in areas | nations if random.random() < 0.4),
        free=random.choice((True, True, True, None, False)),
        confirmed_on=random.choice((None, TODAY, TODAY, date(2025, 1, 1))),
        waiting_list=random.choice(("", "none", "open", "closed")),
        accepting=random.choice((None, True, True, False)),
        is_active=random.random() < 0.9,
    )


def _a_statement(random: Random) -> Statement:
    stated_on = TODAY - timedelta(days=random.randint(-3, 30))
    return make_statement(
        area_code=random.choice(AREAS),
        support_type=random.choice(CELLS).code,
        mode=random.choice((BOTH, *(mode.value for mode in Mode))),
        exists=random.choice(list(State)),
        body=random.choice(("commissioner", "partnership", "national")),
        role=random.choice(("manager", "Manager", "nurse")),
        stated_on=stated_on,
        withdrawn_on=random.choice((None, None, None, stated_on, TODAY, TODAY + timedelta(days=1))),
    )


def changed(service: MatrixService, random: Random) -> MatrixService:
    """The same service as it says of itself on another day."""
    return replace(a_service(random), id=service.id, name=service.name)
