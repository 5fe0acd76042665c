"""A commissioner says what exists in her areas, on pages; the public page shows what it may."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from directory.config import Settings
from directory.matrix.types import State
from directory.models.audit import AuditEntry
from directory.models.outbox import OutboxMail
from directory.models.statement import Statement
from tests.accounts import commissioner_of, make_account, make_organisation, signed_in
from tests.builders import make_listing
from tests.integration.matrix.grid_pages import (
    database_of,
    half_states,
    page,
    small_site,
    state,
    today,
    words,
)

HERE, ELSEWHERE, COUNTY = "E06000031", "E08000035", "cambridgeshire-and-peterborough"


@pytest.fixture
def site(either_settings: Settings) -> Flask:
    return small_site(either_settings)


@pytest.fixture
def hers(site: Flask) -> FlaskClient:
    return commissioner_of(site, HERE)


def answers(**what: object) -> dict[str, object]:
    day = today()
    return {
        "type": ["G2.1", "G2.4", "G4.7"], "exists": "partly", "mode": "both", "what": "Two workers.", "sector": "",
        "effective": "mixed", "evidence": "Review of the spring", "body": "partnership",
        "stated_on": [str(day.day), str(day.month), str(day.year)],
    } | what  # fmt: skip


def rows(site: Flask, kind: type) -> list:  # type: ignore[type-arg]  # rows of any table
    with database_of(site).reading() as session:
        found = list(session.scalars(select(kind).order_by(kind.id)))
        session.expunge_all()
    return found


def test_three_cells_are_stated_at_once_and_the_public_page_shows_what_it_may(
    site: Flask, hers: FlaskClient
) -> None:
    assert f"/statements/{HERE}" in hers.get("/statements/").text
    assert 'name="type"' in hers.get(f"/statements/{HERE}").text
    assert hers.get(f"/statements/{HERE}/state?type=G2.1&type=G2.4").status_code == 200
    checked = hers.post(f"/statements/{HERE}/state", data=answers())
    assert checked.status_code == 200 and "Two workers." in checked.text
    assert rows(site, Statement) == [] and rows(site, AuditEntry) == []
    done = hers.post(f"/statements/{HERE}/record", data=answers())
    assert done.status_code == 303
    shown = page(hers, done.headers["Location"]).cssselect("[role=status] li")
    assert [one.cssselect("a")[0].get("href") for one in shown] == [
        f"/matrix/{HERE}/{code}" for code in ("G2.1", "G2.4", "G4.7")
    ]
    assert words(shown[1]) == (
        "Advocacy: independent sexual violence adviser for children "
        "(Children who have been sexually abused): ◐ Partly available"
    )
    made = rows(site, Statement)
    assert [(one.support_type, one.role) for one in made] == [
        (code, "commissioning manager") for code in ("G2.1", "G2.4", "G4.7")
    ]
    assert [one.act for one in rows(site, AuditEntry)] == ["state cell"] * 3
    tree = page(site.test_client(), f"/matrix/{HERE}/G2.4")
    assert half_states(tree)["in-person"] == "partly"
    told = words(tree)
    assert "Two workers." in told
    assert not re.search("Review of the spring|commissioning manager|Works for some", told)


def test_what_is_sent_twice_is_recorded_once(site: Flask, hers: FlaskClient) -> None:
    for _time in range(2):
        again = hers.post(f"/statements/{HERE}/record", data=answers())
    assert len(rows(site, Statement)) == 3
    told = words(page(hers, again.headers["Location"]))
    assert "was said already" in told and "Supportive first response in everyday services" in told
    made_up = words(page(hers, f"/statements/{HERE}?recorded=G2.99&again=<b>&again=G2.1"))
    assert "Recorded" not in made_up and "was said already" not in made_up


def test_the_list_has_its_button_under_each_group_and_a_way_to_each(hers: FlaskClient) -> None:
    tree = page(hers, f"/statements/{HERE}")
    (form,) = tree.cssselect("main form")
    tables = form.cssselect("table")
    assert len(tables) == 9 == len(form.cssselect("button"))
    assert all(table.getnext().tag == "button" for table in tables)
    ways = [way.get("href") for way in tree.cssselect("nav[aria-labelledby='groups-heading'] a")]
    assert ways == [f"#{table.cssselect('caption')[0].get('id')}" for table in tables]
    assert "Does not apply" in words(form)


@pytest.mark.parametrize("ticked", ["", "?type=", "?type=G2.99", "?type=G2.1&type=<b>"])
def test_where_nothing_is_ticked_the_list_comes_again_and_says_so(
    site: Flask, hers: FlaskClient, ticked: str
) -> None:
    answer = hers.get(f"/statements/{HERE}/state{ticked}")
    assert answer.status_code == 400
    tree = html.fromstring(answer.text)
    (way,) = tree.cssselect(".govuk-error-summary a")
    assert words(way) == "Tick at least one kind of support"
    assert tree.get_element_by_id(way.get("href")[1:]).get("name") == "type"
    assert tree.cssselect("title")[0].text.startswith("There is a problem: ")
    for step in ("state", "record"):
        sent = hers.post(f"/statements/{HERE}/{step}", data=answers(type=[]))
        assert sent.status_code == 400 and "Tick at least one kind of support" in sent.text
    assert rows(site, Statement) == []


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"exists": ""}, "Choose whether it exists here"),
        ({"exists": "not-available"}, "only of support that exists"),
        ({"body": "national"}, "Not a valid choice"),
        ({"stated_on": ["1", "1", "2199"]}, "in the future"),
        ({"stated_on": []}, "Enter the day"),
        ({"stated_on": ["1", "2"]}, "Not a valid date"),
        ({"what": "Her NHS number is 943 476 5919."}, "about a person or a case"),
        ({"what": "=1+1"}, "formula"),
    ],
)
def test_what_breaks_a_rule_is_told_by_its_box_and_nothing_is_lost(
    site: Flask, hers: FlaskClient, what: dict[str, object], said: str
) -> None:
    for step in ("state", "record"):
        answer = hers.post(f"/statements/{HERE}/{step}", data=answers(**what))
        assert answer.status_code == 400 and said in answer.text
        assert "Review of the spring" in answer.text
    assert rows(site, Statement) == []


def test_only_her_own_areas_and_those_in_them(site: Flask, hers: FlaskClient) -> None:
    wider = commissioner_of(site, COUNTY)
    for path in ("", "/state?type=G2.1", "/G2.1"):
        assert wider.get(f"/statements/{HERE}{path}").status_code == 200
        assert hers.get(f"/statements/{ELSEWHERE}{path}").status_code == 403
        assert hers.get(f"/statements/{COUNTY}{path}").status_code == 403
        assert hers.get(f"/statements/nowhere{path}").status_code == 404
    assert hers.post(f"/statements/{ELSEWHERE}/record", data=answers()).status_code == 403
    owner = signed_in(site, make_account(database_of(site), owner_of=[make_organisation(database_of(site))]))
    assert owner.get(f"/statements/{HERE}").status_code == 403
    assert site.test_client().get(f"/statements/{HERE}").status_code == 303
    assert rows(site, Statement) == []


def test_she_takes_back_her_own_and_not_what_another_said(site: Flask, hers: FlaskClient) -> None:
    hers.post(f"/statements/{HERE}/record", data=answers(type=["G2.1"]))
    state(site, HERE, "G2.1", State.NOT_AVAILABLE)
    told = hers.get(f"/statements/{HERE}/G2.1").text
    assert "differ" in told and "/1/withdraw" in told and "/2/withdraw" not in told
    address = f"/statements/{HERE}/G2.1"
    assert hers.post(f"{address}/1/withdraw", data={"because": ""}).status_code == 400
    assert hers.post(f"{address}/2/withdraw", data={"because": "Not so."}).status_code == 400
    assert hers.post(f"{address}/3/withdraw", data={"because": "Not so."}).status_code == 404
    done = hers.post(f"{address}/1/withdraw", data={"because": "It closed."})
    assert done.status_code == 303 and "It closed." in hers.get(address).text
    tree = page(hers, done.headers["Location"])
    assert words(tree.cssselect(".govuk-notification-banner")[0]).startswith("Done It is taken back.")
    assert "everyday services (Children who have been sexually abused): ○ Not available" in words(tree)
    assert words(tree.cssselect(".statement--past dt")[0]) == "Taken back"
    assert "notification" not in hers.get(f"{address}?done=something").text
    assert [one.withdrawn_on is None for one in rows(site, Statement)] == [False, True]
    assert rows(site, AuditEntry)[-1].act == "withdraw statement"


def test_a_successor_takes_back_what_the_commissioner_before_her_said(site: Flask) -> None:
    state(site, HERE, "G2.1", State.NOT_AVAILABLE, body="commissioner", role="head of services")
    address = f"/statements/{HERE}/G2.1"
    wider, hers = commissioner_of(site, COUNTY), commissioner_of(site, HERE, title="children's lead")
    assert "/1/withdraw" not in wider.get(address).text
    assert wider.post(f"{address}/1/withdraw", data={"because": "Not so."}).status_code == 400
    assert "/1/withdraw" in hers.get(address).text
    assert hers.post(f"{address}/1/withdraw", data={"because": ""}).status_code == 400
    assert [one.withdrawn_on for one in rows(site, Statement)] == [None]
    assert hers.post(f"{address}/1/withdraw", data={"because": "It opened."}).status_code == 303
    assert [one.withdrawn_reason for one in rows(site, Statement)] == ["children's lead: It opened."]
    (line,) = rows(site, AuditEntry)
    assert line.act == "withdraw statement" and line.details["said_for"] == "commissioner"


def test_an_owner_is_told_once_a_week_and_only_of_what_concerns_her_service(
    site: Flask, hers: FlaskClient
) -> None:
    database = database_of(site)
    make_listing(database, support_types="G4.7", coverage="Peterborough")
    make_account(database, email="owner@example.org", owner_of=[make_organisation(database)])
    hers.post(f"/statements/{HERE}/record", data=answers(type=["G2.1"]))
    assert rows(site, OutboxMail) == []
    hers.post(f"/statements/{HERE}/record", data=answers(type=["G4.7"]))
    hers.post(f"/statements/{HERE}/record", data=answers(type=["G4.7"], exists="available"))
    (mail,) = rows(site, OutboxMail)
    assert mail.to_address == "owner@example.org" and mail.subject.startswith("Your listings")
    assert not re.search("abuse|Peterborough|G4|support", mail.subject + mail.body)
