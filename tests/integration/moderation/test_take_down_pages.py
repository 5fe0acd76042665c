"""Taking down asks why, asks twice about a whole listing, and says afterwards what is down and what to do next."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.db import Database
from directory.models.hold import Hold
from tests.accounts import make_account, make_organisation, signed_in
from tests.builders import make_listing
from tests.integration.moderation.changes import OLD_NUMBER
from tests.integration.my_listings.people import words_of

WHY = {"reason": "it may be wrong"}


def down(stored: Database) -> list[tuple[str, str]]:
    with stored.reading() as session:
        return [(one.what, one.value) for one in session.scalars(select(Hold)) if one.lifted_at is None]


def take_down(browser: FlaskClient, number: int, what: str, **more: str) -> str:
    """The page that follows."""
    return browser.post(
        f"/moderation/hold/{number}", data={"take_down": what} | more, follow_redirects=True
    ).text


def test_no_reason_is_chosen_beforehand_and_without_one_nothing_is_taken_down(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    number, moderator = make_listing(stored), signed_in(own_app, moderator_id)
    assert "checked" not in moderator.get(f"/moderation/hold/{number}").text
    for reason in ({}, {"reason": "something else that somebody sent"}):
        page = take_down(moderator, number, f"route|{OLD_NUMBER}", more="Kept words", **reason)
        assert "There is a problem" in page and 'href="#reason-1"' in page and 'value="Kept words"' in page
    assert down(stored) == []


def test_a_whole_listing_is_asked_about_once_more_and_a_number_is_not(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    number, moderator = make_listing(stored), signed_in(own_app, moderator_id)
    page = words_of(take_down(moderator, number, "listing|", more="They moved", **WHY))
    assert "Nobody will find Example Service A until a moderator has looked." in page
    assert down(stored) == []
    page = words_of(take_down(moderator, number, f"route|{OLD_NUMBER}", **WHY))
    assert f"{OLD_NUMBER} is down." in page and down(stored) == [("route", OLD_NUMBER)]
    page = words_of(take_down(moderator, number, "listing|", more="They moved", sure="yes", **WHY))
    assert "The whole listing is down." in page and ("listing", "") in down(stored)


def test_afterwards_an_owner_and_a_moderator_are_each_told_the_way_on(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    number = make_listing(stored)
    owner = signed_in(own_app, make_account(stored, owner_of=[make_organisation(stored)]))
    page = take_down(owner, number, f"route|{OLD_NUMBER}", **WHY)
    assert "A moderator will ask you. We aim for two working days." in page
    edit = f"/my-listings/{number}/edit/reach"
    assert f'href="{edit}"' in page and "Give the right number" in page and 'href="/my-listings"' in page
    assert owner.get(edit).status_code == 200
    moderator = signed_in(own_app, moderator_id)
    page = take_down(moderator, number, "website|https://www.example.org", **WHY)
    assert "A moderator will ask you" not in page and "Give the right website" in page
    assert 'href="/moderation"' in page and moderator.get(edit).status_code == 200


def test_what_is_down_offers_both_choices_and_showing_it_again_comes_back_there(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    number = make_listing(stored)
    owner = signed_in(own_app, make_account(stored, owner_of=[make_organisation(stored)]))
    take_down(owner, number, f"route|{OLD_NUMBER}", **WHY)
    moderator = signed_in(own_app, moderator_id)
    page = moderator.get("/moderation/holds").text
    assert "It is right: show it again" in page
    assert "It is wrong: propose to take it out of the listing" in page
    assert f'href="/my-listings/{number}/edit/reach"' in page
    done = moderator.post("/moderation/holds/1/lift", data={"words": "I rang."})
    assert done.location == "/moderation/holds?done=shown"
    assert "It is shown again, on every page." in moderator.get(done.location).text


def test_the_history_says_what_is_down_now_and_what_was_done_by_whom(
    own_app: Flask, stored: Database, moderator_id: int, second_id: int
) -> None:
    number, moderator = make_listing(stored), signed_in(own_app, moderator_id)
    history = f"/moderation/services/{number}/history"
    assert "Taken down" not in words_of(moderator.get(history).text)
    take_down(moderator, number, "listing|", sure="yes", more="They moved", **WHY)
    page = words_of(moderator.get(history).text)
    assert "Taken down on" in page and "nobody finds it." in page and "They moved" in page
    second = signed_in(own_app, second_id)
    assert second.post("/moderation/holds/1/lift", data={"words": "I rang."}).status_code == 303
    page = words_of(moderator.get(history).text)
    assert "nobody finds it." not in page and "Taken down: the whole listing; moderator one" in page
    assert "Shown again: the whole listing; moderator two. I rang." in page


def test_only_who_may_see_the_log_of_acts_is_led_there(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    administrator = signed_in(own_app, make_account(stored, roles=["administrator"]))
    for page in ("/moderation", "/account/administration"):
        assert 'href="/moderation/acts"' in administrator.get(page).text
    assert 'href="/moderation/acts"' not in signed_in(own_app, moderator_id).get("/moderation").text
