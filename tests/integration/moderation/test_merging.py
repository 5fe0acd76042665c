"""A merge is looked at before it is done, says so afterwards, and can be undone."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from directory.actions.actor import Actor
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.db import Database
from directory.models.audit import AuditEntry
from directory.models.moved_listing import MovedListing
from directory.reference.hours import now_utc
from tests.accounts import make_account, make_organisation, signed_in
from tests.builders import make_listing
from tests.integration.my_listings.people import words_of

WHY = "It was here twice."


@pytest.fixture
def children(stored: Database) -> int:
    return make_listing(stored, coverage="Peterborough")


@pytest.fixture
def adults(stored: Database) -> int:
    return make_listing(
        stored,
        name="Example Service B",
        organisation="Example Organisation B",
        groups="G2",
        support_types="G2.1",
        coverage="Leeds",
    )


def send(app: Flask, account_id: int, old: int, **fields: object) -> TestResponse:
    return signed_in(app, account_id).post(f"/moderation/services/{old}/merge", data=fields)


def leads(stored: Database) -> dict[int, int]:
    with stored.reading() as session:
        return {row.old_id: row.service_id for row in session.scalars(select(MovedListing))}


def test_the_first_press_shows_both_and_warns_and_only_the_second_merges(
    own_app: Flask, stored: Database, moderator_id: int, children: int, adults: int
) -> None:
    form = signed_in(own_app, moderator_id).get(f"/moderation/services/{children}/merge").text
    assert f"This is listing number {children}." in words_of(form)
    first = send(own_app, moderator_id, children, new=adults, because=WHY)
    said = words_of(first.text)
    assert first.status_code == 200 and leads(stored) == {}
    assert "Families who look for Example Service A will be shown Example Service B." in said
    assert "These two are not alike." in said and said.count("Different") == 3
    assert "Example Organisation B" in said and "Leeds" in said
    # Another number than the one that was looked at is looked at first.
    other = make_listing(stored, name="Example Service C")
    again = send(own_app, moderator_id, children, new=other, because=WHY, looked_at=adults)
    assert again.status_code == 200 and leads(stored) == {}
    done = send(own_app, moderator_id, children, new=adults, because=WHY, looked_at=adults)
    assert done.status_code == 303 and leads(stored) == {children: adults}
    assert own_app.test_client().get(f"/services/{children}").status_code == 301


def test_listings_that_are_alike_are_shown_without_a_warning(
    own_app: Flask, stored: Database, moderator_id: int, children: int
) -> None:
    twin = make_listing(stored, name="Example Service A again", coverage="Peterborough")
    page = send(own_app, moderator_id, children, new=twin, because=WHY)
    assert page.status_code == 200 and "These two are not alike." not in page.text


@pytest.mark.parametrize("sent", [{"new": "x"}, {"new": "999"}, {"new": "1"}, {"new": "2", "because": " "}])
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    own_app: Flask, stored: Database, moderator_id: int, children: int, adults: int, sent: dict[str, str]
) -> None:
    assert (children, adults) == (1, 2)
    answer = send(own_app, moderator_id, children, **{"because": WHY} | sent)
    assert answer.status_code == 400 and "There is a problem" in answer.text
    assert f'value="{sent["new"]}"' in answer.text and leads(stored) == {}


@pytest.mark.parametrize("side", ["Example Organisation", "Example Organisation B"])
def test_a_moderator_who_is_a_member_of_either_side_does_not_merge_or_undo(
    own_app: Flask, stored: Database, moderator_id: int, children: int, adults: int, side: str
) -> None:
    near = make_account(stored, roles=["moderator"], editor_of=[make_organisation(stored, side)])
    fields = {"new": adults, "because": WHY, "looked_at": adults}
    refused = send(own_app, near, children, **fields)
    assert refused.status_code == 400 and "somebody else has to do it" in refused.text
    assert leads(stored) == {}
    send(own_app, moderator_id, children, **fields)
    undo = f"/moderation/services/{children}/merge/undo"
    assert signed_in(own_app, near).post(undo).status_code == 400
    assert leads(stored) == {children: adults}


def test_the_history_says_so_offers_no_merge_and_undoes_it_whole(
    own_app: Flask, stored: Database, moderator_id: int, children: int, adults: int
) -> None:
    older = make_listing(stored, name="Example Service Older")
    for old, new in ((older, children), (children, adults)):
        assert send(own_app, moderator_id, old, new=new, because=WHY, looked_at=new).status_code == 303
    assert leads(stored) == {older: adults, children: adults}
    history = f"/moderation/services/{children}/history"
    moderator = signed_in(own_app, moderator_id)
    page = moderator.get(history).text
    assert "Merged into Example Service B on" in words_of(page)
    assert f'href="/moderation/services/{children}/merge"' not in page
    assert f"Listing {children} is part of this one" in words_of(
        moderator.get(f"/moderation/services/{adults}/history").text
    )
    undo = f"/moderation/services/{children}/merge/undo"
    for _click in range(2):
        assert moderator.post(undo).status_code == 303
    assert leads(stored) == {older: children}
    assert own_app.test_client().get(f"/services/{children}").status_code == 200
    assert "Undo the merge" not in moderator.get(history).text
    assert "The merge into listing 2 was undone; moderator one" in words_of(moderator.get(history).text)
    with stored.reading() as session:
        acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts == ["merge listings", "merge listings", "undo merge"]


@pytest.mark.parametrize(
    "because",
    [
        "Ring 01632 960777 instead.",
        "See www.example.org/new",
        "Write to help@example.org",
        "Text HELP to 85258",
    ],
)
def test_why_holds_no_number_or_address_since_everybody_reads_it_and_nobody_checks_it(
    own_app: Flask, stored: Database, moderator_id: int, children: int, adults: int, because: str
) -> None:
    for more in ({}, {"looked_at": adults}):
        answer = send(own_app, moderator_id, children, new=adults, because=because, **more)
        assert answer.status_code == 400 and leads(stored) == {}
        assert "Leave out" in answer.text or "an e-mail address" in answer.text


def test_why_is_shown_without_what_is_taken_down(
    own_app: Flask, stored: Database, moderator_id: int, children: int, adults: int
) -> None:
    with stored.transaction() as session:
        session.add(
            MovedListing(
                old_id=children, service_id=adults, reason="It is 01632 960777.", moved_on=date(2026, 11, 1)
            )
        )
        what = HoldAsked("route", "01632 960777", "somebody else’s number")
        place_hold(
            session, adults, what, by=Actor(moderator_id, "moderator", is_moderator=True), now=now_utc()
        )
    page = own_app.test_client().get(f"/services/{adults}?was={children}")
    assert "It is …." in page.text and "960777" not in page.text
