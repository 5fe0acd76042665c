"""The shapes of the matrix: services as it sees them, states, and the tests a service passes or fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from directory.geo.types import Point

STALE_AFTER_DAYS = 180
"""How long a confirmation counts, unless the settings say otherwise."""


class Mode(StrEnum):
    """The two halves of a cell. Help by one never fills the other."""

    IN_PERSON = "in-person"
    REMOTE = "remote"


class State(StrEnum):
    """What is known of half a cell. The codes are those of the taxonomy `matrix_state` in data/terms.csv."""

    AVAILABLE = "available"
    PARTLY = "partly"
    NOT_AVAILABLE = "not-available"
    NOT_KNOWN = "not-known"


class Level(IntEnum):
    """How far a service fills half a cell: as far as its weakest answer. The best service decides for the cell."""

    NOTHING = 0
    PARTLY = 1
    AVAILABLE = 2


class Test(StrEnum):
    """What keeps a service from making a cell *available*; codes of the taxonomy `cell_test` in data/terms.csv.

    The order is that in which a page names them: what is asked of the source first,
    what a telephone call settles last.
    """

    # Pytest would take a class of this name for one of its own.
    __test__ = False

    SOURCE_UNCLEAR = "source-unclear"
    SOME_RESIDENTS = "some-residents"
    MODE_NOT_KNOWN = "mode-not-known"
    CHARGES = "charges"
    COST_NOT_KNOWN = "cost-not-known"
    CLOSED_FOR_NOW = "closed-for-now"
    WAITING_LIST_CLOSED = "waiting-list-closed"
    NOT_TAKING_PEOPLE = "not-taking-people"
    NOT_CONFIRMED = "not-confirmed"
    CONFIRMED_LONG_AGO = "confirmed-long-ago"


# What somebody at the service can say in one telephone call.
SETTLED_BY_A_CALL = frozenset(
    {
        Test.SOURCE_UNCLEAR,
        Test.SOME_RESIDENTS,
        Test.MODE_NOT_KNOWN,
        Test.COST_NOT_KNOWN,
        Test.NOT_CONFIRMED,
        Test.CONFIRMED_LONG_AGO,
    }
)


@dataclass(frozen=True, slots=True)
class MatrixService:
    """One listed service, as the matrix sees it. None and '' mean 'not known', never 'no'.

    types: support type → is it certain, for that type's group too.
    in_person, remote: None where its source does not say how it is given.
    authorities, nations: whose residents it takes (LAD codes; 'E92000001', 'W92000004').
    partly: those of them of whom it takes only some.
    free: False where the person is charged. confirmed_on: when the service last said its listing is right.
    waiting_list: '', 'none', 'open' or 'closed'. accepting: whether it takes new people.
    waiting_weeks as at waiting_as_at (as exact as the source: YYYY …); places_a_year: people it can see in one.
    is_out_of_hours: open on an evening or at a weekend.
    points: places that may be told; none of a confidential service.
    source_date: of its listing's source (YYYY …), '' where the source bears none.
    """

    id: int
    name: str
    organisation: str = ""
    types: Mapping[str, bool] = field(default_factory=dict)
    in_person: bool | None = None
    remote: bool | None = None
    authorities: frozenset[str] = frozenset()
    nations: frozenset[str] = frozenset()
    partly: frozenset[str] = frozenset()
    free: bool | None = None
    is_active: bool = True
    confirmed_on: date | None = None
    waiting_list: str = ""
    accepting: bool | None = None
    waiting_weeks: int | None = None
    waiting_as_at: str = ""
    places_a_year: int | None = None
    is_out_of_hours: bool | None = None
    sector: str = ""
    referral: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    only_for: frozenset[str] = frozenset()
    adapted_for: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    interpreters: bool | None = None
    access: frozenset[str] = frozenset()
    minimum_age: int | None = None
    maximum_age: int | None = None
    points: tuple[Point, ...] = ()
    is_confidential: bool = False
    is_reachable: bool = True
    source_date: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the judgement of a service depends on besides the service: the day, and how long a confirmation counts.

    last_day_counts: in snapshots of the first two forms a confirmation counted for a day more; their figures stay.
    """

    today: date
    stale_after_days: int = STALE_AFTER_DAYS
    last_day_counts: bool = False

    @property
    def oldest_confirmation(self) -> date:
        """A confirmation of this day still counts; one before it does not."""
        return self.today - timedelta(days=self.stale_after_days - (not self.last_day_counts))


@dataclass(frozen=True, slots=True)
class Judged:
    """A service held against half a cell: how far it fills it, and the tests it fails (none when *available*)."""

    service: MatrixService
    level: Level
    failed: tuple[Test, ...]
