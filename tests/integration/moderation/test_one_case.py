"""Boxes for staff warn against single cases, and ask once more about words that may be of one."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml import html

from directory.db import Database
from directory.models.service import Service
from directory.web.one_case import BOXES
from tests.accounts import signed_in
from tests.builders import make_listing
from tests.integration.my_listings.people import fields_of, words_of

WARNING = "no names, dates of birth, NHS numbers or single cases"
MAY_BE = "Her daughter Emily, aged 9, told us."


def status(stored: Database, number: int) -> str:
    with stored.reading() as session:
        return session.get_one(Service, number).status


@pytest.mark.parametrize("page", ["services/1/close", "services/1/merge", "hold/1"])
def test_every_box_for_moderators_warns(
    own_app: Flask, stored: Database, moderator_id: int, page: str
) -> None:
    make_listing(stored)
    assert WARNING in words_of(signed_in(own_app, moderator_id).get(f"/moderation/{page}").text)


def test_what_may_be_of_one_child_is_asked_about_before_it_is_stored(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    number, moderator = make_listing(stored), signed_in(own_app, moderator_id)
    path = f"/moderation/services/{number}/close"
    asked = moderator.post(path, data={"reason": MAY_BE})
    assert asked.status_code == 200 and status(stored, number) == "active"
    assert "Is this about one person?" in asked.text and "“Her daughter Emily”" in asked.text
    fields = fields_of(asked.text, path)
    assert [one.strip() for one in fields["reason"]] == [MAY_BE]
    # Other words than those that were looked at are looked at too.
    again = moderator.post(path, data={**fields, "reason": "His son Jack told us."})
    assert again.status_code == 200 and "“His son Jack”" in again.text and status(stored, number) == "active"
    assert moderator.post(path, data=fields).status_code == 303
    assert status(stored, number) == "defunct"


def test_several_boxes_are_told_apart_by_their_questions(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    boxes = {"edit-description": MAY_BE, "evidence-all": MAY_BE, "evidence-direct-help": MAY_BE}
    asked = signed_in(own_app, moderator_id).post("/moderation/changes/1/approve", data=boxes)
    labels = [
        one.text_content().partition(": ")[2]
        for one in html.document_fromstring(asked.text).cssselect("main label")
    ]
    assert len(set(labels)) == 3 and "What it does" in labels[0]
    assert labels[1] == "The same evidence for all" and labels[2].startswith("Evidence: ")


def test_words_without_a_case_and_words_that_are_refused_are_not_asked_about(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    number, moderator = make_listing(stored), signed_in(own_app, moderator_id)
    path = f"/moderation/services/{number}/close"
    refused = moderator.post(path, data={"reason": "Emily, aged 9, born on 3 May 2014"})
    assert refused.status_code == 400 and "a date of birth" in refused.text
    assert moderator.post(path, data={"reason": "Its page says so since 3 May 2024."}).status_code == 303


def test_taking_down_is_never_delayed_and_every_box_is_of_a_page_that_exists(own_app: Flask) -> None:
    assert "holds.place" not in BOXES
    assert set(BOXES) <= set(own_app.view_functions)
