"""The pages on which a commissioner says what exists in her areas, what is decided of gaps, and when money ends."""

from __future__ import annotations

from directory.web.statements import funding, gap_decisions, pages
from directory.web.statements.asked import bp

__all__ = ["bp", "funding", "gap_decisions", "pages"]
