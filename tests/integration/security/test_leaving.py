"""The way out, whatever is broken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient

from directory.app import create_app
from directory.config import Settings


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
