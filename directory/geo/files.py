"""Where this package's reference files lie."""

from __future__ import annotations

from directory.config import DATA as DATA

STORE_NAME = "postcodes.pack"
