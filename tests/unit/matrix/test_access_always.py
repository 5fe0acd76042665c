"""What holds of the plain catchment for any numbers, and PySAL's opinion on the same ones."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import pandas as pd
import pytest
from access import fca
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.matrix.access import catchment_scores

BANDS = ((20.0, 1.0), (40.0, 0.68), (60.0, 0.22))
amounts = st.floats(0.01, 1e6)
distances = st.one_of(st.floats(0, 80), st.sampled_from([0.0, 20.0, 40.0, 60.0]))


@dataclass(frozen=True, slots=True)
class World:
    """Demand, supply, distances, and the pairs of which nobody is accepted."""

    demand: dict[str, float]
    supply: dict[str, float]
    distance_km: dict[tuple[str, str], float]
    refused: frozenset[tuple[str, str]]

    def scores(self, bands: tuple[tuple[float, float], ...] = BANDS) -> dict[str, float]:
        def eligible(here: str, there: str) -> bool:
            return (here, there) not in self.refused

        return catchment_scores(self.demand, self.supply, self.distance_km, bands, eligible)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    demand = {f"d{n}": draw(amounts) for n in range(draw(st.integers(1, 5)))}
    supply = {f"s{n}": draw(amounts) for n in range(draw(st.integers(1, 5)))}
    pairs = [(here, there) for here in demand for there in supply]
    known = draw(st.dictionaries(st.sampled_from(pairs), distances))
    return World(demand, supply, known, draw(st.frozensets(st.sampled_from(pairs), max_size=4)))


def reaching(world: World) -> set[str]:
    return {
        there
        for (here, there), km in world.distance_km.items()
        if km <= BANDS[-1][0] and (here, there) not in world.refused
    }


@given(worlds())
def test_all_that_is_given_out_is_what_there_was_to_give(world: World) -> None:
    given_out = math.fsum(score * world.demand[here] for here, score in world.scores().items())
    there_was = math.fsum(world.supply[there] for there in reaching(world))
    assert given_out == pytest.approx(there_was, rel=1e-9, abs=1e-12)


@given(worlds())
def test_twice_the_supply_is_twice_the_score(world: World) -> None:
    doubled = replace(world, supply={key: 2 * value for key, value in world.supply.items()})
    assert doubled.scores() == {key: 2 * score for key, score in world.scores().items()}


@given(worlds(), amounts)
def test_a_service_that_accepts_nobody_changes_nothing(world: World, places: float) -> None:
    more = replace(
        world,
        supply=world.supply | {"new": places},
        distance_km=world.distance_km | {(here, "new"): 1.0 for here in world.demand},
        refused=world.refused | {(here, "new") for here in world.demand},
    )
    assert more.scores() == world.scores()


@given(worlds(), amounts, distances)
def test_one_more_service_never_lowers_a_score(world: World, places: float, km: float) -> None:
    more = replace(
        world,
        supply=world.supply | {"new": places},
        distance_km=world.distance_km | {(here, "new"): km for here in world.demand},
    )
    before, after = world.scores(), more.scores()
    assert all(after[here] >= before[here] for here in world.demand)


@given(worlds(), st.data())
def test_coming_nearer_never_lowers_ones_own_score(world: World, data: st.DataObject) -> None:
    if not world.distance_km:
        assert set(world.scores().values()) == {0.0}
        return
    here, there = data.draw(st.sampled_from(sorted(world.distance_km)))
    nearer_km = data.draw(st.floats(0, world.distance_km[here, there]))
    nearer = replace(world, distance_km=world.distance_km | {(here, there): nearer_km})
    assert nearer.scores()[here] >= world.scores()[here] * (1 - 1e-12)


@given(worlds(), st.data())
def test_the_order_of_entries_does_not_change_a_single_digit(world: World, data: st.DataObject) -> None:
    other = World(
        dict(data.draw(st.permutations(list(world.demand.items())))),
        dict(data.draw(st.permutations(list(world.supply.items())))),
        dict(data.draw(st.permutations(list(world.distance_km.items())))),
        world.refused,
    )
    assert other.scores(BANDS[::-1]) == world.scores()


@given(worlds())
def test_new_names_for_the_same_places_give_the_same_scores(world: World) -> None:
    renamed = World(
        {f"x{key}": value for key, value in world.demand.items()},
        world.supply,
        {(f"x{here}", there): km for (here, there), km in world.distance_km.items()},
        frozenset((f"x{here}", there) for here, there in world.refused),
    )
    assert renamed.scores() == {f"x{key}": score for key, score in world.scores().items()}


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_pysal_finds_the_same(world: World) -> None:
    """PySAL knows no refusals, and no supply that nobody reaches: such pairs are left out of its table."""
    costs = pd.DataFrame(
        [
            (here, there, km)
            for (here, there), km in world.distance_km.items()
            if km <= BANDS[-1][0] and (here, there) not in world.refused
        ],
        columns=["origin", "dest", "cost"],
    )
    # PySAL joins demand and supply by name, so each place has both, of which one is nought.
    names = [*world.demand, *world.supply]
    table = pd.DataFrame(
        {
            "demand": [world.demand.get(name, 0.0) for name in names],
            "supply": [world.supply.get(name, 0.0) for name in names],
        },
        index=pd.Index(names, name="geoid"),
    )
    theirs = fca.two_stage_fca(
        table, table, costs, max_cost=None, demand_index=True, supply_index=True, weight_fn=_weight
    )
    found = theirs.reindex(list(world.demand)).fillna(0.0).to_dict()
    assert found == pytest.approx(world.scores(), rel=1e-9, abs=1e-15)


def _weight(km: float) -> float:
    return next(weight for limit, weight in BANDS if km <= limit)
