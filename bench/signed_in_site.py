"""A site of its own with the listings that ship, ten editors who are signed in, and gunicorn with two workers."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from directory.app import create_app
from directory.config import ROOT, settings_from
from directory.db import Database
from directory.models.account import Account
from directory.models.membership import Membership
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.models.sign_in import SignIn
from directory.reference.hours import now_utc
from directory.security.me import TOKEN, token_hash

WORKERS = 2
START_S_MAX = 120


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody who is signed in. cookie: what the browser holds. service_id: the listing they edit."""

    service_id: int
    cookie: str


def make_site(folder: Path) -> Flask:
    """The site as a newcomer has it, in a folder of its own, with the postcodes that are packed already."""
    (folder / "postcodes").symlink_to(ROOT / "instance" / "postcodes")
    secret = secrets.token_hex(32)
    app = create_app(
        replace(settings_from({"INSTANCE_DIR": str(folder), "SECRET_KEY": secret}), rate_limits=False)
    )
    done = app.test_cli_runner().invoke(args=["database", "prepare"])
    assert done.exit_code == 0, done.output
    return app


def make_editors(app: Flask, count: int) -> list[Editor]:
    """That many, each of an organisation of their own, signed in for a day."""
    database: Database = app.extensions["database"]
    made, now = [], now_utc()
    with database.transaction() as session:
        services = {
            organisation: number
            for number, organisation in session.execute(
                select(Service.id, Service.organisation_id).where(Service.listing == "listed")
            ).all()
        }
        for organisation, service in sorted(services.items())[:count]:
            account = Account(
                email=f"editor{organisation}@example.org", title="service manager", active=True, made_at=now,
                confirmed_at=now, fs_uniquifier=secrets.token_hex(16),
            )  # fmt: skip
            session.add(account)
            session.flush()
            token = secrets.token_urlsafe(32)
            session.add(
                Membership(account_id=account.id, organisation_id=organisation, kind="editor", began_at=now)
            )
            session.add(
                SignIn(
                    account_id=account.id, token_hash=token_hash(token), device="the bench", second_factor=False,
                    started_at=now, seen_at=now, ends_at=now + timedelta(days=1),
                )
            )  # fmt: skip
            made.append(Editor(service, _cookie(app, token)))
    return made


def drafts(app: Flask) -> dict[int, tuple[int, str]]:
    """Listing → (how often its draft was saved, the note that it holds)."""
    database: Database = app.extensions["database"]
    with database.reading() as session:
        found = session.scalars(select(ProposedChange).where(ProposedChange.state == "draft")).all()
        return {row.service_id or 0: (row.round, row.cells.get("waiting_note", "")) for row in found}


@contextmanager
def served(app: Flask, log: Path) -> Iterator[int]:
    """gunicorn as `make run` starts it, without its limits and its jobs; gives the port on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    settings = app.config["SETTINGS"]
    environment = {
        "PORT": str(port), "WEB_CONCURRENCY": str(WORKERS), "INSTANCE_DIR": str(settings.instance_dir),
        "DATABASE_URL": settings.database_url, "SECRET_KEY": settings.secret_key, "RATE_LIMITS": "off",
        "JOBS": "off", "LOG_LEVEL": "error",
    }  # fmt: skip
    with log.open("wb") as output:
        server = subprocess.Popen(
            [str(Path(sys.executable).parent / "gunicorn"), "wsgi:app"],
            cwd=ROOT, env=os.environ | environment, stdout=output, stderr=output,
        )  # fmt: skip
        try:
            _wait(port, server, log)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_S_MAX
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"The site did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _cookie(app: Flask, token: str) -> str:
    client = app.test_client()
    with client.session_transaction() as session:
        session[TOKEN] = token
    found = client.get_cookie("session")
    assert found
    return found.value
