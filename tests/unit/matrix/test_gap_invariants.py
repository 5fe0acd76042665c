"""What holds of every register, on made-up countries: nothing is lost, nothing unknown is a gap, ids stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.geo.types import Point
from directory.matrix.cells import half_cell
from directory.matrix.findings import FIRMNESSES, Finding, Firmness, GapRule, Limits
from directory.matrix.gaps import GapFinder
from directory.matrix.types import MatrixService, Mode, State
from tests.unit.matrix.random_matrices import (
    CELLS,
    NATION_OF,
    RULES,
    RandomMatrix,
    a_matrix,
    a_service,
    authority,
)

MIDDLES = {code: Point(10_000 * place, 0) for place, code in enumerate(NATION_OF)}
SEEDS = st.integers(0, 2**32)


def told(service: MatrixService, random: Random) -> MatrixService:
    """The same service, which may also say when, how and for whom; all of it as the matrix may hold it."""
    return replace(
        service,
        waiting_weeks=random.choice((None, 3, 40)),
        waiting_as_at=random.choice(("", "2023", "2026-09")),
        is_out_of_hours=random.choice((None, True, False)),
        referral=frozenset(random.sample(["self", "professional", "police"], random.randint(0, 2))),
        only_for=frozenset(random.sample(["girls-women", "boys-men", "deaf"], random.choice((0, 0, 1)))),
        minimum_age=random.choice((None, None, 12)),
        points=(Point(random.randint(0, 60_000), 0),) if random.random() < 0.5 else (),
    )


def a_world(seed: int) -> RandomMatrix:
    random = Random(seed)
    world = a_matrix(random)
    return replace(world, services=tuple(told(one, random) for one in world.services))


def finder(world: RandomMatrix, services: tuple[MatrixService, ...] | None = None) -> GapFinder:
    return GapFinder(
        {cell.code: cell for cell in CELLS},
        world.services if services is None else services,
        world.said,
        RULES,
        MIDDLES,
        limits=Limits(),
        funding={one.id: date(2027, 1, 1) for one in world.services if one.waiting_weeks == 3},
    )


def register(world: RandomMatrix, code: str = "E1") -> tuple[Finding, ...]:
    return finder(world).find_gaps(authority(code))


@settings(max_examples=200, deadline=None)
@given(SEEDS)
def test_every_half_that_is_not_available_is_in_a_list(seed: int) -> None:
    world = a_world(seed)
    for code in NATION_OF:
        held = {(one.support_type, one.mode) for one in register(world, code)}
        for cell in CELLS:
            for mode in cell.modes:
                half = half_cell(cell, authority(code), mode, world.services, world.said, RULES)
                if half.state is not State.AVAILABLE:
                    assert held & {(cell.code, mode), (cell.code, None)}, (code, cell.code, mode, half.state)


@settings(max_examples=200, deadline=None)
@given(SEEDS)
def test_a_gap_of_none_needs_a_statement_and_every_gap_needs_evidence(seed: int) -> None:
    world = a_world(seed)
    said = {one.id: one for one in world.statements}
    for one in register(world):
        if one.rule is GapRule.NONE:
            assert {said[number].exists for number in one.statements} == {State.NOT_AVAILABLE}
        if one.is_gap:
            assert one.services or one.statements
            assert one.firmness is not Firmness.OPEN
            assert one.firmness is not Firmness.READ or one.dates


@settings(max_examples=200, deadline=None)
@given(SEEDS)
def test_what_nobody_has_told_is_never_a_gap(seed: int) -> None:
    """Services that say nothing but that they are there, and nobody who has spoken: questions alone."""
    random = Random(seed)
    silent = tuple(
        MatrixService(one.id, one.name, types=one.types, authorities=one.authorities, nations=one.nations)
        for one in (a_service(random) for _each in range(random.randint(0, 8)))
    )
    assert [one for one in register(RandomMatrix(silent, ())) if one.is_gap] == []


@settings(max_examples=200, deadline=None)
@given(SEEDS, SEEDS)
def test_an_added_service_never_makes_a_gap_of_none(seed: int, other: int) -> None:
    world = a_world(seed)
    more = (*world.services, told(a_service(Random(other)), Random(other)))
    halves = {half for one in register(world) if one.rule is GapRule.NONE for half in halves_of(one)}
    after = finder(world, more).find_gaps(authority("E1"))
    assert {half for one in after if one.rule is GapRule.NONE for half in halves_of(one)} <= halves


def halves_of(one: Finding) -> list[tuple[str, Mode]]:
    """Which halves a finding is about."""
    (cell,) = (each for each in CELLS if each.code == one.support_type)
    return [(cell.code, mode) for mode in ([one.mode] if one.mode else cell.modes)]


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_ids_are_each_there_once_and_do_not_follow_the_order_of_the_data(seed: int) -> None:
    world = a_world(seed)
    found = register(world)
    ids = [one.id_in("E1") for one in found]
    assert len(ids) == len(set(ids))
    turned = RandomMatrix(world.services[::-1], world.statements[::-1])
    again = register(turned)
    assert {(one.name, one.services) for one in found} == {(one.name, one.services) for one in again}


@settings(max_examples=100, deadline=None)
@given(SEEDS, SEEDS)
def test_a_change_elsewhere_changes_no_line_here(seed: int, other: int) -> None:
    world = a_world(seed)
    away = replace(
        told(a_service(Random(other)), Random(other)),
        authorities=frozenset({"W2"}),
        nations=frozenset(),
        points=(),
    )
    assert finder(world, (*world.services, away)).find_gaps(authority("E1")) == register(world)


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_a_wide_area_holds_each_line_of_its_authorities_once_and_each_authority_once(seed: int) -> None:
    world = a_world(seed)
    registers = {code: register(world, code) for code in NATION_OF}
    wide = finder(world).find_wide(map(authority, NATION_OF))
    held = [one.name for one in wide]
    assert len(held) == len(set(held))
    for one in wide:
        there = {code for code, own in registers.items() if one.name in {each.name for each in own}}
        assert one.authorities == tuple(sorted(there))
        own = [each for code in there for each in registers[code] if each.name == one.name]
        assert one.services == tuple(sorted({number for each in own for number in each.services}))
        assert one.firmness == max((each.firmness for each in own), key=FIRMNESSES.index)


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_neighbours_that_share_their_evidence_are_found_as_if_each_was_alone(seed: int) -> None:
    world = a_world(seed)
    shared = finder(world)
    for code in NATION_OF:
        assert shared.find_gaps(authority(code)) == finder(world).find_gaps(authority(code))
