"""An e-mail address that looks like one person's own is pointed out before it is public, and never refused."""

from __future__ import annotations

import pytest
from flask import Flask

from directory.config import Settings
from tests.integration.my_listings.conftest import own_site
from tests.integration.my_listings.people import Place, fields_of, make_place, send_page, words_of

HINT = "looks like one person’s own address"
ROUTES = "telephone | 01632 960001\nemail | "


@pytest.fixture
def own_app(empty_settings: Settings) -> Flask:
    return own_site(empty_settings)


@pytest.mark.parametrize(
    ("email", "is_personal"), [("anna.example@example.org", True), ("referrals@example.org", False)]
)
def test_it_is_pointed_out_on_its_page_and_where_answers_are_checked(
    own_app: Flask, email: str, is_personal: bool
) -> None:
    place = make_place(own_app, contact_routes=ROUTES + "office@example.org")
    assert HINT not in words_of(place.owner.get(place.path("edit/reach")).text)
    changed = {"contact_routes-1-value": email}
    assert send_page(place.owner, place.path("edit/reach"), **changed).status_code == 303
    for page in ("edit/reach", "check"):
        assert (f"{email} {HINT}" in words_of(place.owner.get(place.path(page)).text)) is is_personal, page
    assert (
        place.owner.post(place.path("check"), data=fields_of(page_text(place), "/check")).status_code == 303
    )
    assert _sent(place) == ROUTES + email


def page_text(place: Place) -> str:
    return str(place.owner.get(place.path("check")).text)


def _sent(place: Place) -> str:
    (change,) = place.changes("waiting")
    return change.cells["contact_routes"]
