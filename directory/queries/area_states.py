"""The states of an area's half cells, authority by authority: of the whole matrix, and from public bodies alone."""

from __future__ import annotations

from collections.abc import Mapping

from directory.matrix.areas import MatrixArea
from directory.matrix.statements import Said
from directory.matrix.states import CountryStates
from directory.matrix.types import Mode, State
from directory.matrix.wide import best_of
from directory.queries.current_matrix import MatrixWorld, country_states, delivery_models
from directory.queries.of_world import OfArea, OfWorld

STATUTORY = "statutory"
"""Code of the taxonomy `sector`."""

States = Mapping[tuple[str, Mode], Mapping[str, State]]
"""(support type, mode) → authority → state, for the halves that apply."""


def _states(world: MatrixWorld, area: MatrixArea) -> States:
    return {
        (code, mode): world.states.over(area.members, code, mode)
        for code, cell in world.types.items()
        for mode in Mode
        if mode in cell.modes
    }


def _from_public_bodies(world: MatrixWorld) -> CountryStates:
    """The same matrix by the same rules, from the services and statements of public bodies."""
    services = tuple(one for one in world.services if one.sector == STATUTORY)
    said = Said(
        (one for one in world.statements if one.sector == STATUTORY), world.rules.today, delivery_models()
    )
    return country_states(world.areas, services, said, world.types, world.rules)


_public_bodies = OfWorld(_from_public_bodies)


def _statutory(world: MatrixWorld, area: MatrixArea) -> Mapping[str, Mapping[str, State]]:
    country = _public_bodies(world)
    return {
        code: {
            authority: best_of(country.state(authority, code, mode) for mode in cell.modes)
            for authority in area.members
        }
        for code, cell in world.types.items()
    }


states_of: OfArea[States] = OfArea(_states)
"""(world, area) → the state of every half that applies, in each of its authorities."""

statutory_of: OfArea[Mapping[str, Mapping[str, State]]] = OfArea(_statutory)
"""(world, area) → support type → authority → the better half of the cell, from public bodies alone."""
