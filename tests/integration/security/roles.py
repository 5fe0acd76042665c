"""A small site with one of everything, and a browser for each kind of person: what the attack tests ask through.

A new endpoint is picked up by itself. It fails until it is written down how to make a value for its arguments
(records.py) and, where only some may touch a record, whose it is (whose.py).
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.migrations.upgrade import upgrade
from directory.queries.current_index import CurrentIndex
from directory.queries.current_listings import CurrentListings
from directory.queries.current_matrix import CurrentMatrix
from directory.search.synonyms import synonyms
from directory.security.who_may import WHO_MAY
from tests.accounts import make_account, make_organisation, signed_in
from tests.builders import make_listing
from tests.integration.security.records import HERE, make_records
from tests.integration.security.whose import WHOSE

HERS, OTHERS = "Example Organisation", "Example Organisation of others"
ROLES = (
    "visitor", "editor", "owner", "owner of another", "commissioner", "commissioner of another",
    "moderator without second factor", "moderator", "administrator",
)  # fmt: skip
# Each word of WHO_MAY: who is let in. Whether it is their record is asked after that.
LET_IN: Mapping[str, frozenset[str]] = {
    "anyone": frozenset(ROLES),
    "signed-in": frozenset(ROLES) - {"visitor"},
    "member": frozenset({"editor", "owner", "owner of another"}),
    "member or staff": frozenset({"editor", "owner", "owner of another", "moderator", "administrator"}),
    "owner": frozenset({"owner", "owner of another"}),
    "commissioner": frozenset({"commissioner", "commissioner of another"}),
    "moderator": frozenset({"moderator", "administrator"}),
    "administrator": frozenset({"administrator"}),
}
ASKED_FOR_SECOND_FACTOR = {"moderator": {"moderator without second factor"}, "administrator": set[str]()}
# What changes by asking alone.
VOLATILE = frozenset({"sign_in", "sign_in_attempt", "audit"})


@dataclass(frozen=True, slots=True)
class World:
    """The site over a fresh copy of its database. records: argument of an address → a value that leads to a record.

    cookies: role → what its browser holds. template: the database as it was made. as_made: table → its rows then.
    """

    app: Flask
    template: Path
    cookies: Mapping[str, str]
    records: Mapping[str, str]
    as_made: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)

    def anew(self) -> None:
        """Everything as it was made: what the last request wrote is gone."""
        database: Database = self.app.extensions["database"]
        assert database.file
        database.dispose()
        for tail in ("-wal", "-shm"):
            database.file.with_name(database.file.name + tail).unlink(missing_ok=True)
        shutil.copyfile(self.template, database.file)
        self.forget_read()

    def forget_read(self) -> None:
        """What this worker has read of its database is read again."""
        settings: Settings = self.app.config["SETTINGS"]
        self.app.extensions["index"] = CurrentIndex(synonyms())
        self.app.extensions["listings"] = CurrentListings()
        self.app.extensions["matrix"] = CurrentMatrix(settings.stale_after_days)

    def browser(self, role: str) -> FlaskClient:
        """A browser of somebody of that role, which says that its writes come from our pages."""
        client = self.app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        if role in self.cookies:
            client.set_cookie("session", self.cookies[role])
        return client

    def address(self, rule: Rule, **instead: str) -> str:
        """Where a rule leads to a record, or else to what is given. Fails for an argument that nobody wrote down."""
        missing = sorted(rule.arguments - set(self.records))
        assert not missing, f"{rule.endpoint}: write down in records.py how to make a value for {missing}"

        def value(found: re.Match[str]) -> str:
            name = found[1]
            known = self.records.get(f"{rule.endpoint} {name}") or self.records[name]
            return quote(instead.get(name, known).encode("utf-8", "surrogatepass"), safe="")

        return re.sub(r"<(?:[^>:]+:)?(\w+)>", value, rule.rule)

    def touched(self) -> frozenset[str]:
        """Names of the tables that are not as they were made."""
        now = self.content()
        return frozenset(name for name, rows in self.as_made.items() if rows != now[name])

    def content(self) -> dict[str, list[tuple[object, ...]]]:
        """Table → its rows."""
        database: Database = self.app.extensions["database"]
        with closing(sqlite3.connect(database.file or "")) as held:
            names = [row[0] for row in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {
                name: sorted(held.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)  # noqa: S608
                for name in names
            }


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """Every rule that answers the method, in a fixed order."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule)):
        if method in (rule.methods or set()):
            yield rule


def may_touch(rule: Rule) -> frozenset[str]:
    """The roles that may touch the record of this world that the rule's address leads to, if they are let in."""
    return WHOSE.get(rule.rule) or WHOSE.get(rule.endpoint) or frozenset(ROLES)


CLAIMED_BY = dict.fromkeys(("call_list.call", "call_list.end", "call_list.back"), "moderator")
"""A call is one person's alone: whoever claimed it in this world."""


def strongest(rule: Rule) -> str:
    """A role that the rule is for, and that may touch the records of this world."""
    if rule.endpoint in CLAIMED_BY:
        return CLAIMED_BY[rule.endpoint]
    let_in = LET_IN[WHO_MAY[rule.endpoint]] & may_touch(rule)
    return next(
        role for role in ("owner", "commissioner", "administrator", "editor", "visitor") if role in let_in
    )


@pytest.fixture(scope="module")
def world(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The site; its database is made anew by `anew()`."""
    folder = tmp_path_factory.mktemp("roles")
    app = site_over(settings, f"sqlite:///{folder}/site.sqlite")
    cookies, records = fill(app)
    app.extensions["database"].dispose()
    template = folder / "template.sqlite"
    shutil.copyfile(folder / "site.sqlite", template)
    made = World(app, template, cookies, records)
    made.as_made.update(made.content())
    return made


def site_over(settings: Settings, url: str) -> Flask:
    """The site as it answers when nobody debugs it, over a new database at this address."""
    app = create_app(replace(settings, database_url=url, database_read_url=url, rate_limits=False))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    upgrade(app.extensions["database"])
    return app


def fill(app: Flask) -> tuple[dict[str, str], dict[str, str]]:
    """Put one of everything in. Returns role → cookie of its browser, and argument of an address → record."""
    database: Database = app.extensions["database"]
    organisations = {name: make_organisation(database, name) for name in (HERS, OTHERS)}
    services = [make_listing(database, organisation=name) for name in (HERS, OTHERS)]
    hers, others = organisations[HERS], organisations[OTHERS]
    accounts = {
        "editor": make_account(database, editor_of=[hers]),
        "owner": make_account(database, owner_of=[hers]),
        "owner of another": make_account(database, owner_of=[others]),
        "commissioner": make_account(database, roles=["commissioner"], areas=[HERE]),
        "commissioner of another": make_account(database, roles=["commissioner"], areas=["E09000001"]),
        "moderator": make_account(database, roles=["moderator"]),
        "administrator": make_account(database, roles=["administrator"]),
    }
    cookies = {role: _cookie(signed_in(app, number)) for role, number in accounts.items()}
    weak = signed_in(app, accounts["moderator"], second_factor=False)
    cookies["moderator without second factor"] = _cookie(weak)
    return cookies, make_records(database, hers, services, accounts)


def _cookie(client: FlaskClient) -> str:
    found = client.get_cookie("session")
    assert found
    return found.value
