"""A real site (gunicorn, over TLS too) and a real Chromium, as the browser tests use them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.certificate import self_signed
from tests.conftest import SECRET
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
WIDTHS = (320, 360, 1280)
START_SECONDS_MAX = 60
END_SECONDS_MAX = 60
"""A worker ends with the mail that it is handing over, which a busy machine makes slow."""


def serve(app: Flask, log: Path, *arguments: str, **environment: str) -> Iterator[str]:
    """gunicorn over the listings of `app`, as `make run` starts it; yields its address. PORT: where."""
    with running(app, log, *arguments, **environment) as site:
        yield site.address


@dataclass(frozen=True)
class Running:
    """A site that is served. process: gunicorn's master."""

    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def running(app: Flask, log: Path, *arguments: str, **environment: str) -> Iterator[Running]:
    """The same, for a test that has to do with the process itself; it may be stopped already at the end."""
    port = int(environment.get("PORT", 0)) or free_port()
    tls = "--certfile" in arguments
    address = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
    with log.open("wb") as written:
        server = subprocess.Popen(
            [str(Path(sys.executable).parent / "gunicorn"), "wsgi:app", *arguments],
            cwd=ROOT,
            env=environment_of(app, **{**environment, "PORT": str(port)}),
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(port, server, log)
            yield Running(address, server)
        finally:
            server.terminate()
            server.wait(END_SECONDS_MAX)


def environment_of(app: Flask, **more: str) -> dict[str, str]:
    """What a process over the listings of `app` finds in its environment: a server, or a command."""
    settings = app.config["SETTINGS"]
    return {
        **os.environ,
        "INSTANCE_DIR": str(settings.instance_dir),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": SECRET,
        "RATE_LIMITS": "off",
        "JOBS": "off",
        "WEB_CONCURRENCY": "2",
        **more,
    }


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"The site did not start:\n{log.read_text(errors='replace')[-3000:]}")


@pytest.fixture(scope="session")
def site_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "site.log"


@pytest.fixture(scope="session")
def site(listed_app: Flask, site_log: Path) -> Iterator[str]:
    """The site's address."""
    yield from serve(listed_app, site_log)


@pytest.fixture(scope="session")
def secure_site(listed_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same over TLS."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = self_signed(folder)
    yield from serve(listed_app, folder / "site.log", "--certfile", str(certificate), "--keyfile", str(key))


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A new visitor. Parametrise `visitor` indirectly with a dict of new_context() options."""
    made = browser.new_context(
        **{
            "viewport": {"width": 1280, "height": 900},
            "ignore_https_errors": True,
            **getattr(request, "param", {}),
        }
    )
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def visitor(context: BrowserContext) -> Page:
    """A page of a new visitor."""
    return context.new_page()


def is_up(address: str) -> bool:
    with urllib.request.urlopen(address + "/healthz") as answer:  # noqa: S310  # our own server
        return bool(answer.status == 200)
