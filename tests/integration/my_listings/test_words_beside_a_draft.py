"""Half letters of a forged page are refused, and two who answer the same questions lose nothing."""

from __future__ import annotations

import json

import pytest
from werkzeug.datastructures import MultiDict

from directory.actions.changes.draft import unreadable
from directory.errors import RuleBroken
from directory.web.my_listings.clash import read_choices
from directory.web.my_listings.page_form import was_in
from tests.accounts import make_account, signed_in
from tests.integration.my_listings.people import Place, fields_of, send_page, words_of

HALF = '{"waiting_note": "\\ud800"}'
NOTHING = '{"waiting_note": "\\u0000"}'
WHOLE = '{"waiting_note": "\\ud83d\\ude00"}'


@pytest.mark.parametrize("forged", [HALF, NOTHING, '{"\\udfff": ""}', "[1]", '{"waiting_note": 1}', ""])
def test_a_hidden_field_that_cannot_be_stored_is_not_read(forged: str) -> None:
    columns = ("waiting_note",)
    assert was_in(MultiDict({"was": forged}), columns) is None
    whole = {"mine": WHOLE, "theirs": WHOLE, "was": WHOLE}
    assert was_in(MultiDict({"was": WHOLE}), columns) == {"waiting_note": "\U0001f600"}
    for name in whole:
        with pytest.raises(RuleBroken):
            read_choices(MultiDict(whole | {name: forged}), columns)


def test_no_cell_holds_half_a_letter() -> None:
    assert [one.column for one in unreadable({"waiting_note": json.loads('"\\ud800"')})] == ["waiting_note"]


@pytest.mark.parametrize("path", ["edit/waiting", "edit/waiting/choose", "check/choose", "waiting"])
@pytest.mark.parametrize("forged", [HALF, NOTHING])
def test_a_forged_page_is_answered_and_the_listing_stays_readable(
    place: Place, path: str, forged: str
) -> None:
    send_page(place.owner, place.path("edit/waiting"), waiting_note="About a month.")
    data = {"was": forged, "mine": forged, "theirs": forged, "choose-waiting_note": "mine"}
    assert place.owner.post(place.path(path), data=data).status_code < 500
    for page in ("edit/waiting", "check", "history"):
        assert place.owner.get(place.path(page)).status_code == 200


def test_two_who_write_evidence_at_once_both_keep_theirs(place: Place) -> None:
    at = place.owner.post(f"/my-listings/{place.organisation_id}/new").location
    address = f"{at}/evidence"
    second = signed_in(place.app, make_account(place.database, editor_of=[place.organisation_id]))
    hers, his = (fields_of(one.get(address).text) for one in (place.owner, second))
    hers |= {"free": ["Page 1."], "wellbeing": ["Page 2."]}
    his |= {"free": ["Our fees page."], "specific": ["Our name."]}
    assert place.owner.post(address, data=hers).status_code == 303
    answer = second.post(address, data=his)
    assert answer.status_code == 409
    assert "Somebody else has changed this to ‘Page 1.’ meanwhile" in words_of(answer.text)
    again = fields_of(answer.text)
    assert (again["free"], again["wellbeing"], again["specific"]) == (
        ["Our fees page."], ["Page 2."], ["Our name."],
    )  # fmt: skip
    assert second.post(address, data=again).status_code == 303
    assert second.post(address, data=again).status_code == 303
    (draft,) = place.changes("draft")
    assert set(draft.words.split("\n")) == {
        "free: Our fees page.",
        "wellbeing: Page 2.",
        "specific: Our name.",
    }
