"""Reads the matrix's pages as a commissioner does, and makes small sites with a few services of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from directory.actions.confirm_listing import confirm_listing
from directory.actions.state_cell import ToState, state_cell
from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.matrix.types import State
from directory.migrations.upgrade import upgrade
from directory.reference.hours import LONDON

PETERBOROUGH = "E06000031"


def small_site(settings: Settings, *, public: bool = False) -> Flask:
    """A site with tables and nothing in them."""
    app = create_app(replace(settings, rate_limits=False, public=public))
    upgrade(database_of(app))
    return app


def database_of(app: Flask) -> Database:
    database: Database = app.extensions["database"]
    return database


def today() -> date:
    return datetime.now(LONDON).date()


def confirm(app: Flask, number: int) -> None:
    """Somebody at the service has said today that its listing is right."""
    with database_of(app).transaction() as session:
        confirm_listing(session, number, role="service manager", on=today(), today=today())


def state(app: Flask, area: str, support_type: str, exists: State, **what: str) -> None:
    """A statement made today."""
    said = {"body": "partnership", "role": "partnership manager"} | what
    with database_of(app).transaction() as session:
        state_cell(
            session,
            ToState(area, support_type, exists, stated_on=today(), **said),
            today=today(),
        )


def page(client: FlaskClient, address: str) -> html.HtmlElement:
    """A page, as a tree."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return html.fromstring(answer.text)


def words(tree: html.HtmlElement) -> str:
    """What a reader sees, in one line."""
    return " ".join(tree.text_content().split())


def states_in(tree: html.HtmlElement) -> list[str]:
    """The codes of the states shown in a part of a page."""
    found = []
    for shown in tree.cssselect(".state"):
        found += [name.removeprefix("state--") for name in shown.get("class").split() if "--" in name]
    return found


def row_states(tree: html.HtmlElement, support_type: str) -> dict[str, list[str]]:
    """Column → states in the row of a support type in its group's table."""
    for row in tree.cssselect(".matrix-group tbody tr"):
        link = row.cssselect("th a")[0].get("href")
        if link.endswith(f"/{support_type}"):
            return {cell.get("data-head"): states_in(cell) for cell in row.cssselect("td")}
    raise AssertionError(f"no row for {support_type}")


def half_states(tree: html.HtmlElement) -> dict[str, str]:
    """Mode → the state on a cell's page, of an area of one authority."""
    found = {}
    for section in tree.cssselect("section[aria-labelledby^='half-']"):
        mode = section.get("aria-labelledby").removeprefix("half-")
        found[mode] = states_in(section.cssselect(".cell__state")[0])[0]
    return found
