"""The way into the database, for every page that reads or writes."""

from __future__ import annotations

from flask import current_app

from directory.db import Database


def database() -> Database:
    """The site's."""
    held: Database = current_app.extensions["database"]
    return held
