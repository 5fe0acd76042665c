"""A site with a small gap register, and how its pages are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from directory.app import create_app
from directory.config import Settings
from directory.matrix.areas import ENGLAND_AND_WALES
from directory.migrations.upgrade import upgrade
from directory.reference.hours import LONDON
from tests.accounts import commissioner_of
from tests.builders import make_listing

REGISTER = "/gaps/E06000031"
NONE = "E06000031-G2.3-none"


@pytest.fixture
def site(empty_settings: Settings) -> Flask:
    """Peterborough: no early support for children by word of the partnership, and two listings."""
    app = create_app(replace(empty_settings, rate_limits=False))
    upgrade(app.extensions["database"])
    day = datetime.now(LONDON).date() - timedelta(days=3)
    say(app, "matrix", "state", "E06000031", "G2.3", "--exists", "none", "--for", "partnership",
        "--by", "partnership manager", "--on", str(day), "--evidence", "Audit of the spring")  # fmt: skip
    told = {"contact_routes": "telephone | 01632 960001", "free_to_person": "yes"}
    database = app.extensions["database"]
    by_referral = make_listing(
        database, name="<b>Example</b> Service A", modes="in-person", referral_routes="professional", **told
    )
    say(app, "listings", "confirm", str(by_referral), "--by", "service manager", "--on", str(day))
    number = make_listing(database, support_types="G4.4", modes="in-person;remote", **told)
    say(app, "matrix", "funding", str(number), "--ends", str(day + timedelta(days=60)), "--by", "manager")
    return app


def say(app: Flask, *arguments: str) -> None:
    result = app.test_cli_runner().invoke(args=list(arguments))
    assert result.exit_code == 0, result.output


@pytest.fixture
def commissioner(site: Flask) -> FlaskClient:
    """A commissioner of everywhere, who sees all that commissioners see."""
    return commissioner_of(site, ENGLAND_AND_WALES)


@pytest.fixture
def public(site: Flask) -> FlaskClient:
    """A reader of the same data on a public site."""
    return create_app(replace(site.config["SETTINGS"], public=True)).test_client()


def page(client: FlaskClient, address: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return html.fromstring(answer.text)


def words(tree: html.HtmlElement) -> str:
    return " ".join(tree.text_content().split())


def ids(tree: html.HtmlElement, name: str) -> list[str]:
    """The gap ids of one list of the page."""
    links = tree.xpath(f"//section[@aria-labelledby='{name}']//tbody//th//a/@href")
    return [link.split("?")[0].rsplit("/", 1)[1] for link in links]
