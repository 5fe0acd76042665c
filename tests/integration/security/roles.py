"""A small site with one of everything, and a browser for each kind of person: what the attack tests ask through.

A new endpoint is picked up by itself. It fails here until it is written down how to make a value for its
arguments (RECORDS) and, where only some may touch a record, whose it is (WHOSE).
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
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
from directory.models.correction import Correction
from directory.models.hold import Hold
from directory.models.membership import Invitation, ManageRequest
from directory.models.proposed_change import ProposedChange
from directory.models.reply import Reply
from directory.models.statement import Statement
from directory.models.upkeep import Call, Reminder
from directory.queries.current_index import CurrentIndex
from directory.queries.current_matrix import CurrentMatrix
from directory.reference.hours import now_utc, today_in_london
from directory.search.synonyms import synonyms
from directory.security.who_may import WHO_MAY
from tests.accounts import make_account, make_organisation, signed_in
from tests.builders import make_listing

HERE = "E06000031"
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
    "owner": frozenset({"owner", "owner of another"}),
    "commissioner": frozenset({"commissioner", "commissioner of another"}),
    "moderator": frozenset({"moderator", "administrator"}),
    "administrator": frozenset({"administrator"}),
}
ASKED_FOR_SECOND_FACTOR = {"moderator": {"moderator without second factor"}, "administrator": set[str]()}
# Endpoint → who may touch the record in its address, of those whom its word lets in. For an endpoint whose word is
# 'signed-in', 'member', 'owner' or 'commissioner' and whose address names a record, a line must stand here.
WHOSE: dict[str, frozenset[str]] = {}
# A token in a link that leads nowhere is answered 404, whoever asks.
NOWHERE = frozenset({"token"})
# What changes by asking alone.
VOLATILE = frozenset({"sign_in", "sign_in_attempt", "audit"})


@dataclass(frozen=True, slots=True)
class World:
    """The site over a fresh copy of its database. records: argument of an address → a value that leads to a record.

    cookies: role → what its browser holds. template: the database as it was made.
    """

    app: Flask
    template: Path
    cookies: Mapping[str, str]
    records: Mapping[str, str]

    def anew(self) -> None:
        """Everything as it was made: what the last request wrote is gone."""
        database: Database = self.app.extensions["database"]
        assert database.file
        database.dispose()
        for tail in ("-wal", "-shm"):
            database.file.with_name(database.file.name + tail).unlink(missing_ok=True)
        shutil.copyfile(self.template, database.file)
        settings: Settings = self.app.config["SETTINGS"]
        self.app.extensions["index"] = CurrentIndex(synonyms())
        self.app.extensions["matrix"] = CurrentMatrix(settings.stale_after_days)

    def browser(self, role: str) -> FlaskClient:
        """A browser of somebody of that role, which says that its writes come from our pages."""
        client = self.app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        if role in self.cookies:
            client.set_cookie("session", self.cookies[role])
        return client

    def address(self, rule: Rule) -> str:
        """Where a rule leads to a record. Fails for an argument that nobody has written down."""
        missing = sorted(rule.arguments - set(self.records))
        assert not missing, f"{rule.endpoint}: write down in roles.py how to make a value for {missing}"
        return re.sub(r"<(?:[^>:]+:)?(\w+)>", lambda found: quote(self.records[found[1]], safe=""), rule.rule)

    def content(self) -> dict[str, list[tuple[object, ...]]]:
        """Table → its rows, but for what changes by asking."""
        database: Database = self.app.extensions["database"]
        with closing(sqlite3.connect(database.file or "")) as held:
            names = [row[0] for row in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {
                name: sorted(held.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)  # noqa: S608
                for name in names
                if name not in VOLATILE
            }


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """Every rule that answers the method, in a fixed order."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule)):
        if method in (rule.methods or set()):
            yield rule


def strongest(endpoint: str) -> str:
    """A role that the endpoint is for, and that may touch the records of this world."""
    let_in = LET_IN[WHO_MAY[endpoint]] & WHOSE.get(endpoint, frozenset(ROLES))
    return next(
        role for role in ("owner", "commissioner", "administrator", "editor", "visitor") if role in let_in
    )


@pytest.fixture(scope="module")
def world(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The site; its database is made anew by `anew()`."""
    folder = tmp_path_factory.mktemp("roles")
    url = f"sqlite:///{folder}/site.sqlite"
    app = create_app(replace(settings, database_url=url, database_read_url=url, rate_limits=False))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    database: Database = app.extensions["database"]
    upgrade(database)
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
    records = _records(database, hers, services[0], accounts)
    database.dispose()
    template = folder / "template.sqlite"
    shutil.copyfile(folder / "site.sqlite", template)
    return World(app, template, cookies, records)


def _records(
    database: Database, organisation: int, service: int, accounts: Mapping[str, int]
) -> dict[str, str]:
    """One of each record, all of them of the owner and her organisation."""
    now, owner = now_utc(), accounts["owner"]
    later = now + timedelta(days=7)
    with database.transaction() as session:
        change = ProposedChange(
            service_id=service, organisation_id=organisation, kind="edit", source="form", state="waiting",
            cells={"url": "https://example.com"}, base={"url": "https://www.example.org"},
            proposed_by=owner, role="service manager", made_at=now, sent_at=now,
        )  # fmt: skip
        statement = Statement(
            area_code=HERE, support_type="G4.6", mode="both", state="partly", body="commissioner",
            role="commissioning manager", what="", sector="", effective="", evidence="",
            stated_on=today_in_london(), recorded_at=now, withdrawn_on=None, withdrawn_reason="",
        )  # fmt: skip
        made = {
            "change_id": change,
            "statement_id": statement,
            "hold_id": Hold(
                service_id=service, what="route", value="01632 960001", reason="being checked",
                role="moderator", placed_by=accounts["moderator"], placed_at=now,
            ),
            "correction_id": Correction(
                service_id=service, about="telephone", words="It rings out.", words_hash="h",
                is_urgent=False, received_at=now,
            ),
            "request_id": ManageRequest(
                kind="manage", service_id=service, organisation_id=organisation, account_id=owner,
                email="asks@example.org", title="manager", words="", state="waiting", made_at=now,
            ),
            "invitation_id": Invitation(
                email="invited@example.org", kind="editor", organisation_id=organisation,
                token_hash="invited", invited_by=owner, made_at=now, ends_at=later,
            ),
            "call_id": Call(
                service_id=service, claimed_by=accounts["moderator"], claimed_at=now, claim_ends_at=later
            ),
            "reminder_id": Reminder(
                organisation_id=organisation, account_id=owner, step_days=90, service_ids=[service],
                token_hash="reminded", made_at=now, ends_at=later,
            ),
        }  # fmt: skip
        session.add_all(made.values())
        session.flush()
        reply = Reply(
            statement_id=statement.id, service_id=service, words="We are open again.",
            role="service manager", account_id=owner, made_at=now,
        )  # fmt: skip
        session.add(reply)
        session.flush()
        found = {name: str(row.id) for name, row in made.items()} | {"reply_id": str(reply.id)}
    return found | {
        "service_id": str(service), "organisation_id": str(organisation), "account_id": str(accounts["editor"]),
        "sign_in_id": "2", "membership_id": "1", "passkey_id": "1", "token": "led-nowhere", "column": "url",
        "area_code": HERE, "support_type": "G4.6", "gap_id": f"{HERE}-G4.7-not-known", "view": "hours",
        "numbers": "1-2", "number": "1", "code": "a", "filename": "a.css",
    }  # fmt: skip


def _cookie(client: FlaskClient) -> str:
    found = client.get_cookie("session")
    assert found
    return found.value
