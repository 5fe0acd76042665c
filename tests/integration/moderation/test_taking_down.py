"""Taking down is one step away for whoever may do it; the page says what is checked and whom to call meanwhile."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import update

from directory.actions.changes.holds import HoldAsked, place_hold
from directory.actions.version import bump_listings_version
from directory.db import Database
from directory.models.service import Service
from directory.reference.hours import now_utc
from tests.accounts import make_account, make_organisation, signed_in
from tests.builders import make_listing
from tests.integration.moderation.changes import NEW_ROUTES, make_change, moderator

NUMBER, PAGE, POSTCODE = "01632 960001", "https://www.example.org", "PE1 1QL"
HELD = {
    "route": (NUMBER, "The telephone number is being checked."),
    "website": (PAGE, "The website is being checked."),
    "place": (POSTCODE, "The address is being checked."),
    "listing": ("", "The whole listing is being checked, so we show nothing of it for now."),
}


def _take_down(stored: Database, service_id: int, what: str, moderator_id: int) -> None:
    with stored.transaction() as session:
        asked = HoldAsked(what, HELD[what][0], "it may be wrong")
        place_hold(session, service_id, asked, by=moderator(moderator_id), now=now_utc())


def _words(tree: html.HtmlElement) -> str:
    return " ".join(" ".join(tree.xpath("//main//text()")).split())


def _links(app: Flask, account: int, url: str) -> list[str]:
    """Where the links of a page lead that take something down."""
    answer = signed_in(app, account).get(url)
    assert answer.status_code == 200, url
    return html.fromstring(answer.text).xpath("//main//a[starts-with(., 'Take down now')]/@href")


@pytest.mark.parametrize("what", HELD)
def test_the_public_page_says_what_is_checked_and_whom_to_call_meanwhile(
    own_app: Flask, stored: Database, moderator_id: int, what: str
) -> None:
    locations = f"exact | Peterborough | {POSTCODE}"
    number = make_listing(stored, locations=locations, confidential="no", modes="in-person")
    before = html.fromstring(own_app.test_client().get(f"/services/{number}").text)
    assert "being checked" not in _words(before)
    _take_down(stored, number, what, moderator_id)
    page = html.fromstring(own_app.test_client().get(f"/services/{number}").text)
    held, words = HELD[what]
    (box,) = page.xpath("//main//div[contains(@class, 'govuk-inset-text')][contains(., 'being checked')]")
    said = " ".join(box.text_content().split())
    assert words in said and "Meanwhile call:" in said
    lines = box.xpath(".//li[.//a[starts-with(@href, 'tel:')]]")
    assert lines, "Nobody to call stands there"
    assert not held or held not in _words(page)


@pytest.mark.parametrize("what", ["route", "website", "place"])
def test_results_say_of_what_is_left_that_it_is_being_checked(
    own_app: Flask, stored: Database, moderator_id: int, what: str
) -> None:
    number = make_listing(
        stored, locations=f"exact | Peterborough | {POSTCODE}", confidential="no", modes="in-person"
    )
    _take_down(stored, number, what, moderator_id)
    page = _words(html.fromstring(own_app.test_client().get("/find/results").text))
    assert "Example Service A" in page and HELD[what][0] not in page
    assert HELD[what][1] in page


def test_a_member_takes_down_from_my_listings_and_from_the_listings_own_page(
    own_app: Flask, stored: Database
) -> None:
    numbers = [
        make_listing(stored, name=f"Example Service {listing}", listing=listing)
        for listing in ("listed", "needs checking")
    ]
    make_listing(stored, organisation="Example Organisation B", name="Example Service B")
    member = make_account(stored, editor_of=[make_organisation(stored)])
    addresses = [f"/moderation/hold/{number}" for number in numbers]
    assert sorted(_links(own_app, member, "/my-listings")) == addresses
    for number, address in zip(numbers, addresses, strict=True):
        assert _links(own_app, member, f"/my-listings/{number}/edit") == [address]
        assert signed_in(own_app, member).get(address).status_code == 200


def test_a_moderator_takes_down_a_listing_that_is_not_public_yet_and_it_stays_down(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    number = make_listing(stored, listing="needs checking")
    change = make_change(stored, number, {"contact_routes": NEW_ROUTES})
    address = f"/moderation/hold/{number}"
    for page in (
        "/moderation",
        f"/moderation/changes/{change}",
        f"/moderation/services/{number}/history",
        f"/my-listings?organisation={make_organisation(stored)}",
    ):
        assert _links(own_app, moderator_id, page) == [address], page
    answer = signed_in(own_app, moderator_id).post(
        address, data={"take_down": "listing|", "reason": "it puts somebody at risk", "sure": "yes"}
    )
    assert answer.status_code == 303
    with stored.transaction() as session:
        session.execute(update(Service).where(Service.id == number).values(listing="listed"))
        bump_listings_version(session)
    visitor = own_app.test_client()
    assert "This listing is being checked" in visitor.get(f"/services/{number}").text
    assert "Example Service A" not in visitor.get("/find/results").text


def test_a_moderator_takes_down_from_the_list_of_calls_and_from_a_call(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    number = make_listing(stored, contact_routes="telephone | 01632 960001")
    address = f"/moderation/hold/{number}"
    assert _links(own_app, moderator_id, "/moderation/calls") == [address]
    assert signed_in(own_app, moderator_id).post(f"/moderation/calls/{number}/claim").status_code == 303
    assert _links(own_app, moderator_id, f"/moderation/calls/{number}") == [address]
