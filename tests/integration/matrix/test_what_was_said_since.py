"""What changed between two days: statements made and taken back, in public words."""

from __future__ import annotations

import re
from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from directory.reference.hours import LONDON
from tests.integration.matrix.gap_site import public, say, site
from tests.integration.matrix.test_figures_of_a_snapshot import (
    HERE,
    LIVE,
    WIDE,
    change_everything,
    permanent_of,
    words,
)

__all__ = ["public", "site"]


def test_what_was_said_and_taken_back_is_told_between_two_days(site: Flask, public: FlaskClient) -> None:
    today = datetime.now(LONDON).date()
    first = int(permanent_of(public, LIVE["need"]).split("/")[2])
    change_everything(site)
    said = words(public, f"/matrix/{HERE}/changes?since={first}")
    assert "1 change to what was said" in said
    assert re.search(r"G4\.4 .* Not available Peterborough\. The safeguarding partnership Said on", said)
    assert "partnership manager" not in said
    second = int(permanent_of(public, LIVE["need"]).split("/")[2])
    say(site, "matrix", "withdraw", "2", "--because", "A secret reason",
        "--by", "partnership manager", "--on", str(today))  # fmt: skip
    for path, lines in (
        (f"/matrix/{HERE}/changes?since={second}", "Taken back on"),
        (f"/matrix/{WIDE}/changes?since={first}", "Taken back on"),
        (f"/matrix/{HERE}/changes?since={first}&until={second}", "Said on"),
    ):
        told = words(public, path)
        assert "1 change to what was said" in told and lines in told and "secret" not in told
    between = words(public, f"/matrix/{HERE}/changes?since={first}&until={second}")
    assert f"and snapshot {second}, taken on" in between and "Taken back" not in between
    assert "Example Service New Newly listed" in between
    assert "Compare two earlier days" in words(public, f"/matrix/{HERE}/changes")
