"""The site as the tests use it: real postcodes, real listings, a database of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, sync_playwright

from directory.app import create_app
from directory.config import ROOT, Settings, settings_from
from directory.matrix.areas import ENGLAND_AND_WALES
from tests.accounts import commissioner_of

# A slow machine is no failure, and time is measured in bench/ alone.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")

SECRET = "only for tests: thirty-two characters or more"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with the postcodes packed by `make test` and an empty place for everything else."""
    folder = tmp_path_factory.mktemp("instance")
    packed = ROOT / "instance" / "postcodes"
    assert packed.is_dir(), "Run `make test`, or `flask prepare`, once: it packs the postcodes."
    (folder / "postcodes").symlink_to(packed)
    return settings_from(
        {"INSTANCE_DIR": str(folder), "SECRET_KEY": SECRET, "CONTACT_EMAIL": "listings@example.org"}
    )


@pytest.fixture(scope="session")
def listed_app(settings: Settings) -> Flask:
    """The site with data/services.csv imported, as a newcomer gets it. Tests must not write to it."""
    app = create_app(replace(settings, rate_limits=False))
    result = app.test_cli_runner().invoke(args=["database", "prepare"])
    assert result.exit_code == 0, result.output
    return app


@pytest.fixture
def app(listed_app: Flask) -> Flask:
    """A fresh app object over the same listings."""
    return create_app(listed_app.config["SETTINGS"])


@pytest.fixture
def client(listed_app: Flask) -> Iterator[FlaskClient]:
    """A visitor."""
    with listed_app.test_client() as visitor:
        yield visitor


@pytest.fixture
def commissioner_client(listed_app: Flask) -> FlaskClient:
    """A commissioner of everywhere. Her sign-in is the one thing that is written."""
    return commissioner_of(listed_app, ENGLAND_AND_WALES)


@pytest.fixture
def empty_settings(tmp_path: Path, settings: Settings) -> Settings:
    """Settings with a new, empty database."""
    return replace(
        settings,
        database_url=f"sqlite:///{tmp_path}/new.sqlite",
        database_read_url=f"sqlite:///{tmp_path}/new.sqlite",
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or Playwright's own. None at all is a failure: these tests are never skipped."""
    with sync_playwright() as playwright:
        debian = shutil.which("chromium")
        chromium = playwright.chromium.launch(
            executable_path=debian,
            args=[
                "--no-sandbox",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield chromium
        chromium.close()
