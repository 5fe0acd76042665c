"""A snapshot gives back the very world it was taken of, and the same bytes for the same content."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.errors import NotFound
from directory.geo.areas import areas
from directory.geo.types import Point
from directory.matrix.areas import Areas, NamedArea
from directory.matrix.snapshot import canonical, fingerprint, packed, unpacked
from directory.matrix.statements import Statement
from directory.matrix.types import MatrixService, Rules, State
from directory.queries.current_matrix import MatrixWorld, cell_types, delivery_models, world_of
from directory.queries.snapshot_content import content_of, digits_of, world_again
from tests.builders import make_matrix_service, make_statement

TODAY = date(2026, 11, 26)
# Few, so that what is drawn meets.
AUTHORITIES = ("E06000031", "E07000010", "W06000015")
AREAS = (*AUTHORITIES, "E10000003", "E23000023", "E92000001", "W92000004", "K04000001", "two")
TYPES = ("G2.1", "G2.2", "G2.4", "G2.14", "G4.6")
FEW_AREAS = [area for code, area in areas().items() if code in AUTHORITIES]
NAMED = NamedArea("two", "Two", ("E07000010", "E06000031"), date(2026, 1, 1), None, "An example")

a_service = st.builds(
    lambda **what: make_matrix_service(**what),
    types=st.dictionaries(st.sampled_from(TYPES), st.booleans(), max_size=4),
    in_person=st.sampled_from([True, False, None]),
    remote=st.sampled_from([True, False, None]),
    authorities=st.frozensets(st.sampled_from(AUTHORITIES)),
    nations=st.frozensets(st.sampled_from(["E92000001", "W92000004"])),
    partly=st.frozensets(st.sampled_from([*AUTHORITIES, "E92000001", "W92000004"])),
    free=st.sampled_from([True, False, None]),
    is_active=st.booleans(),
    confirmed_on=st.sampled_from([None, date(2026, 11, 1), date(2025, 1, 1)]),
    waiting_list=st.sampled_from(["", "open", "closed"]),
    accepting=st.sampled_from([True, False, None]),
    points=st.sampled_from([(), (Point(519340, 299050),)]),
    languages=st.frozensets(st.sampled_from(["cy", "ur", "pl"])),
)
a_statement = st.builds(
    lambda **what: make_statement(**what),
    area_code=st.sampled_from(AREAS),
    support_type=st.sampled_from(TYPES),
    mode=st.sampled_from(["in-person", "remote", "both"]),
    exists=st.sampled_from(State),
    body=st.sampled_from(["commissioner", "partnership", "national"]),
    withdrawn_on=st.sampled_from([None, date(2026, 11, 10)]),
)


def a_world(
    services: tuple[MatrixService, ...] = (),
    said: tuple[Statement, ...] = (),
    *,
    today: date = TODAY,
    versions: tuple[int, int] = (1, 1),
) -> MatrixWorld:
    where = Areas(FEW_AREAS, [NAMED], on=today)
    return world_of(versions, Rules(today), where, services, said, cell_types(), delivery_models())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(a_service, max_size=6, unique_by=lambda one: one.id),
    st.lists(a_statement, max_size=6, unique_by=lambda one: one.id),
)
def test_the_world_of_a_snapshot_has_the_same_states_and_the_same_reasons(
    services: list[MatrixService], said: list[Statement]
) -> None:
    world = a_world(tuple(services), tuple(said))
    content = content_of(world)
    again = world_again(unpacked(packed(canonical(content))))
    assert digits_of(again) == digits_of(world) == dict(content.states)
    for code in AUTHORITIES:
        area = world.areas.get(code)
        assert area is not None
        assert again.cells(area) == world.cells(area)
    assert canonical(content_of(again)) == canonical(content)
    assert {area.code: area for area in again.areas} == {area.code: area for area in world.areas}


def test_the_same_content_has_the_same_bytes_however_its_sets_were_made() -> None:
    one = make_matrix_service(authorities=frozenset(AUTHORITIES), types={"G4.6": True, "G2.4": False})
    other = replace(one, authorities=frozenset(reversed(AUTHORITIES)), types={"G2.4": False, "G4.6": True})
    assert canonical(content_of(a_world((one,)))) == canonical(content_of(a_world((other,))))


@pytest.mark.parametrize(
    "other",
    [
        a_world((make_matrix_service(),)),
        a_world(said=(make_statement(),)),
        a_world(today=date(2026, 11, 27)),
        a_world(versions=(2, 1)),
    ],
    ids=["a service", "a statement", "the day", "the version"],
)
def test_any_difference_gives_another_fingerprint(other: MatrixWorld) -> None:
    marks = [fingerprint(canonical(content_of(world))) for world in (a_world(), other)]
    assert marks[0] != marks[1]


@pytest.mark.parametrize(
    "stored", [b"", b"not packed at all", packed(b"{}"), packed(b"[1,2"), packed(b"null")]
)
def test_what_cannot_be_read_is_said_to_be_missing_and_breaks_nothing(stored: bytes) -> None:
    with pytest.raises(NotFound, match="snapshot"):
        unpacked(stored)


FORM_1 = """{"form": 1, "rules": {"stale_after_days": 180, "today": "2026-11-26"}, "versions": [3, 1],
 "services": [{"id": 1, "name": "Example Service A", "types": {"G4.6": true}, "in_person": true, "remote": false,
   "authorities": ["E06000031"], "free": true, "confirmed_on": "2026-11-01"}],
 "statements": [{"id": 1, "area_code": "E06000031", "support_type": "G4.6", "mode": "remote",
   "exists": "not-available", "body": "partnership", "role": "partnership manager", "stated_on": "2026-11-01"}],
 "named_areas": [], "groups": [["G4", "Adults who were sexually abused in childhood"]],
 "authorities": [{"code": "E06000031", "name": "Peterborough", "utla_code": "E06000031",
   "utla_name": "Peterborough", "region_code": "E12000006", "region_name": "East of England",
   "nation": "England", "police_force_code": "E23000023", "police_force_area": "Cambridgeshire",
   "population": 220000, "population_under_18": 55000, "population_18_and_over": 165000,
   "latitude": 52.6, "longitude": -0.25}],
 "support_types": [{"code": "G4.6", "group": "G4", "label": "Specialist counselling", "definition": "Counselling.",
   "level": "specialist", "usual_commissioner": "voluntary or community provider", "kind": "therapy",
   "source": "An example", "modes": ["in-person", "remote"], "filled_by": ["listings"]}],
 "terms": {}, "tables": {}, "states": {"E06000031": "02"}}"""


def test_a_snapshot_of_the_first_form_opens_for_ever() -> None:
    # Whoever adds a field that has no default, or changes a rule, learns here that old snapshots still hold.
    content = unpacked(packed(FORM_1.encode()))
    world = world_again(content)
    assert digits_of(world) == dict(content.states) == {"E06000031": "02"}
    area = world.areas.get("E06000031")
    assert area is not None
    in_person, remote = world.cells(area)
    assert (in_person.state, remote.state) == (State.AVAILABLE, State.NOT_AVAILABLE)
    assert content.labels.types["G4.6"].label == "Specialist counselling"


def test_a_confirmation_of_exactly_that_age_counts_as_it_did_when_the_snapshot_was_taken() -> None:
    older = FORM_1.replace('"confirmed_on": "2026-11-01"', '"confirmed_on": "2026-05-30"')
    assert digits_of(world_again(unpacked(packed(older.encode())))) == {"E06000031": "02"}
    today = a_world((make_matrix_service(confirmed_on=date(2026, 5, 30)),), today=date(2026, 11, 26))
    again = world_again(unpacked(packed(canonical(content_of(today)))))
    assert again.rules == today.rules and digits_of(again) == digits_of(today)
    assert not again.rules.last_day_counts


def test_a_damaged_snapshot_is_not_half_read() -> None:
    whole = packed(canonical(content_of(a_world())))
    with pytest.raises(NotFound):
        unpacked(whole[: len(whole) // 2])
