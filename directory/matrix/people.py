"""The people of each group in some authorities, each counted once: of an area, or of where a finding holds."""

from __future__ import annotations

from collections.abc import Mapping

from directory.geo.areas import areas
from directory.matrix.need import Estimate, estimate_need
from directory.reference.need_rates import need_rates
from directory.tables_of_day import of_the_tables


@of_the_tables
def people_of(authorities: tuple[str, ...]) -> Mapping[str, Estimate]:
    """Group → its estimate over some authorities (LAD codes): a national rate applied locally.

    Raises KeyError for an unknown code.
    """
    return estimate_need([areas()[code] for code in authorities], need_rates())


def central(estimate: Estimate | None) -> float | None:
    """The middle of a range, for the priority; None where only an upper bound is published, or nothing."""
    return float(estimate.central) if estimate is not None and estimate.central is not None else None
