"""`make bench`: every comparison in one run; writes bench/results.json with the machine and the date."""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

SUBJECTS = ("postcodes", "search", "map", "import_listings", "catchments", "matrix_states", "signed_in_load")
PACKAGES = ("numpy", "rapidfuzz", "SQLAlchemy", "folium", "Flask")


def main() -> int:
    """Runs the subjects named on the command line, or all of them."""
    chosen = sys.argv[1:] or list(SUBJECTS)
    unknown = sorted(set(chosen) - set(SUBJECTS))
    if unknown:
        print(f"No such subject: {', '.join(unknown)}. Choose from: {', '.join(SUBJECTS)}.", file=sys.stderr)
        return 2
    results = {}
    for subject in chosen:
        print(f"\n{subject}")
        results[subject] = importlib.import_module(f"bench.{subject}").run()
    written = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"system": platform.platform(), "processor": platform.machine(), "cores": os.cpu_count()},
        "versions": {"Python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "results": results,
    }
    path = Path(__file__).parent / "results.json"
    path.write_text(json.dumps(written, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"\nWritten to {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
