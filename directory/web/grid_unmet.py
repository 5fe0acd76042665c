"""The grid's second face, unmet need: beside each group and support type, people, places and who is without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from directory.matrix.areas import MatrixArea
from directory.queries.current_matrix import MatrixWorld
from directory.queries.snapshot_content import table_fingerprints
from directory.web.need import Yours, face_of
from directory.web.need_rows import GroupRow, TypeRow, group_rows, type_rows

NEED_TABLES = ("areas.csv", "need_assumptions.csv", "need_rates.csv", "support_types.csv")
"""The data files that the face is worked out from, besides the listings."""


@dataclass(frozen=True, slots=True)
class UnmetView:
    """groups: G1 to G9 in words; types: those of each group; yours: the reader's own assumptions."""

    groups: Mapping[str, GroupRow]
    types: Mapping[str, tuple[TypeRow, ...]]
    yours: Yours


def unmet_view(world: MatrixWorld, area: MatrixArea, yours: Yours) -> UnmetView:
    """The face of an area, in a world of today or of a snapshot."""
    face = face_of(world, area, yours)
    return UnmetView(
        {row.code: row for row in group_rows(face)}, {one.code: one.rows for one in type_rows(face)}, yours
    )


def tables_agree(tables: Mapping[str, str]) -> bool:
    """Whether the face would be worked out from the same tables as on the day of a snapshot. tables: its own."""
    now = table_fingerprints()
    return all(tables.get(name) == now.get(name) for name in NEED_TABLES)
