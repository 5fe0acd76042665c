"""The owner of a listing that another became part of reads what that one was; old numbers lead on."""

from __future__ import annotations

from flask.testing import FlaskClient

from directory.actions.actor import Actor
from directory.actions.changes.apply import apply_cells
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.actions.merge_listings import merge_listings
from directory.reference.hours import now_utc, today_in_london
from tests.accounts import make_account, make_organisation, signed_in
from tests.builders import TablePlaces, make_listing
from tests.integration.my_listings.people import Place, words_of


def merged(place: Place, organisation: str = "Example Organisation") -> int:
    """Another listing, changed once and then made part of hers; its number."""
    old = make_listing(
        place.database, name="Example Service Old", organisation=organisation,
        locations="confidential | Huntingdon", groups="G4",
    )  # fmt: skip
    with place.database.transaction() as session:
        cells = {"waiting_note": "About a month.", "locations": "confidential | Peterborough"}
        apply_cells(session, old, cells, TablePlaces(), act="small facts changed", role="t", now=now_utc())
        merge_listings(
            session, old, place.service_id, because="Both are one service.", today=today_in_london(),
            by=Actor(None, "moderator"), now=now_utc(),
        )  # fmt: skip
    return old


def owner_of(place: Place, organisation: str) -> FlaskClient:
    number = make_organisation(place.database, organisation)
    return signed_in(place.app, make_account(place.database, owner_of=[number]))


def test_its_owner_reads_what_the_merged_listing_was_and_its_old_address_leads_there(place: Place) -> None:
    old = merged(place)
    said = words_of(place.owner.get(place.path("history")).text)
    assert f"Listing {old} is part of this one since" in said and "Example Service Old" in said
    assert "Both are one service." in said and "Then: About a month." in said and "Huntingdon" in said
    led = place.owner.get(f"/my-listings/{old}/history")
    assert led.status_code == 302 and led.location == place.path("history")


def test_what_another_organisation_keeps_private_is_not_shown_with_it(place: Place) -> None:
    old = merged(place, "Example of others")
    said = words_of(place.owner.get(place.path("history")).text)
    assert "Then: About a month." in said and "Huntingdon" not in said
    others = owner_of(place, "Example of others")
    assert others.get(f"/my-listings/{old}/history", follow_redirects=True).status_code == 404


def test_nor_are_staffs_words_of_it_nor_what_is_held_nor_a_way_in_that_is_a_place(place: Place) -> None:
    old = merged(place, "Example of others")
    cells = {
        "listing_reason": "Rang twice.", "source_note": "From a list.", "description": "Ring 01632 960555 now.",
        "locations": "town | Peterborough", "contact_routes": "telephone | 01632 960001\nwalk-in | 5 Example Street",
    }  # fmt: skip
    with place.database.transaction() as session:
        apply_cells(session, old, cells, TablePlaces(), act="imported", role="t", now=now_utc())
    one = Actor(make_account(place.database, roles=["moderator"]), "moderator", is_moderator=True)
    with place.database.transaction() as session:
        place_hold(session, old, HoldAsked("route", "01632 960555", "Wrong."), by=one, now=now_utc())
    said = words_of(place.owner.get(place.path("history")).text)
    assert "Ring … now." in said
    for word in ("Rang twice.", "From a list.", "960555", "5 Example Street"):
        assert word not in said, word


def test_the_page_on_which_to_ask_to_manage_it_leads_on_and_what_was_written_there_is_kept(
    place: Place,
) -> None:
    old, visitor = merged(place), place.app.test_client()
    new = f"/services/{place.service_id}/manage"
    for page in ("", "/sent"):
        led = visitor.get(f"/services/{old}/manage{page}")
        assert led.status_code == 301 and led.location == f"{new}{page}"
    typed = {"title": "manager", "email": "manager@example.org", "words": "I run it."}
    headers = {"Sec-Fetch-Site": "same-origin"}
    sent = visitor.post(f"/services/{old}/manage", data=typed, headers=headers)
    assert sent.status_code == 303 and sent.location == f"{new}/sent"
    wrong = {"about": "telephone", "words": "It rings out."}
    told = visitor.post(f"/services/{old}/correct", data=wrong, headers=headers)
    assert told.status_code == 303 and told.location == f"/services/{place.service_id}/correct/sent"


def test_its_owner_reads_when_it_was_confirmed_and_a_moderator_too(place: Place) -> None:
    place.owner.post("/my-listings/confirm", data={"id": place.service_id})
    assert "When it was confirmed" in words_of(place.owner.get(place.path("history")).text)
    staff = signed_in(place.app, make_account(place.database, roles=["moderator"]))
    said = words_of(staff.get(f"/moderation/services/{place.service_id}/history").text)
    assert "Confirmed: everything in it is right; service manager" in said


def test_its_owner_reads_how_to_bring_something_back(place: Place) -> None:
    page = place.owner.get(place.path("history")).text
    address = place.app.config["SETTINGS"].contact_email
    assert f'href="/my-listings/{place.service_id}/edit"' in page
    assert address and f'href="mailto:{address}"' in page
