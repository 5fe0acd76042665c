"""The site, for gunicorn and for the `flask` command."""

from __future__ import annotations

from directory.app import create_app
from directory.config import settings_from

app = create_app(settings_from())
