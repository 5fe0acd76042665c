"""The small site that these tests draw pages with."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.unit.front.pages import make_site


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Our templates and nothing else."""
    return make_site(monkeypatch)
