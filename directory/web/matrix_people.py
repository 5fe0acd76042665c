"""How many people of a group an area may hold, in words."""

from __future__ import annotations

from directory.matrix.areas import MatrixArea


def people_affected(area: MatrixArea, group: str) -> str:
    """'' until merged."""
    return ""
