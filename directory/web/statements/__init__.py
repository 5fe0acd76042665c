"""The pages on which a commissioner says what exists in her areas, and takes it back."""

from __future__ import annotations

from directory.web.statements.pages import bp

__all__ = ["bp"]
