"""What only commissioners may see is on no page and in no file for anybody else, whichever address is asked.

Every fact of theirs is planted with words of its own, and every address of the matrix, the gaps and
the snapshots is walked, also those that only a commissioner would know of, on a public site and on
another. The same walk as a commissioner of the area must find each word: else it would not have been
there to be hidden. She walks first, so that whatever a cache keeps of her answers would be found.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.app import create_app
from directory.config import Settings
from directory.migrations.upgrade import upgrade
from directory.reference.hours import LONDON
from directory.reference.support_types import support_types
from tests.accounts import commissioner_of, make_account, signed_in
from tests.builders import make_listing

HERE, COUNTY, ELSEWHERE = "E06000031", "cambridgeshire-and-peterborough", "E08000035"
AREAS = (HERE, COUNTY)
VIEWS = re.compile(r'href="(/matrix/[^"?]+/views/[^"?]+)"')
# Said where those who spoke differ, here or in the county, where a more local statement hides it.
DISPUTED_WORDS = (
    "Dispute-word-one",
    "Dispute-word-two",
    "Dispute-word-three",
    "Dispute-word-four",
    "Dispute-word-five",
    "Dispute-word-six",
)
SECRET = (
    *DISPUTED_WORDS, "Evidence-word", "Role-word", "Taken-back-word", "Because-word", "Decider-word",
    "funding-ends", "Funding ends soon", "they-differ", "Those who know differ", "Disputed", "Works well here",
    ", an upper bound", "Priority, of 100",
)  # fmt: skip


@pytest.fixture
def site(empty_settings: Settings) -> Flask:
    """Peterborough and its county, with one of each fact that is for commissioners."""
    app = create_app(replace(empty_settings, rate_limits=False))
    upgrade(app.extensions["database"])
    today = datetime.now(LONDON).date()
    on = ("--on", str(today - timedelta(days=3)))
    by = ("--by", "Role-word manager", *on)
    plan, pay, nation = (("--for", body, *by) for body in ("partnership", "commissioner", "national"))

    def state(area: str, code: str, exists: str, *more: str) -> None:
        say(app, "matrix", "state", area, code, "--exists", exists, *more)

    state(HERE, "G2.1", "none", "--what", "Dispute-word-one", *plan)
    state(HERE, "G2.1", "available", "--what", "Dispute-word-two", *pay)
    state(COUNTY, "G2.4", "none", "--what", "Dispute-word-three", *plan)
    state(COUNTY, "G2.4", "available", "--what", "Dispute-word-four", *pay)
    state(HERE, "G2.4", "available", "--effective", "yes", "--evidence", "Evidence-word", *plan)
    # A place for everything whose very being is disputed, told beside the types that it would fill.
    state(HERE, "G2.14", "none", "--what", "Dispute-word-five", *plan)
    state(HERE, "G2.14", "available", "--what", "Dispute-word-six", *pay)
    state(HERE, "G5.1", "available", "--effective", "yes", *plan)
    state(HERE, "G2.6", "none", *nation)
    say(app, "matrix", "withdraw", "9", "--because", "Taken-back-word", *by)
    told = {"contact_routes": "telephone | 01632 960001", "free_to_person": "yes"}
    number = make_listing(app.extensions["database"], support_types="G4.4", modes="in-person;remote", **told)
    ends = str(today + timedelta(days=60))
    say(app, "matrix", "funding", str(number), "--ends", ends, "--words", "Money-word", *by[:2])
    for rule in ("G4.4-funding-ends", "G2.1-they-differ", "G5.2-not-known"):
        decided = ("--because", "Because-word", "--by", "Decider-word manager", *on)
        say(app, "gaps", "set", f"{HERE}-{rule}", "--status", "planned", *decided)
    return app


def say(app: Flask, *arguments: str) -> None:
    result = app.test_cli_runner().invoke(args=list(arguments))
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("public", [True, False])
def test_no_page_and_no_file_tells_one_but_to_commissioners_of_the_area(site: Flask, public: bool) -> None:
    app = create_app(replace(site.config["SETTINGS"], public=public))
    hers = commissioner_of(app, COUNTY)
    ids = every_gap_id(hers)
    told = "\n".join(walked(hers, ids).values())
    assert [word for word in SECRET if word not in told] == []
    somebody_elses = make_account(app.extensions["database"], owner_of=[1])
    readers = {
        "a visitor": app.test_client(),
        "a commissioner of another area": commissioner_of(app, ELSEWHERE),
        "an owner": signed_in(app, somebody_elses),
    }
    leaks = [
        (who, address, word)
        for who, reader in readers.items()
        for address, text in walked(reader, ids).items()
        for word in SECRET
        if word in text
    ]
    assert leaks == []


def test_what_the_register_says_of_a_dispute_has_neither_its_statements_nor_their_days(site: Flask) -> None:
    public = create_app(replace(site.config["SETTINGS"], public=True)).test_client()
    told = [
        (row["Statements"], row["Dates of the evidence"])
        for row in register(public, HERE)
        if row["Code"] == "G2.1"
    ]
    assert set(told) == {("", "")}


def every_gap_id(commissioner: FlaskClient) -> Mapping[str, list[str]]:
    """Area → the ids of all lines a commissioner sees in its register."""
    return {area: [row["Id"] for row in register(commissioner, area)] for area in AREAS}


def register(client: FlaskClient, area: str) -> list[dict[str, str]]:
    text = client.get(f"/gaps/{area}.csv").data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def walked(client: FlaskClient, ids: Mapping[str, list[str]]) -> dict[str, str]:
    """Address → all that its answer says."""
    number = re.findall(r"/snapshots/(\d+)/", client.get(f"/matrix/{HERE}.csv").text)[0]
    found = {}
    for area in AREAS:
        for address in addresses(client, area, ids[area], number):
            answer = client.get(address)
            assert answer.status_code in {200, 404}, (address, answer.status_code)
            found[address] = in_full(answer.data)
    return found


def addresses(client: FlaskClient, area: str, gap_ids: list[str], number: str) -> Iterator[str]:
    yield from ("/matrix/rules", "/snapshots", "/gaps", "/matrix", "/about/data")
    yield from (f"/services/{service}" for service in (1,))
    for part in ("", ".csv", ".xlsx"):
        yield f"/matrix/{area}{part}"
        yield f"/matrix/{area}/compare{part}"
        yield f"/gaps/{area}{part}"
        yield f"/gaps/{area}{part}?status=planned"
        yield f"/gaps/{area}{part}?months=12&w-people=99"
        yield f"/snapshots/{number}/matrix/{area}{part}"
    for page in ("access", "calls", "compare/map", "need", "views", f"changes?since={number}"):
        yield f"/matrix/{area}/{page}"
    yield f"/matrix/{area}?people=hide"
    yield from sorted(set(VIEWS.findall(client.get(f"/matrix/{area}/views").text)))
    yield from (f"/matrix/{area}/{code}" for code in support_types())
    yield f"/gaps/{area}/plain"
    yield from (f"/gaps/{area}/{gap_id}" for gap_id in gap_ids)


def in_full(data: bytes) -> str:
    """The text of an answer; of a workbook, every file in it."""
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
