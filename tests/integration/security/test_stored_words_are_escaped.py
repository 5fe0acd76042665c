"""Whatever anybody has written into whatever is stored: no page of anybody's shows it as anything but words."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from tests.integration.security.roles import World, rules, world

__all__ = ["world"]
MARK = "x9q<img src=x>\u202e{{7*7}}\"'"
RAW = ("x9q<img", "x9q&lt;img src=x&gt;\u202e49")
# What the application reads as a code, a key or an address of its own, and nobody types.
CODES = frozenset((
    "kind", "state", "mode", "body", "source", "what", "status", "listing", "result", "about", "token_hash",
    "area_code", "support_type", "fs_uniquifier", "message_id", "taxonomy", "term", "authority", "code",
    "precision", "column", "criterion", "answer", "confidential", "iso_week", "fingerprint", "effective",
    "sector", "key", "email", "password", "accepting_referrals", "waiting_list", "inclusion_decision",
    "inclusion_profile", "confidence", "version", "act", "interpreters", "free_to_person",
    "advice_to_professionals", "can_stay_anonymous", "device_type", "usage", "job", "period", "gap_id",
    "words_hash", "network_hash", "email_hash", "channel", "postcode", "transports", "hours", "next_path",
))  # fmt: skip
LEFT = frozenset({"role", "snapshot", "schema_version", "listings_version", "matrix_version", "audit"})


@pytest.fixture
def hostile(world: World) -> World:
    """The site; every text of every record is hostile."""
    world.anew()
    file = world.app.extensions["database"].file
    with closing(sqlite3.connect(file)) as held, held:
        for (table,) in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table in LEFT or table.startswith("sqlite_"):
                continue
            for column in held.execute(f"PRAGMA table_info({table})").fetchall():
                name, kind, is_key = column[1], column[2], column[5]
                if kind == "JSON" and name == "cells":
                    cells = json.dumps({"name": MARK, "description": MARK, "url": MARK, "waiting_note": MARK})
                    held.execute(f"UPDATE {table} SET cells = ?", [cells])  # noqa: S608
                elif kind in {"TEXT", "VARCHAR(64)"} and not is_key and name not in CODES:
                    # Two organisations have not one name.
                    text = "? || id" if table == "organisation" else "?"
                    held.execute(f'UPDATE {table} SET "{name}" = {text} WHERE "{name}" IS NOT NULL', [MARK])  # noqa: S608
    return world


@pytest.mark.parametrize("role", ["visitor", "owner", "commissioner", "administrator"])
def test_no_page_shows_stored_words_as_anything_but_words(hostile: World, role: str) -> None:
    shown = 0
    for rule in rules(hostile.app, "GET"):
        if rule.rule.endswith((".xlsx", ".docx")) or rule.endpoint == "account.sign_out":
            continue
        answer = hostile.browser(role).get(hostile.address(rule))
        assert answer.status_code < 500, (rule.rule, answer.status_code)
        if answer.mimetype == "text/html":
            assert not [raw for raw in RAW if raw in answer.text], rule.rule
            shown += "x9q" in answer.text
        elif answer.mimetype == "text/csv":
            assert "\n=" not in answer.text and ",=" not in answer.text, rule.rule
    assert shown > 5
