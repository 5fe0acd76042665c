"""The way out, whatever is broken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient

from directory.actions.actor import Actor
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.migrations.upgrade import upgrade
from directory.reference.hours import now_utc
from tests.accounts import make_account
from tests.builders import make_listing

LINE = "0808 800 5000"


def test_leaving_clears_what_we_kept_and_goes_to_one_fixed_page(client: FlaskClient) -> None:
    client.set_cookie("left", "behind")
    answer = client.get("/exit")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "https://www.bbc.co.uk/weather"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "left=;" in answer.headers["Set-Cookie"]


def test_nobody_can_choose_where_leaving_leads(client: FlaskClient) -> None:
    answer = client.get("/exit?next=https://example.org/", headers={"Referer": "https://example.org/"})
    assert answer.headers["Location"] == "https://www.bbc.co.uk/weather"


def test_leaving_works_with_a_broken_database(settings: Settings, tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"this is no database" * 100)
    visitor = create_app(replace(settings, database_url=f"sqlite:///{broken}")).test_client()
    assert visitor.get("/exit").status_code == 303


def test_a_broken_database_gets_a_designed_page_that_says_whom_to_call(
    settings: Settings, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"this is no database" * 100)
    visitor = create_app(
        replace(settings, database_url=f"sqlite:///{broken}", database_read_url=f"sqlite:///{broken}")
    ).test_client()
    answer = visitor.get("/find/results")
    assert answer.status_code == 500
    assert "999" in answer.text and "0808 800 5000" in answer.text
    assert visitor.get("/").status_code == 200
    assert visitor.get("/healthz").status_code == 503


def test_a_number_taken_down_everywhere_stays_down_when_the_database_breaks(
    settings: Settings, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/site.sqlite"
    app = create_app(replace(settings, database_url=url, database_read_url=url))
    database: Database = app.extensions["database"]
    upgrade(database)
    service, moderator = make_listing(database), make_account(database, roles=["moderator"])
    assert LINE in app.test_client().get("/").text
    with database.transaction() as session:
        hold = HoldAsked("route", LINE, "it may be wrong", is_everywhere=True)
        place_hold(session, service, hold, by=Actor(moderator, "moderator", is_moderator=True), now=now_utc())
    assert LINE not in app.test_client().get("/").text
    database.dispose()
    (tmp_path / "site.sqlite").write_bytes(b"this is no database" * 100)
    for beside in ("site.sqlite-wal", "site.sqlite-shm"):
        (tmp_path / beside).unlink(missing_ok=True)
    answer = app.test_client().get("/")
    assert answer.status_code == 200
    assert LINE not in answer.text and "999" in answer.text
