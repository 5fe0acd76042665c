"""What leaves the site: files of a register, and nothing of what is for commissioners from a public site."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from directory.reference.hours import LONDON
from tests.integration.matrix.gap_site import (
    NONE,
    REGISTER,
    commissioner,
    ids,
    page,
    public,
    say,
    site,
    words,
)

__all__ = ["commissioner", "public", "site"]


def test_what_is_for_commissioners_never_leaves_a_public_site(
    site: Flask, commissioner: FlaskClient, public: FlaskClient
) -> None:
    say(site, "gaps", "set", NONE, "--status", "disputed", "--because", "There is one.",
        "--by", "commissioning manager", "--on", str(datetime.now(LONDON).date()))  # fmt: skip
    secret = (
        "There is one.", "commissioning manager", "partnership manager", "Audit of the spring", "Disputed",
        "Priority", "points", "funding-ends", "The money of",
    )  # fmt: skip
    addresses = (
        REGISTER,
        f"{REGISTER}?w-people=99",
        f"{REGISTER}/{NONE}",
        f"{REGISTER}.csv",
        f"{REGISTER}/plain",
    )
    for address in addresses:
        answer = public.get(address)
        assert answer.status_code == 200
        assert [one for one in secret if one in answer.text] == [], address
    assert public.get(f"{REGISTER}/E06000031-G4.4-funding-ends").status_code == 404
    book = load_workbook(io.BytesIO(public.get(f"{REGISTER}.xlsx").data))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [one for one in secret if any(one in cell for cell in cells)] == []
    assert ids(page(public, REGISTER), "gaps")[0] == NONE
    held = words(page(commissioner, REGISTER))
    assert "Disputed" in held and "Priority" in held


def test_upper_bounds_are_not_for_the_public(commissioner: FlaskClient, public: FlaskClient) -> None:
    query = f"{REGISTER}?group=G7&list=questions"
    assert "at most" in words(page(commissioner, query))
    assert "at most" not in words(page(public, query)) and "not told here" in words(page(public, query))


def test_the_register_is_taken_away_with_its_types_and_sources(commissioner: FlaskClient) -> None:
    answer = commissioner.get(f"{REGISTER}.csv?list=gaps")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="register-E06000031-')
    assert answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert {row["Id"] for row in rows} == set(ids(page(commissioner, REGISTER), "gaps"))
    (none,) = (row for row in rows if row["Id"] == NONE)
    parts = [int(value) for name, value in none.items() if name.endswith(", points")]
    assert sum(parts) == int(none["Priority, of 100"])
    book = load_workbook(io.BytesIO(commissioner.get(f"{REGISTER}.xlsx").data))
    assert book.sheetnames == ["Register of Peterborough", "Decisions", "Sources"]
    heads = [cell.value for cell in book.worksheets[0][1]]
    high = book.worksheets[0].cell(2, heads.index("People, high") + 1).value
    assert isinstance(high, int) and high >= 10


def test_names_are_escaped_and_no_reason_is_run_by_a_spreadsheet(
    site: Flask, commissioner: FlaskClient
) -> None:
    told = commissioner.get(f"{REGISTER}/E06000031-G4.6-professional-only-in-person").text
    assert "&lt;b&gt;Example&lt;/b&gt; Service A" in told and "<b>Example" not in told
    say(site, "gaps", "set", NONE, "--status", "planned", "--because", "'=1+1",
        "--by", "manager", "--on", str(datetime.now(LONDON).date()))  # fmt: skip
    assert "'=1+1" in commissioner.get(f"{REGISTER}.csv").text
