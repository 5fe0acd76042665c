"""`make bench`: every comparison in one run; writes bench/results.json with the machine and the date."""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

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
    print(told_of_goals(results))
    # A missed figure is written down as missed; it does not make the run a failure.
    return 0


def told_of_goals(results: Mapping[str, Any]) -> str:
    """Which goals were met and which were missed, one a line: every yes or no whose name says 'met' or 'meets'."""
    found = list(_goals(results, ()))
    missed = [name for name, is_met in found if not is_met]
    lines = [f"{name}: {'met' if is_met else 'MISSED'}" for name, is_met in found]
    total = (
        f"{len(missed)} of {len(found)} goals were missed." if missed else f"All {len(found)} goals were met."
    )
    return "\n".join(("", "Goals", *lines, total if found else "No goal was measured."))


def _goals(results: Mapping[str, Any], within: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    for name, value in results.items():
        if isinstance(value, Mapping):
            yield from _goals(value, (*within, name))
        elif isinstance(value, bool) and {"met", "meets"} & set(name.replace("_", " ").split()):
            yield " / ".join((*within, name.replace("_", " "))), value


if __name__ == "__main__":
    sys.exit(main())
