"""The same matrix from public bodies alone: their services, and statements of what they provide."""

from __future__ import annotations

from directory.geo.areas import areas
from directory.matrix.columns import axes_of
from directory.matrix.statements import Said
from directory.matrix.states import CountryStates, listed_states
from directory.matrix.types import State
from directory.queries.current_matrix import MatrixWorld, cell_types, delivery_models
from directory.queries.of_world import OfWorld

STATUTORY = "statutory"
"""Code of the taxonomy `sector`."""


def _states(world: MatrixWorld) -> CountryStates:
    axes = axes_of({code: world.areas.nation_of(code) for code in areas()}, cell_types())
    services = tuple(one for one in world.services if one.sector == STATUTORY)
    said = Said(
        (one for one in world.statements if one.sector == STATUTORY), world.rules.today, delivery_models()
    )
    return CountryStates(
        listed_states(services, axes, world.rules),
        tuple(cell_types().values()),
        {code: world.areas.around(code) for code in areas()},
        said,
    )


statutory_states = OfWorld(_states)
"""World → the states that public bodies alone would give, by the rules of the whole matrix."""


def statutory_state(world: MatrixWorld, authority: str, support_type: str) -> State:
    """The better half of a cell, from public bodies alone.

    *Not available* only where somebody has said so of each half that applies.
    """
    states = statutory_states(world)
    modes = cell_types()[support_type].modes
    halves = {states.state(authority, support_type, mode) for mode in modes}
    for state in (State.AVAILABLE, State.PARTLY):
        if state in halves:
            return state
    return State.NOT_AVAILABLE if halves == {State.NOT_AVAILABLE} else State.NOT_KNOWN
