"""Tables of data/ as they might be on another day."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from directory.config import DATA
from directory.tables_of_day import Tables


def changed_tables() -> Tables:
    """All the people in need, other severities and reasons, more people, and nothing is far."""

    def rewritten(name: str, change: Mapping[str, str]) -> str:
        rows = list(csv.DictReader(io.StringIO((DATA / name).read_text("utf-8-sig"))))
        written = io.StringIO()
        lines = csv.DictWriter(written, rows[0].keys())
        lines.writeheader()
        lines.writerows(
            row | {column: value for column, value in change.items() if row[column]} for row in rows
        )
        return written.getvalue()

    return Tables(
        {
            "need_rates.csv": rewritten("need_rates.csv", {"low": "1", "central": "1", "high": "1"}),
            "gap_rules.csv": rewritten("gap_rules.csv", {"severity": "1", "reason": "Another reason"}),
            "priority_weights.csv": rewritten("priority_weights.csv", {"reason": "Another reason"}),
            "areas.csv": rewritten("areas.csv", {"pop_total": "900000", "pop_under18": "400000"}),
            "access_bands.csv": "limit_km,weight,source,note\n500,1,An example,Everything is near\n",
            "identification.csv": rewritten("identification.csv", {"not_said": "3"}),
            "duty_scope.csv": rewritten("duty_scope.csv", {"in_scope": "no"}),
        }
    )
