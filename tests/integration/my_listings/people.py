"""A site of its own with one organisation, its manager, and one of somebody else."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from lxml import html as lxml_html
from sqlalchemy import select

from directory.actions.changes.apply import stored_cells
from directory.db import Database
from directory.models.proposed_change import ProposedChange
from directory.reference.hours import now_utc
from tests.accounts import make_account, make_organisation, signed_in
from tests.builders import make_listing


@dataclass
class Place:
    """The site, the organisation, its listing, and browsers of its people."""

    app: Flask
    database: Database
    organisation_id: int
    service_id: int
    owner: FlaskClient
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def cells(self) -> dict[str, str]:
        with self.database.reading() as session:
            return stored_cells(session, self.service_id)

    def changes(self, *states: str) -> list[ProposedChange]:
        with self.database.reading() as session:
            query = select(ProposedChange).order_by(ProposedChange.id)
            if states:
                query = query.where(ProposedChange.state.in_(states))
            found = list(session.scalars(query))
            session.expunge_all()
            return found

    def path(self, rest: str) -> str:
        return f"/my-listings/{self.service_id}/{rest}"

    def give_standing(self) -> None:
        """One of its changes has been approved before."""
        with self.database.transaction() as session:
            session.add(
                ProposedChange(
                    organisation_id=self.organisation_id, kind="edit", source="form", cells={}, base={},
                    state="approved", role="service manager", made_at=now_utc(),
                )
            )  # fmt: skip


def make_place(app: Flask, **what: object) -> Place:
    database: Database = app.extensions["database"]
    service_id = make_listing(database, **what)
    organisation_id = make_organisation(database)
    owner = make_account(database, owner_of=[organisation_id])
    return Place(app, database, organisation_id, service_id, signed_in(app, owner))


def fields_of(page: str, action_ends: str = "") -> dict[str, list[str]]:
    """What a browser would send of the page's main form: the one with most fields, or whose action ends so."""
    forms = lxml_html.document_fromstring(page).forms
    if action_ends:
        forms = [form for form in forms if (form.get("action") or "").endswith(action_ends)]
    form = max(forms, key=lambda one: len(list(one.inputs)))
    found: dict[str, list[str]] = {}
    for name, value in form.form_values():
        # A browser sends line ends as two characters.
        found.setdefault(name, []).append(value.replace("\r\n", "\n").replace("\n", "\r\n"))
    return found


def send_page(client: FlaskClient, path: str, **changed: Any) -> Any:
    """Open a page, change some fields as a person would, and send its form."""
    fields: dict[str, Any] = {**fields_of(client.get(path).text), **changed}
    return client.post(path, data=fields)


def words_of(page: str) -> str:
    """What a reader sees, on one line."""
    body = lxml_html.document_fromstring(page).cssselect("main")[0]
    return html.unescape(" ".join(body.text_content().split()))


def held(place: Place) -> Mapping[str, str]:
    """The draft's cells; none where there is no draft."""
    drafts = place.changes("draft")
    return drafts[0].cells if drafts else {}
