"""What is public and what is a commissioner's: the table holds every kind of fact, and each reader has a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from directory.config import Settings
from directory.geo.areas import areas
from directory.matrix.areas import Areas, NamedArea
from directory.queries.accounts import SignedIn
from directory.reference.hours import now_utc
from directory.security.who_sees import WHO_SEES, Fact, sees, sees_of, states_for

COMMISSIONERS = {
    Fact.UPPER_BOUND_OF_NEED,
    Fact.EFFECTIVENESS,
    Fact.FUNDING_DATE,
    Fact.DISPUTE,
    Fact.WEIGHT,
    Fact.ASSESSOR,
    Fact.NOTE,
}
PETERBOROUGH, CAMBRIDGE, LEEDS = "E06000031", "E07000008", "E08000035"
EAST, ENGLAND, POLICE, NAMED = "E12000006", "E92000001", "E23000023", "example-partnership"


def seen(settings: Settings, fact: str, *, public: bool) -> bool:
    site = Flask("sees")
    site.config["SETTINGS"] = replace(settings, public=public)
    with site.test_request_context("/"):
        return sees(fact)


def somebody(
    *granted: str, roles: frozenset[str] = frozenset({"commissioner"}), second: bool = False
) -> SignedIn:
    now = now_utc()
    return SignedIn(
        account_id=1, sign_in_id=1, email="person@example.org", title="", roles=roles, owner_of=frozenset(),
        editor_of=frozenset(), areas=frozenset(granted), gave_second_factor=second, has_second_factor=second,
        started_at=now, seen_at=now, ends_at=now,
    )  # fmt: skip


@pytest.fixture(scope="module")
def every_area() -> Areas:
    members = (PETERBOROUGH, CAMBRIDGE)
    return Areas(areas().values(), [NamedArea(NAMED, "Example Partnership", members)], on=date(2026, 11, 1))


def test_every_kind_of_fact_says_who_sees_it() -> None:
    assert set(WHO_SEES) == set(Fact)
    assert set(WHO_SEES.values()) == {"anyone", "commissioner"}
    assert {fact for fact, who in WHO_SEES.items() if who == "commissioner"} == COMMISSIONERS


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("fact", list(Fact))
def test_a_visitor_sees_only_what_anyone_may_on_every_site(
    settings: Settings, fact: Fact, public: bool
) -> None:
    assert seen(settings, fact, public=public) == (fact not in COMMISSIONERS)


def test_a_fact_that_is_not_listed_is_seen_by_nobody(settings: Settings) -> None:
    assert not seen(settings, "shoe-size", public=False)
    assert seen(settings, "state", public=True)


# granted, the page's area, sees what is theirs there, may speak for it
ACROSS = [
    (PETERBOROUGH, PETERBOROUGH, True, True),
    (PETERBOROUGH, CAMBRIDGE, False, False),
    (PETERBOROUGH, LEEDS, False, False),
    (PETERBOROUGH, NAMED, True, False),
    (PETERBOROUGH, POLICE, True, False),
    (PETERBOROUGH, EAST, False, False),
    (PETERBOROUGH, ENGLAND, False, False),
    (NAMED, NAMED, True, True),
    (NAMED, CAMBRIDGE, True, True),
    (NAMED, POLICE, True, False),
    (POLICE, NAMED, True, True),
    (EAST, CAMBRIDGE, True, True),
    (EAST, POLICE, True, True),
    (EAST, LEEDS, False, False),
    (ENGLAND, LEEDS, True, True),
    ("no-such-area", LEEDS, False, False),
]


@pytest.mark.parametrize(("granted", "code", "is_seen", "may_state"), ACROSS)
def test_a_commissioner_sees_her_areas_those_in_them_and_those_that_plan_with_them(
    every_area: Areas, granted: str, code: str, is_seen: bool, may_state: bool
) -> None:
    area = every_area.get(code)
    assert area is not None, code
    who = somebody(granted)
    assert (sees_of(who, area, every_area), states_for(who, area, every_area)) == (is_seen, may_state)


def test_only_staff_with_a_second_factor_see_everywhere_and_they_speak_for_no_area(every_area: Areas) -> None:
    area = every_area.get(LEEDS)
    assert area is not None
    for role in ("moderator", "administrator"):
        assert sees_of(somebody(roles=frozenset({role}), second=True), area, every_area)
        assert not sees_of(somebody(roles=frozenset({role})), area, every_area)
        assert not states_for(somebody(LEEDS, roles=frozenset({role}), second=True), area, every_area)
    assert not sees_of(somebody(LEEDS, roles=frozenset()), area, every_area)
