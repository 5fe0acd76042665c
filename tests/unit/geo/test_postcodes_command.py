"""`flask postcodes pack`."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from directory.cli import postcodes
from directory.cli.postcodes import postcodes_cli


@pytest.fixture
def app(store_dir: Path) -> Flask:
    app = Flask("postcodes")
    app.config["SETTINGS"] = SimpleNamespace(instance_dir=store_dir.parent)
    app.cli.add_command(postcodes_cli)
    return app


def test_packing_what_is_packed_says_so_and_does_nothing(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["postcodes", "pack"])
    assert (result.exit_code, result.output) == (0, "Postcodes: already packed\n")


def test_packing_again_says_what_was_made(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(postcodes, "pack", lambda _, again: asked.append(again) or True)
    result = app.test_cli_runner().invoke(args=["postcodes", "pack", "--again"])
    assert result.exit_code == 0
    assert asked == [True]
    assert "Postcodes packed: 34." in result.output
