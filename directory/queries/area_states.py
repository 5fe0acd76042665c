"""The states of an area's half cells, authority by authority: of the whole matrix, and from public bodies alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from directory.geo.areas import areas
from directory.matrix.areas import MatrixArea
from directory.matrix.columns import axes_of
from directory.matrix.statements import Said
from directory.matrix.states import CountryStates, listed_states
from directory.matrix.types import Mode, State
from directory.queries.current_matrix import MatrixWorld, cell_types, delivery_models
from directory.queries.of_world import OfArea, OfWorld

STATUTORY = "statutory"
"""Code of the taxonomy `sector`."""

States = Mapping[tuple[str, Mode], Mapping[str, State]]
"""(support type, mode) → authority → state, for the halves that apply."""


def _states(world: MatrixWorld, area: MatrixArea) -> States:
    return {
        (code, mode): world.states.over(area.members, code, mode)
        for code, cell in cell_types().items()
        for mode in Mode
        if mode in cell.modes
    }


def _from_public_bodies(world: MatrixWorld) -> CountryStates:
    """The same matrix by the same rules, from the services and statements of public bodies."""
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


def better_half(halves: Iterable[State]) -> State:
    """The better of the halves that apply; *not available* only where that has been said of each."""
    states = set(halves)
    for state in (State.AVAILABLE, State.PARTLY):
        if state in states:
            return state
    return State.NOT_AVAILABLE if states == {State.NOT_AVAILABLE} else State.NOT_KNOWN


_public_bodies = OfWorld(_from_public_bodies)


def _statutory(world: MatrixWorld, area: MatrixArea) -> Mapping[str, Mapping[str, State]]:
    country = _public_bodies(world)
    return {
        code: {
            authority: better_half(country.state(authority, code, mode) for mode in cell.modes)
            for authority in area.members
        }
        for code, cell in cell_types().items()
    }


states_of: OfArea[States] = OfArea(_states)
"""(world, area) → the state of every half that applies, in each of its authorities."""

statutory_of: OfArea[Mapping[str, Mapping[str, State]]] = OfArea(_statutory)
"""(world, area) → support type → authority → the better half of the cell, from public bodies alone."""
