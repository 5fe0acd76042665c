"""The pages of those who look twice: who may open them, what they show, and that no text on them does anything."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from directory.db import Database
from directory.models.audit import AuditEntry
from directory.models.hold import Hold
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from tests.accounts import make_account, make_organisation, signed_in
from tests.builders import make_listing
from tests.integration.moderation.changes import NEW_ROUTES, all_yes, make_change, new_cells, state_of

HOSTILE = "<script>alert(1)</script>\u202eevil\u2066 =HYPERLINK('x') {{ 7*7 }} \"'><b>"


@pytest.fixture
def listing_id(stored: Database) -> int:
    return make_listing(stored)


def _post(app: Flask, account_id: int, url: str, **fields: str) -> tuple[int, str]:
    answer = signed_in(app, account_id).post(
        url, data={name.replace("__", "-"): v for name, v in fields.items()}
    )
    return answer.status_code, answer.get_data(as_text=True)


def _get(app: Flask, account_id: int, url: str) -> tuple[int, str]:
    answer = signed_in(app, account_id).get(url)
    return answer.status_code, answer.get_data(as_text=True)


def test_a_member_takes_a_number_down_in_one_tap_and_another_moderator_shows_it_again(
    own_app: Flask, stored: Database, listing_id: int, moderator_id: int
) -> None:
    member = make_account(stored, editor_of=[make_organisation(stored)])
    url = f"/moderation/hold/{listing_id}"
    status, page = _get(own_app, member, url)
    assert status == 200 and 'value="route|01632 960001"' in page and "everywhere" not in page
    fields = {"take_down": "route|01632 960001", "reason": "it may be wrong"}
    assert _post(own_app, member, url, **fields)[0] == 303
    assert "960001" not in own_app.test_client().get(f"/services/{listing_id}").get_data(as_text=True)
    with stored.reading() as session:
        hold_id = session.scalars(select(Hold.id)).one()
    lift = f"/moderation/holds/{hold_id}/lift"
    assert _post(own_app, member, lift, words="I rang")[0] == 403
    assert _post(own_app, moderator_id, lift, words="")[0] == 400
    assert "960001" not in own_app.test_client().get(f"/services/{listing_id}").get_data(as_text=True)
    assert _post(own_app, moderator_id, lift, words="I rang them.")[0] == 303
    assert "960001" in own_app.test_client().get(f"/services/{listing_id}").get_data(as_text=True)


def test_who_took_it_down_does_not_show_it_again(
    own_app: Flask, stored: Database, listing_id: int, moderator_id: int
) -> None:
    fields = {"take_down": "listing|", "reason": "it puts somebody at risk", "sure": "yes"}
    assert _post(own_app, moderator_id, f"/moderation/hold/{listing_id}", **fields)[0] == 303
    with stored.reading() as session:
        hold_id = session.scalars(select(Hold.id)).one()
    status, page = _post(own_app, moderator_id, f"/moderation/holds/{hold_id}/lift", words="mine")
    assert status == 400 and "somebody else has to look" in page
    public = own_app.test_client().get(f"/services/{listing_id}").get_data(as_text=True)
    assert "The whole listing is being checked" in public and "Example Service A" not in public


def test_members_of_others_find_no_hold_page_and_only_moderators_open_the_rest(
    own_app: Flask, stored: Database, listing_id: int
) -> None:
    other = make_account(stored, owner_of=[make_organisation(stored, "Example Other")])
    change_id = make_change(stored, listing_id, {"waiting_weeks": "6"})
    assert _get(own_app, other, f"/moderation/hold/{listing_id}")[0] == 404
    fields = {"take_down": "listing|", "reason": "r", "everywhere": "yes"}
    assert _post(own_app, other, f"/moderation/hold/{listing_id}", **fields)[0] == 404
    assert _get(own_app, other, f"/moderation/changes/{change_id}/mine")[0] == 404
    assert _post(own_app, other, f"/moderation/changes/{change_id}/withdraw")[0] == 404
    for url in (
        "/moderation",
        "/moderation/holds",
        "/moderation/steps",
        "/moderation/acts",
        f"/moderation/changes/{change_id}",
        f"/moderation/services/{listing_id}/history",
        f"/moderation/corrections/{listing_id}",
    ):
        assert _get(own_app, other, url)[0] == 403, url
        assert own_app.test_client().get(url).status_code == 303
    assert state_of(stored, change_id) == "waiting"


def test_a_change_is_approved_on_its_page_and_what_is_missing_is_said_by_its_field(
    own_app: Flask, stored: Database, listing_id: int, moderator_id: int, second_id: int
) -> None:
    change_id = make_change(stored, listing_id, {"contact_routes": NEW_ROUTES, "waiting_weeks": "6"})
    url = f"/moderation/changes/{change_id}"
    status, page = _get(own_app, moderator_id, url)
    assert status == 200 and "01632 960222" in page and 'value="telephone|01632 960001"' in page
    assert 'value="telephone|01632 960222"' not in page
    assert "How many weeks people wait" in _get(own_app, moderator_id, "/moderation")[1]
    status, page = _post(own_app, moderator_id, f"{url}/approve", edit__waiting_weeks="7")
    assert status == 400 and 'href="#field-contact_routes"' in page and ">\n7</textarea>" in page
    fields = {"check-contact_routes": "telephone|01632 960001", "edit-waiting_weeks": "7"}
    for _click in range(2):
        assert _post(own_app, moderator_id, f"{url}/approve", **fields)[0] == 303
    assert "960222" in own_app.test_client().get(f"/services/{listing_id}").get_data(as_text=True)
    status, page = _post(own_app, second_id, f"{url}/approve", **fields)
    assert status == 409 and "Somebody else has approved this already." in page


def test_a_refusal_is_answered_by_whoever_sent_it(
    own_app: Flask, stored: Database, listing_id: int, moderator_id: int
) -> None:
    owner = make_account(stored, owner_of=[make_organisation(stored)])
    change_id = make_change(stored, listing_id, {"waiting_weeks": "6"}, by=owner)
    url = f"/moderation/changes/{change_id}"
    assert _post(own_app, moderator_id, f"{url}/no", no="refuse", words="")[0] == 400
    assert _post(own_app, moderator_id, f"{url}/no", no="refuse", words="Which list?")[0] == 303
    assert "Which list?" in _get(own_app, owner, f"{url}/mine")[1]
    assert _post(own_app, owner, f"{url}/answer", words="The one for adults.")[0] == 303
    assert "The one for adults." in _get(own_app, moderator_id, url)[1]


def test_a_new_service_is_listed_from_its_page(own_app: Flask, stored: Database, moderator_id: int) -> None:
    change_id = make_change(stored, None, new_cells(coverage="Peterborough"))
    url = f"/moderation/changes/{change_id}"
    page = _get(own_app, moderator_id, url)[1]
    columns = re.findall(r'id="check-([a-z_]+)"', page)
    fields = {f"check-{column}": "letter" for column in columns}
    fields |= {f"register-{column}": "Charity register, 1" for column in columns}
    for name, (answer, evidence) in all_yes().answers.items():
        fields |= {f"answer-{name}": answer, f"evidence-{name}": evidence}
    missing = {name: value for name, value in fields.items() if name != "answer-free"} | {
        "profile": "first profile"
    }
    status, page = _post(own_app, moderator_id, f"{url}/approve", **missing)
    assert status == 400 and 'href="#question-free"' in page
    status, page = _post(own_app, moderator_id, f"{url}/approve", profile="first profile", **fields)
    assert status == 303
    assert "Example Service New" in own_app.test_client().get("/find/results").get_data(as_text=True)


def test_history_is_shown_and_small_facts_are_put_back_while_a_number_waits_for_another(
    own_app: Flask, stored: Database, listing_id: int, moderator_id: int, second_id: int
) -> None:
    for cells in ({"waiting_weeks": "6"}, {"contact_routes": NEW_ROUTES}):
        change_id = make_change(stored, listing_id, cells)
        fields = {"check-contact_routes": "telephone|01632 960001"}
        assert _post(own_app, moderator_id, f"/moderation/changes/{change_id}/approve", **fields)[0] == 303
    url = f"/moderation/services/{listing_id}/history"
    versions = re.findall(r"/moderation/versions/(\d+)/restore", _get(own_app, moderator_id, url)[1])
    assert len(versions) == 2  # The newest is what is listed.
    with_old_number = f"/moderation/versions/{versions[0]}/restore"
    answer = signed_in(own_app, moderator_id).post(with_old_number)
    assert answer.status_code == 303 and "/moderation/changes/" in answer.headers["Location"]
    public = f"/services/{listing_id}"
    assert "960001" not in own_app.test_client().get(public).get_data(as_text=True)
    waits = answer.headers["Location"].partition("?")[0]
    assert _post(own_app, moderator_id, f"{waits}/approve", **fields)[0] == 400
    fields = {"check-contact_routes": "telephone|01632 960222"}
    assert _post(own_app, second_id, f"{waits}/approve", **fields)[0] == 303
    assert "960001" in own_app.test_client().get(public).get_data(as_text=True)
    first = f"/moderation/versions/{versions[-1]}/restore"
    assert "/history" in signed_in(own_app, moderator_id).post(first).headers["Location"]
    with stored.reading() as session:
        query = select(ProposedChange).where(ProposedChange.kind == "restore").order_by(ProposedChange.id)
        change = session.scalars(query).all()[-1]
        assert (change.state, change.source, change.proposed_by) == ("published", "moderator", moderator_id)
        assert change.organisation_id == session.get_one(Service, listing_id).organisation_id
        acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.id.desc()).limit(2)).all()
    # Stored as every proposal is, and then what it was.
    assert acts == ["restore version", "propose change"]


def test_a_listing_is_closed_and_the_log_tells(
    own_app: Flask, stored: Database, listing_id: int, moderator_id: int
) -> None:
    close = f"/moderation/services/{listing_id}/close"
    assert _post(own_app, moderator_id, close, reason="")[0] == 400
    assert _post(own_app, moderator_id, close, reason="Their page says so.")[0] == 303
    assert own_app.test_client().get(f"/services/{listing_id}").status_code == 410
    administrator = make_account(stored, roles=["administrator"])
    status, page = _get(own_app, administrator, "/moderation/acts?act=close+service")
    assert status == 200 and "1 act" in page
    assert _get(own_app, moderator_id, "/moderation/acts")[0] == 403
    assert _get(own_app, administrator, "/moderation/acts?page=2&act=" + "x" * 50)[0] == 404


def test_hostile_text_is_only_text_on_every_page(
    own_app: Flask, stored: Database, listing_id: int, moderator_id: int
) -> None:
    cells = {"name": HOSTILE, "description": HOSTILE, "waiting_note": HOSTILE, "contact_routes": HOSTILE}
    change_id = make_change(stored, listing_id, cells, words=HOSTILE, role=HOSTILE)
    new_id = make_change(stored, None, cells | {"organisation": HOSTILE, "url": HOSTILE})
    visitor = own_app.test_client()
    fields = {"about": "other", "words": HOSTILE}
    assert visitor.post(f"/services/{listing_id}/correct", data=fields).status_code == 303
    with stored.transaction() as session:
        session.get_one(Service, listing_id).name = HOSTILE
    hold = f"/moderation/hold/{listing_id}"
    down = {"take_down": f"route|{HOSTILE}", "reason": "another reason", "more": HOSTILE}
    assert _post(own_app, moderator_id, hold, **down)[0] == 303
    for url in (
        "/moderation",
        "/moderation/holds",
        f"/moderation/changes/{change_id}",
        f"/moderation/changes/{new_id}",
        f"/moderation/corrections/{listing_id}",
        f"/moderation/services/{listing_id}/history",
        hold,
    ):
        status, page = _get(own_app, moderator_id, url)
        assert status == 200, url
        assert "<script>alert" not in page and "<b>" not in page and "{{ 7*7 }} 49" not in page, url
        assert "&lt;script&gt;" in page, url
    for url in ("/map/services.geojson", "/map/frame", f"/services/{listing_id}", "/find/results"):
        assert "<script>alert" not in visitor.get(url).get_data(as_text=True), url


def test_nothing_of_a_visitors_words_is_in_the_log_of_acts(
    own_app: Flask, stored: Database, listing_id: int, moderator_id: int
) -> None:
    fields = {"about": "other", "words": "please help, he is hurting me"}
    assert own_app.test_client().post(f"/services/{listing_id}/correct", data=fields).status_code == 303
    assert "Read this first" in _get(own_app, moderator_id, "/moderation")[1]
    assert "hurting" in _get(own_app, moderator_id, f"/moderation/corrections/{listing_id}")[1]
    assert _post(own_app, moderator_id, "/moderation/corrections/1/close", result="", service="1")[0] == 400
    assert _post(own_app, moderator_id, "/moderation/corrections/1/close", result="called 999")[0] == 303
    with stored.reading() as session:
        entries = session.scalars(select(AuditEntry)).all()
        assert [entry.act for entry in entries] == ["close correction"]
        assert "hurting" not in str([entry.details for entry in entries])
