"""Gaps, need, access and comparisons of a snapshot: what they were, to the byte, whatever has changed since."""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from openpyxl import load_workbook
from sqlalchemy import select

from directory.db import Database
from directory.matrix.snapshot import packed
from directory.models.tables import Snapshot
from directory.reference.hours import LONDON
from directory.tables_of_day import in_force
from tests.builders import HUNTINGDON, make_listing
from tests.integration.matrix.changed_tables import changed_tables
from tests.integration.matrix.gap_site import NONE, REGISTER, commissioner, public, say, site

__all__ = ["commissioner", "public", "site"]

HERE, WIDE = "E06000031", "E12000006"
NONCE = re.compile(r'nonce="[^"]*"')
FIGURES = ("gaps", "need", "access", "compare")
LIVE = {
    "gaps": f"/gaps/{HERE}",
    "need": f"/matrix/{HERE}/need",
    "access": f"/matrix/{HERE}/access",
    "compare": f"/matrix/{HERE}/compare",
}
PERMANENT = "Permanent address of these figures:"


def permanent_of(visitor: FlaskClient, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, path
    (line,) = [
        one
        for one in html.document_fromstring(answer.text).cssselect("main p")
        if PERMANENT in one.text_content()
    ]
    return str(line.xpath("a/@href")[0])


def taken(visitor: FlaskClient) -> list[str]:
    """The addresses of every page and file of a snapshot taken now."""
    number = int(permanent_of(visitor, LIVE["need"]).split("/")[2])
    pages = [f"/snapshots/{number}/{what}/{area}" for what in FIGURES for area in (HERE, WIDE)]
    files = [
        f"{page}{end}" for page in pages if "gaps" in page or "compare" in page for end in (".csv", ".xlsx")
    ]
    return [
        *pages,
        *files,
        f"/snapshots/{number}/need/{HERE}?uptake=40",
        f"/snapshots/{number}/gaps/{HERE}?list=gaps",
    ]


def contents(visitor: FlaskClient, paths: list[str]) -> dict[str, bytes]:
    found = {}
    for path in paths:
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        found[path] = NONCE.sub("", answer.text).encode() if answer.mimetype == "text/html" else answer.data
    return found


def words(visitor: FlaskClient, path: str, status: int = 200) -> str:
    answer = visitor.get(path)
    assert answer.status_code == status, path
    (main,) = html.document_fromstring(answer.text).cssselect("main")
    return " ".join(main.text_content().split())


def change_everything(site: Flask) -> None:
    database: Database = site.extensions["database"]
    today = str(datetime.now(LONDON).date())
    make_listing(database, name="Example Service New", modes="in-person", free_to_person="yes")
    say(site, "matrix", "state", HERE, "G4.4", "--exists", "none", "--for", "partnership",
        "--by", "partnership manager", "--on", today)  # fmt: skip
    say(site, "gaps", "set", NONE, "--status", "planned", "--because", "The money is found.",
        "--by", "commissioning manager", "--on", today)  # fmt: skip


def test_whatever_changes_the_figures_of_a_snapshot_stay_the_same_to_the_byte(
    site: Flask, public: FlaskClient
) -> None:
    paths = taken(public)
    before, live = contents(public, paths), contents(public, list(LIVE.values()))
    change_everything(site)
    with in_force(changed_tables()):
        after, now = contents(public, paths), contents(public, list(LIVE.values()))
    assert [path for path in paths if after[path] != before[path]] == []
    assert [path for path in LIVE.values() if now[path] == live[path]] == []
    # A new process, which has kept nothing, gives the same.
    assert contents(site.test_client(), paths) == before


@pytest.mark.parametrize("what", FIGURES)
def test_a_page_of_today_leads_to_its_own_figures_which_are_the_same(public: FlaskClient, what: str) -> None:
    def tables(path: str) -> list[str]:
        found = html.document_fromstring(public.get(path).text).cssselect("main tbody")
        return [" ".join(one.text_content().split()) for one in found]

    again = permanent_of(public, LIVE[what])
    assert again.startswith(f"/snapshots/1/{what}/{HERE}")
    # On the later page the table beside the map has no class of a map.
    last = -1 if what == "compare" else None
    assert tables(again)[:last] == tables(LIVE[what])[:last] != []
    assert "As at" in words(public, again) and "snapshot 1." in words(public, again)
    assert permanent_of(public, again) == again


def test_the_address_asks_for_what_the_reader_asked_for(public: FlaskClient) -> None:
    assert "uptake=40" in permanent_of(public, f"{LIVE['need']}?uptake=40")
    assert "list=questions" in permanent_of(public, f"{REGISTER}?list=questions&p=2")
    assert "with=region" in permanent_of(public, f"{LIVE['compare']}?with=region&measure=partly")
    assert "weeks=3" in permanent_of(public, f"{REGISTER}?weeks=3")


@pytest.mark.parametrize(
    ("file", "head"),
    [
        (f"{REGISTER}.csv", "Address that shows these lines again"),
        (f"/matrix/{HERE}/compare.csv", "Address that shows this again"),
    ],
)
def test_a_file_carries_the_address_of_its_own_figures(public: FlaskClient, file: str, head: str) -> None:
    rows = list(csv.DictReader(io.StringIO(public.get(file).data.decode("utf-8-sig"), newline="")))
    address = rows[0][head].removeprefix("http://localhost")
    assert public.get(address).status_code == 200
    page, _question, query = address.partition("?")
    assert public.get(f"{page}.csv?{query}").data == public.get(file).data
    book = load_workbook(io.BytesIO(public.get(file.replace(".csv", ".xlsx")).data))
    told = [str(cell.value) for row in book["Sources"].iter_rows() for cell in row]
    assert f"http://localhost{address}" in told


def test_a_snapshot_tells_even_a_commissioner_only_what_anyone_may_know(
    site: Flask, commissioner: FlaskClient
) -> None:
    today = str(datetime.now(LONDON).date())
    say(site, "gaps", "set", NONE, "--status", "planned", "--because", "The money is found.",
        "--by", "commissioning manager", "--on", today)  # fmt: skip
    say(site, "gaps", "set", NONE, "--status", "disputed", "--because", "There is one.",
        "--by", "commissioning manager", "--on", today)  # fmt: skip
    secret = (
        "The money is found.", "There is one.", "commissioning manager", "Disputed", "Priority, of 100", "funding-ends",
        "The money of", "Try your own weights",
    )  # fmt: skip
    assert "There is one." in commissioner.get(f"{REGISTER}/{NONE}").text
    found = contents(commissioner, [path for path in taken(commissioner) if "compare" not in path])
    for path, content in found.items():
        if path.endswith(".xlsx"):
            book = load_workbook(io.BytesIO(content))
            told = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
        else:
            told = content.decode()
        assert [one for one in secret if one in told] == [], path
    assert "only an upper bound for the United Kingdom" in found[f"/snapshots/1/need/{HERE}"].decode()
    assert "Planned" in found[f"/snapshots/1/gaps/{HERE}"].decode()
    with site.extensions["database"].reading() as session:
        stored = json.loads(zlib.decompress(session.scalars(select(Snapshot.content)).one()))
    assert stored["decisions"] == {HERE: {NONE: [{"status": "planned", "on": today}]}}


def test_no_page_of_a_snapshot_tells_a_confidential_place(site: Flask, public: FlaskClient) -> None:
    make_listing(
        site.extensions["database"], name="Example Refuge", modes="in-person", free_to_person="yes",
        locations="exact | Huntingdon | PE28 9AA | by the river", confidential="yes",
    )  # fmt: skip
    for path, content in contents(public, [path for path in taken(public) if "xlsx" not in path]).items():
        told = content.decode()
        places = ("PE28 9AA", "by the river", str(HUNTINGDON.easting_m), str(HUNTINGDON.northing_m))
        assert [one for one in places if one in told] == [], path


def test_a_snapshot_of_the_first_form_says_what_it_cannot_show(site: Flask, public: FlaskClient) -> None:
    permanent_of(public, LIVE["need"])
    with site.extensions["database"].transaction() as session:
        row = session.scalars(select(Snapshot)).one()
        held = json.loads(zlib.decompress(row.content))
        first = {name: part for name, part in held.items() if name not in ("texts", "postcodes", "decisions")}
        row.content = packed(json.dumps(first | {"form": 1}).encode())
    for what in ("gaps", "need", "access"):
        told = words(public, f"/snapshots/1/{what}/{HERE}", 404)
        assert "It cannot show gaps, need, or how near support is." in told
    assert public.get(f"/snapshots/1/gaps/{HERE}.csv").status_code == 404
    assert "It cannot show those figures" in words(public, f"/snapshots/1/matrix/{HERE}")
    assert "Peterborough" in words(public, f"/snapshots/1/compare/{HERE}")


def test_other_postcodes_than_on_the_day_are_told(
    public: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = permanent_of(public, LIVE["access"])
    assert "list of postcodes" not in words(public, again)
    monkeypatch.setattr("directory.web.kept.current_stamp", lambda: "another")
    assert "The list of postcodes, by which we spread people" in words(public, again)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/snapshots/99/gaps/E06000031", 404),
        ("/snapshots/1/need/nowhere", 404),
        ("/snapshots/1/access/nowhere", 404),
        ("/snapshots/1/compare/nowhere.csv", 404),
        ("/snapshots/1/need/E06000031?uptake=many", 400),
        ("/snapshots/1/gaps/E06000031?group=G99", 400),
        ("/snapshots/1/gaps/E06000031?weeks=x", 400),
        ("/snapshots/1/gaps/E06000031?p=2", 400),
        ("/snapshots/1/compare/E06000031?with=everybody", 400),
        ("/snapshots/1/compare/E06000031?measure=beauty", 400),
        ("/matrix/E06000031/changes?since=1&until=1", 400),
        ("/matrix/E06000031/changes?since=1&until=x", 400),
        ("/matrix/E06000031/changes?since=1&until=99", 404),
    ],
)
def test_a_wrong_address_gets_a_clear_answer(public: FlaskClient, path: str, status: int) -> None:
    permanent_of(public, LIVE["need"])
    answer = public.get(path)
    assert answer.status_code == status
    assert "<h1" in answer.text
