"""A database that cannot be written: a page says so, keeps the form, and the same form goes through later."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import unescape
from typing import IO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from directory.actions.changes.apply import stored_cells
from directory.config import ROOT
from directory.models.listing_past import ListingPast
from tests.accounts import make_account, make_organisation, signed_in
from tests.faults.edit_page import PATH

HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
HOSTILE = '"><script>alert(1)</script> & ‘words’\r\nmore'


@pytest.fixture
def editor(site: Flask) -> FlaskClient:
    """Somebody who is signed in."""
    return signed_in(site, make_account(site.extensions["database"]))


@contextmanager
def writers_shut_out(site: Flask, *, readers_too: bool = False) -> Iterator[None]:
    """Another process holds the database."""
    site.extensions["database"].dispose()
    with closing(sqlite3.connect(site.extensions["database"].file, isolation_level=None)) as holder:
        if readers_too:
            holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        holder.execute("UPDATE listings_version SET version = version")
        yield
        holder.execute("ROLLBACK")


def kept(answer: TestResponse) -> list[tuple[str, str]]:
    """The fields that the page would send again."""
    return [(unescape(name), unescape(value)) for name, value in HIDDEN.findall(answer.text)]


def noted(site: Flask) -> tuple[str, int]:
    """What the listing says, and how many rows of history it has."""
    with site.extensions["database"].reading() as session:
        rows = session.scalar(select(func.count()).select_from(ListingPast))
        return stored_cells(session, 1)["waiting_note"], rows or 0


@pytest.mark.parametrize("readers_too", [False, True], ids=["writers wait", "nobody can read"])
def test_a_locked_database_gives_a_page_that_keeps_the_form(
    site: Flask, editor: FlaskClient, readers_too: bool
) -> None:
    with writers_shut_out(site, readers_too=readers_too):
        answer = editor.post(f"{PATH}?from=here", data={"waiting_note": "six weeks", "other": HOSTILE})
        if not readers_too:
            assert editor.get("/services/1").status_code == 200
            assert site.test_client().get("/").status_code == 200
    assert answer.status_code == 503
    assert "We could not save that" in answer.text and "999" in answer.text
    assert kept(answer) == [("waiting_note", "six weeks"), ("other", HOSTILE)]
    assert f'action="{PATH}?from=here"' in answer.text and "<script>alert" not in answer.text
    assert noted(site) == ("", 0)
    again = editor.post(f"{PATH}?from=here", data=dict(kept(answer)))
    assert (again.status_code, noted(site)) == (303, ("six weeks", 2))


def test_a_password_or_a_code_is_never_kept_on_a_page(site: Flask, editor: FlaskClient) -> None:
    with writers_shut_out(site):
        for name in ("password", "code"):
            answer = editor.post(PATH, data={"waiting_note": "x", name: "correct horse"})
            assert answer.status_code == 503
            assert "correct horse" not in answer.text and kept(answer) == []
            assert "fill in the form again" in answer.text


def test_a_file_has_to_be_chosen_again_and_the_page_says_so(site: Flask, editor: FlaskClient) -> None:
    with writers_shut_out(site):
        data = {"waiting_note": "six weeks", "sheet": (io.BytesIO(b"id\n1\n"), "mine.csv")}
        answer = editor.post(PATH, data=data, content_type="multipart/form-data")
    assert answer.status_code == 503 and kept(answer) == [("waiting_note", "six weeks")]
    assert 'enctype="multipart/form-data"' in answer.text and "Choose the file again" in answer.text
    assert re.search(r'<input[^>]+name="sheet"[^>]+type="file"', answer.text)


def test_a_file_for_which_there_is_no_room_has_to_be_chosen_again_and_nothing_is_said_to_be_kept(
    site: Flask, editor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_more: object) -> IO[bytes]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("werkzeug.wrappers.request.Request._get_file_stream", full)
    organisation = make_organisation(site.extensions["database"])
    owner = signed_in(site, make_account(site.extensions["database"], owner_of=[organisation]))
    data = {"organisation": str(organisation), "file": (io.BytesIO(b"id\n1\n" * 200_000), "mine.csv")}
    answer = owner.post("/my-listings/upload", data=data, content_type="multipart/form-data")
    assert answer.status_code == 503 and "We could not save that" in answer.text
    assert "still on this page" not in answer.text and "Keep this page open" not in answer.text
    assert "choose it again" in answer.text and kept(answer) == []
    assert 'href="/my-listings/upload"' in answer.text and owner.get("/my-listings/upload").status_code == 200


def test_whoever_was_signed_out_meanwhile_has_the_same_form_kept(site: Flask) -> None:
    answer = site.test_client().post(
        PATH, data={"waiting_note": HOSTILE}, headers={"Origin": "http://localhost"}
    )
    assert answer.status_code == 401 and kept(answer) == [("waiting_note", HOSTILE)]
    assert "Sign in again" in answer.text and 'href="/account/sign-in"' in answer.text


def test_a_search_that_cannot_be_answered_does_not_speak_of_saving(site: Flask) -> None:
    with writers_shut_out(site, readers_too=True):
        answer = site.test_client().post("/find", data={"place": "PE1 1QL"})
    assert "could not save" not in answer.text and "PE1 1QL" not in answer.text


def test_a_full_disk_gives_the_same_page_and_reading_goes_on(site: Flask) -> None:
    """In a process whose files may not grow: it saves until it cannot, and says what became of each save."""
    database = site.extensions["database"]
    account_id = make_account(database)
    database.dispose()
    settings = site.config["SETTINGS"]
    environment = {
        "INSTANCE_DIR": str(settings.instance_dir),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
    }
    child = subprocess.run(
        [sys.executable, "-m", "tests.faults.full_disk", str(account_id)],
        cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr[-3000:]
    told = json.loads(child.stdout)
    assert told["saved"]
    assert told["page"].count("We could not save that") == 2  # The title and the heading.
    assert f'value="{told["refused"]}"' in told["page"]
    assert told["read"] == 200
    assert noted(site) == (told["saved"][-1], len(told["saved"]) + 1)
    with database.reading() as session:
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
