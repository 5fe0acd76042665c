"""A service's owner reads what is said of the cells it fills, and answers; the answer travels with the statement."""

from __future__ import annotations

import pytest
from flask import Flask

from directory.actions.actor import Actor
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.config import Settings
from directory.matrix.types import State
from directory.reference.hours import now_utc
from tests.accounts import commissioner_of, make_account, make_organisation, signed_in
from tests.builders import make_listing
from tests.integration.matrix.grid_pages import database_of, small_site, state

HERE = "E06000031"
CELL = f"/matrix/{HERE}/G4.7"
GONE = "The reply is no longer shown."


@pytest.fixture
def site(either_settings: Settings) -> Flask:
    """Her service fills G4.7 in Peterborough, where the partnership says that there is some of it."""
    site = small_site(either_settings)
    make_listing(database_of(site), support_types="G4.7", coverage="Peterborough", modes="remote")
    told = {"evidence": "Evidence-word", "role": "Role-word manager", "effective": "no"}
    state(site, HERE, "G4.7", State.PARTLY, what="One evening a week.", **told)
    state(site, HERE, "G2.1", State.PARTLY, what="Another cell.")
    state(site, "E08000035", "G4.7", State.PARTLY, what="Another area.")
    state(site, "E08000035", "G2.4", State.PARTLY, what="Example Service A gives it.")
    return site


def test_she_reads_what_concerns_her_service_as_others_can_see_it(site: Flask) -> None:
    database = database_of(site)
    owner = signed_in(site, make_account(database, owner_of=[make_organisation(database)]))
    told = owner.get("/my-listings/1/said").text
    assert "One evening a week." in told and "Example Service A gives it." in told
    for hidden in ("Another cell.", "Another area.", "Evidence-word", "Role-word", "Does not work well"):
        assert hidden not in told


def test_what_those_who_speak_differ_on_is_not_told_to_her(site: Flask) -> None:
    database = database_of(site)
    owner = signed_in(site, make_account(database, owner_of=[make_organisation(database)]))
    state(site, HERE, "G4.7", State.NOT_AVAILABLE, what="There is none.", role="health commissioner")
    told = owner.get("/my-listings/1/said").text
    assert "There is none." not in told and "One evening a week." not in told
    assert owner.get("/my-listings/1/said/1").status_code == 404


def test_her_reply_stands_beside_the_statement_until_it_is_withdrawn(site: Flask) -> None:
    database = database_of(site)
    owner = signed_in(site, make_account(database, owner_of=[make_organisation(database)]))
    assert owner.get("/my-listings/1/said/1").status_code == 200
    sent = owner.post("/my-listings/1/said/1", data={"words": "We run <b>two</b> evenings."})
    assert sent.status_code == 303
    assert "Anyone can now read your reply" in owner.get(sent.headers["Location"]).text
    for reader, address in (
        (site.test_client(), CELL),
        (owner, "/my-listings/1/said"),
        (commissioner_of(site, HERE), f"/statements/{HERE}/G4.7"),
    ):
        assert "We run &lt;b&gt;two&lt;/b&gt; evenings." in reader.get(address).text, address
    assert (
        owner.post("/my-listings/1/said/1", data={"words": "See NHS number 943 476 5919"}).status_code == 400
    )
    assert owner.post("/my-listings/1/said/2", data={"words": "Not of hers."}).status_code == 404
    back = owner.post("/my-listings/1/said/replies/1/withdraw")
    assert back.status_code == 303
    assert "Your reply is taken back." in owner.get(back.headers["Location"]).text
    assert "evenings." not in site.test_client().get(CELL).text


def test_she_is_not_told_that_anyone_reads_it_while_her_listing_is_taken_down(site: Flask) -> None:
    database = database_of(site)
    owner = signed_in(site, make_account(database, owner_of=[make_organisation(database)]))
    by = Actor(make_account(database), "moderator", is_moderator=True)
    with database.transaction() as session:
        place_hold(session, 1, HoldAsked("listing", "", "Nobody knows it."), by=by, now=now_utc())
    sent = owner.post("/my-listings/1/said/4", data={"words": "We run two evenings."})
    told = owner.get(sent.headers["Location"]).text
    assert "Your reply is kept." in told and "Anyone can now read" not in told


def test_another_owner_can_neither_read_reply_nor_withdraw_and_a_moderator_takes_down(site: Flask) -> None:
    database = database_of(site)
    owner = signed_in(site, make_account(database, owner_of=[make_organisation(database)]))
    owner.post("/my-listings/1/said/1", data={"words": "We run two evenings."})
    other = signed_in(site, make_account(database, owner_of=[make_organisation(database, "Another")]))
    for answer in (
        other.get("/my-listings/1/said"),
        other.post("/my-listings/1/said/1", data={"words": "No."}),
        other.post("/my-listings/1/said/replies/1/withdraw"),
        owner.post("/moderation/replies/1/take-down"),
    ):
        assert answer.status_code == 403
    assert "We run two evenings." in site.test_client().get(CELL).text
    moderator = signed_in(site, make_account(database, roles=["moderator"]))
    assert "Take this reply down" in moderator.get(CELL).text
    assert moderator.post("/moderation/replies/1/take-down").status_code == 303
    assert "We run two evenings." not in site.test_client().get(CELL).text


def test_a_moderator_is_told_that_a_reply_is_down_where_she_pressed_the_button(site: Flask) -> None:
    database = database_of(site)
    owner = signed_in(site, make_account(database, owner_of=[make_organisation(database)]))
    owner.post("/my-listings/1/said/1", data={"words": "We run two evenings."})
    moderator = signed_in(site, make_account(database, roles=["moderator"]))
    # A second press changes nothing, and says the same.
    for _press in range(2):
        back = moderator.post(
            "/moderation/replies/1/take-down", headers={"Referer": f"http://localhost{CELL}?any=1"}
        )
        assert (back.status_code, back.headers["Location"]) == (303, f"{CELL}?done=reply-down")
    assert GONE in moderator.get(f"{CELL}?done=reply-down").text
    # Nobody makes a visitor read it by an address.
    assert GONE not in site.test_client().get(f"{CELL}?done=reply-down").text


@pytest.mark.parametrize(
    "referer",
    [
        "",
        f"https://example.com{CELL}",
        f"http://localhost//example.com{CELL}",
        "http://localhost/no/such/page",
        "http://localhost/moderation/replies/1/take-down",
        "http://localhost/find",
        "http://[",
    ],
)
def test_from_anywhere_else_a_moderator_is_led_to_the_history_of_the_listing(
    site: Flask, referer: str
) -> None:
    database = database_of(site)
    owner = signed_in(site, make_account(database, owner_of=[make_organisation(database)]))
    owner.post("/my-listings/1/said/1", data={"words": "We run two evenings."})
    moderator = signed_in(site, make_account(database, roles=["moderator"]))
    back = moderator.post("/moderation/replies/1/take-down", headers={"Referer": referer} if referer else {})
    assert (back.status_code, back.headers["Location"]) == (
        303, "/moderation/services/1/history?done=reply-down",
    )  # fmt: skip
    assert GONE in moderator.get(back.headers["Location"]).text
