"""The page of a change helps to decide: hints, a repeated problem said once, which decision it was, what is next."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from lxml import html

from directory.actions.changes.inclusion import QUESTIONS
from directory.db import Database
from directory.models.service import Service
from tests.accounts import signed_in
from tests.builders import make_listing
from tests.integration.moderation.changes import make_change, new_cells
from tests.integration.my_listings.people import words_of


@pytest.mark.parametrize(("no", "told"), [("refuse", "Refused on"), ("send back", "Sent back on")])
def test_a_decided_change_says_which_decision_and_leads_to_the_next_in_the_queue(
    own_app: Flask, stored: Database, moderator_id: int, no: str, told: str
) -> None:
    service_id, moderator = make_listing(stored), signed_in(own_app, moderator_id)
    first, own, third = (
        make_change(stored, service_id, {"waiting_weeks": weeks}, by=by)
        for weeks, by in (("6", None), ("7", moderator_id), ("8", None))
    )
    url = f"/moderation/changes/{first}"
    assert "Next in the queue" not in moderator.get(url).text
    assert moderator.post(f"{url}/no", data={"no": no, "words": "Which list?"}).status_code == 303
    page = moderator.get(f"{url}?done=sent").text
    assert told in words_of(page) and "by the moderator one" in words_of(page)
    (link,) = html.document_fromstring(page).xpath("//main//a[starts-with(., 'Next in the queue')]/@href")
    assert link == f"/moderation/changes/{third}" != f"/moderation/changes/{own}"
    approve = f"/moderation/changes/{third}/approve"
    assert moderator.post(approve, data={}).status_code == 303
    page = words_of(moderator.get(f"/moderation/changes/{third}").text)
    assert "Approved on" in page and "Nothing else waits for you in the queue." in page


def test_questions_have_their_hints_and_a_problem_of_all_of_them_is_said_once(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    change_id = make_change(stored, None, new_cells(coverage="Peterborough"))
    url, moderator = f"/moderation/changes/{change_id}", signed_in(own_app, moderator_id)
    page = moderator.get(url).text
    assert "The person helped does not pay, even if whoever refers them does" in page
    columns = re.findall(r'id="check-([a-z_]+)"', page)
    fields = {f"check-{column}": "letter" for column in columns}
    fields |= {f"register-{column}": "Charity register, 1" for column in columns}
    fields["profile"] = "first profile"
    refused = moderator.post(f"{url}/approve", data=fields)
    (box,) = html.document_fromstring(refused.text).cssselect(".govuk-error-summary")
    assert refused.status_code == 400
    assert box.text_content().count("This question has no answer.") == 1
    wanted = [f"#question-{name}" for name in QUESTIONS["first profile"]]
    assert [one.get("href") for one in box.cssselect("a")] == wanted
    # The same evidence counts for all whose own is left blank.
    fields |= {f"answer-{name}": "yes" for name in QUESTIONS["first profile"]}
    fields |= {"evidence-all": "Their page says so.", "evidence-free": "Their leaflet says so."}
    assert moderator.post(f"{url}/approve", data=fields).status_code == 303
    with stored.reading() as session:
        (service,) = session.query(Service).all()
        assert service.inclusion_decision == "included"
    listed = own_app.test_client().get("/services/1").text
    assert "Their leaflet says so." in listed and "Their page says so." in listed
