"""The tables of another day are in force in their block, and what is made of them goes nowhere else."""

from __future__ import annotations

from directory.geo.areas import areas
from directory.matrix.bands import access_bands
from directory.reference.need_rates import need_rates
from directory.tables_of_day import in_force
from tests.integration.matrix.changed_tables import changed_tables


def test_the_tables_of_a_day_are_in_force_in_their_block_alone() -> None:
    shipped = (need_rates(), access_bands(), areas())
    with in_force(changed_tables()):
        assert all(
            new != old for new, old in zip((need_rates(), access_bands(), areas()), shipped, strict=True)
        )
        assert need_rates() is need_rates()
    assert (need_rates(), access_bands(), areas()) == shipped
