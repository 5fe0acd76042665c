"""Where this package's reference files lie."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
STORE_NAME = "postcodes.pack"
