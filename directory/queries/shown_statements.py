"""Which statements anyone may read: those in force that nobody disputes, whether another who speaks or a listing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from directory.matrix.areas import Areas
from directory.matrix.cells import Authority, CellType, half_cell
from directory.matrix.statements import Said, Statement, in_force
from directory.matrix.types import Mode, Rules, State
from directory.queries.current_matrix import cell_types, delivery_models
from directory.queries.matrix_services import matrix_services
from directory.queries.statements import areas_on, statements

Disputes = Callable[[str, str, Mode], bool]
"""(authority, support type, mode) → whether those who speak of that half cell, or they and a listing, differ."""


def is_disputed(
    one: Statement, said: Said, areas: Areas, types: Mapping[str, CellType], disputes: Disputes
) -> bool:
    """Whether anyone who speaks for the same area and cell says otherwise, or a listing there does."""
    area = areas.get(one.area_code)
    for mode in Mode:
        made = said.made_for(one.area_code, one.support_type, mode) if one.is_about(mode) else None
        if made is None:
            continue
        if made.is_disputed:
            return True
        # By the code: whoever reads an old snapshot has other objects of the same modes.
        applies = mode.value in {each.value for each in types[one.support_type].modes}
        # A listing differs from those alone who say that there is nothing.
        if area is None or not applies or made.exists is not State.NOT_AVAILABLE:
            continue
        for lad in area.members:
            holding = said.holding(one.support_type, mode, areas.around(lad))
            if holding and one in holding.statements and disputes(lad, one.support_type, mode):
                return True
    return False


class ShownStatements:
    """The statements, areas and services of a day, ready to be asked about some statements; without the whole matrix.

    Each is compared with those of its support type alone.
    """

    def __init__(self, session: Session, today: date) -> None:
        self.areas = areas_on(session, today)
        self.services = matrix_services(session)
        self.everything = statements(session)
        self._today = today
        self._of_type: dict[str, list[Statement]] = {}
        for one in self.everything:
            self._of_type.setdefault(one.support_type, []).append(one)
        self._said: dict[str, Said] = {}

    def is_shown(self, one: Statement) -> bool:
        """Whether anyone may read it; of one that was taken back, whether anyone might if it were not."""
        here = self._of_type.get(one.support_type, [])
        if one.withdrawn_on is None:
            if one.support_type not in self._said:
                self._said[one.support_type] = self._said_of(one.support_type, here)
            said = self._said[one.support_type]
        else:
            one = replace(one, withdrawn_on=None)
            here = [one if each.id == one.id else each for each in here]
            said = self._said_of(one.support_type, here)
        speaks = (each for each in here if each.speaker == one.speaker)
        if one not in in_force(speaks, self._today):
            return False
        types = cell_types()
        offering = [service for service in self.services if one.support_type in service.types]

        def disputes(lad: str, support_type: str, mode: Mode) -> bool:
            where = Authority(lad, self.areas.nation_of(lad), self.areas.around(lad))
            # How long a confirmation counts decides how far a listing fills it, not whether it counts.
            rules = Rules(self._today)
            return half_cell(types[support_type], where, mode, offering, said, rules).is_disputed

        return not is_disputed(one, said, self.areas, types, disputes)

    def _said_of(self, support_type: str, here: Iterable[Statement]) -> Said:
        """What is said of a type, and of those by which it is filled."""
        fills = {model: filled for model, filled in delivery_models().items() if support_type in filled}
        lent = (one for model in fills for one in self._of_type.get(model, ()))
        return Said((*here, *lent), self._today, fills)
