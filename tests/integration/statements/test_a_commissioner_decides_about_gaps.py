"""A commissioner says on pages what is decided about a gap of her area, and when the money of its services ends."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.matrix.areas import ENGLAND_AND_WALES
from directory.models.audit import AuditEntry
from directory.models.funding import TAKEN_BACK
from directory.models.tables import Funding, GapStatus
from directory.reference.hours import today_in_london
from tests.accounts import commissioner_of, make_account, make_organisation, signed_in
from tests.integration.matrix.gap_site import NONE, REGISTER, say, site, words
from tests.integration.matrix.gap_site import page as page_of

__all__ = ["site"]

HERE, ELSEWHERE, COUNTY = "E06000031", "E08000035", "cambridgeshire-and-peterborough"
DECIDE = f"/statements/{HERE}/gaps/{NONE}"
MONEY = f"/statements/{HERE}/funding/2"


@pytest.fixture
def hers(site: Flask) -> FlaskClient:
    return commissioner_of(site, HERE)


def typed(day: date) -> list[str]:
    return [str(day.day), str(day.month), str(day.year)]


def decision(**what: object) -> dict[str, object]:
    answers = {"status": "planned", "because": "Two workers from April.", "seen": "0"}
    return answers | {"stated_on": typed(today_in_london())} | what


def money(**what: object) -> dict[str, object]:
    told = {"ends_on": typed(today_in_london() + timedelta(days=400)), "words": "Renewed once.", "seen": "1"}
    return told | what


def rows(site: Flask, kind: type) -> list:  # type: ignore[type-arg]  # rows of any table
    with site.extensions["database"].reading() as session:
        found = list(session.scalars(select(kind).order_by(kind.id)))
        session.expunge_all()
    return found


def test_what_is_decided_stands_on_the_gap_and_the_public_sees_what_it_may(
    site: Flask, hers: FlaskClient
) -> None:
    assert f"{DECIDE}" in hers.get(f"{REGISTER}/{NONE}").text
    asks = words(page_of(hers, DECIDE))
    assert "Disputed You say that it is not so. Write why. Only commissioners see this." in asks
    checked = hers.post(DECIDE, data=decision())
    assert checked.status_code == 200 and "Two workers from April." in checked.text
    assert rows(site, GapStatus) == []
    done = hers.post(f"{DECIDE}/record", data=decision())
    there = f"{REGISTER}/{NONE}?done=decided"
    assert (done.status_code, done.headers["Location"]) == (303, there)
    told = words(page_of(hers, there))
    assert "Done Anyone can now see: Planned, " in told and "Two workers from April." in told
    assert "Reason (only commissioners see it)" in told
    assert "Anyone can now see" not in hers.get(f"{REGISTER}/{NONE}").text
    assert "Anyone can now see" not in site.test_client().get(there).text
    told = words(page_of(site.test_client(), f"{REGISTER}/{NONE}"))
    assert "Planned" in told
    assert not re.search(
        "Two workers|commissioning manager|Say what is decided|Change what was decided", told
    )
    (line,) = (one for one in rows(site, AuditEntry) if one.act == "decide gap")
    assert (line.details["gap"], line.details["status"], line.role) == (
        NONE,
        "planned",
        "commissioning manager",
    )


def test_a_change_and_taking_it_back_keep_what_was_decided_before(site: Flask, hers: FlaskClient) -> None:
    hers.post(f"{DECIDE}/record", data=decision())
    assert "taken back" in hers.get(DECIDE).text and "Two workers" in hers.get(DECIDE).text
    back = decision(status="open", because="", seen="1")
    refused = hers.post(f"{DECIDE}/record", data=back)
    assert refused.status_code == 400 and "is taken back" in refused.text
    assert hers.post(f"{DECIDE}/record", data=back | {"because": "No money."}).status_code == 303
    assert [(one.status, one.reason) for one in rows(site, GapStatus)] == [
        ("planned", "Two workers from April."),
        ("open", "No money."),
    ]


def test_what_is_sent_twice_is_recorded_once_and_what_another_decided_is_read_first(
    site: Flask, hers: FlaskClient
) -> None:
    for _time in range(2):
        assert hers.post(f"{DECIDE}/record", data=decision()).status_code == 303
    assert len(rows(site, GapStatus)) == 1
    other = commissioner_of(site, COUNTY, title="head of planning")
    late = other.post(f"{DECIDE}/record", data=decision(status="accepted", because="Not now."))
    assert late.status_code == 400 and "since you opened this page" in late.text
    assert "Not now." in late.text and "Two workers from April." in late.text
    assert 'name="seen" value="1"' in late.text
    again = decision(status="accepted", because="Not now.", seen="1")
    assert other.post(f"{DECIDE}/record", data=again).status_code == 303


def test_a_dispute_is_for_commissioners_alone(site: Flask, hers: FlaskClient) -> None:
    hers.post(f"{DECIDE}/record", data=decision(status="disputed", because="There is one."))
    assert "Disputed" in hers.get(f"{REGISTER}/{NONE}").text
    told = words(page_of(hers, f"{REGISTER}/{NONE}?done=decided"))
    assert "Only commissioners see that it is disputed, and why. Anyone else still sees: Open." in told
    visitor = site.test_client()
    assert not re.search("There is one|Disputed", words(page_of(visitor, f"{REGISTER}/{NONE}")))


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"status": ""}, "Choose what is decided"),
        ({"status": "gone"}, "Not a valid choice"),
        ({"because": ""}, "needs a reason"),
        ({"because": "=HYPERLINK(1)"}, "formula"),
        ({"because": "See NHS number 943 476 5919."}, "an NHS number"),
        ({"because": "long " * 500}, "characters"),
        ({"stated_on": ["1", "1", "2199"]}, "in the future"),
        ({"stated_on": ["31", "2", "2026"]}, "Not a valid date"),
        ({"stated_on": ["\u0661", "x", ""]}, "Not a valid date"),
        ({"stated_on": []}, "Enter the day"),
    ],
)
def test_a_decision_that_breaks_a_rule_is_told_by_its_box_and_nothing_is_stored(
    site: Flask, hers: FlaskClient, what: dict[str, object], said: str
) -> None:
    for step in ("", "/record"):
        answer = hers.post(f"{DECIDE}{step}", data=decision(**what))
        assert answer.status_code == 400 and said in answer.text, answer.text[-3000:]
    assert rows(site, GapStatus) == []


def test_only_whoever_speaks_for_the_area_decides_or_tells_of_money(site: Flask, hers: FlaskClient) -> None:
    database = site.extensions["database"]
    others = {
        "another area": commissioner_of(site, ELSEWHERE),
        "an owner": signed_in(site, make_account(database, owner_of=[make_organisation(database)])),
        "a moderator": signed_in(site, make_account(database, roles=["moderator"])),
    }
    for who, client in others.items():
        for path in (DECIDE, f"/statements/{HERE}/funding", MONEY, f"{MONEY}/take-back"):
            assert client.get(path).status_code == 403, (who, path)
        for path in (DECIDE, f"{DECIDE}/record", MONEY, f"{MONEY}/record", f"{MONEY}/take-back"):
            assert client.post(path, data=decision() | money()).status_code == 403, (who, path)
        assert DECIDE not in client.get(f"{REGISTER}/{NONE}").text
    visitor = site.test_client()
    for path in (DECIDE, f"/statements/{HERE}/funding", MONEY):
        assert visitor.get(path).status_code == 303
    assert f"/statements/{HERE}" not in visitor.get(REGISTER).text
    for address in (REGISTER, f"/matrix/{HERE}"):
        assert f"/statements/{HERE}/funding" in hers.get(address).text
        assert f"/statements/{HERE}" not in visitor.get(address).text
    assert rows(site, GapStatus) == [] and len(rows(site, Funding)) == 1


@pytest.mark.parametrize(
    "path",
    [
        f"gaps/{HERE}-G2.4-none", "gaps/something", f"gaps/{ELSEWHERE}-G2.3-none", "gaps/%00",
        "funding/999", "funding/0", "funding/99999999999", "funding/x",
    ],
)  # fmt: skip
def test_what_is_not_there_is_answered_so(hers: FlaskClient, path: str) -> None:
    assert hers.get(f"/statements/{HERE}/{path}").status_code == 404
    assert hers.post(f"/statements/{HERE}/{path}", data=decision() | money()).status_code in {404, 405}


def test_a_gap_that_is_no_longer_found_can_still_be_closed(site: Flask, hers: FlaskClient) -> None:
    hers.post(f"{DECIDE}/record", data=decision())
    say(site, "matrix", "withdraw", "1", "--because", "by mistake", "--by", "manager", "--on",
        str(today_in_london()))  # fmt: skip
    assert DECIDE in hers.get(f"{REGISTER}/{NONE}").text
    done = hers.post(f"{DECIDE}/record", data=decision(status="closed", because="A mistake.", seen="1"))
    assert done.status_code == 303 and "A mistake." in hers.get(done.headers["Location"]).text


def test_money_is_told_changed_and_taken_back_and_only_commissioners_see_it(
    site: Flask, hers: FlaskClient
) -> None:
    listed = hers.get(f"/statements/{HERE}/funding").text
    assert MONEY in listed and "not known" in listed
    assert hers.get(MONEY).status_code == 200
    assert hers.post(MONEY, data=money()).status_code == 200
    assert len(rows(site, Funding)) == 1
    for _time in range(2):
        done = hers.post(f"{MONEY}/record", data=money())
        assert "Only commissioners see it" in hers.get(done.headers["Location"]).text
    assert "Renewed once." in hers.get(MONEY).text
    (_first, told) = rows(site, Funding)
    assert (told.ends_on, told.role) == (today_in_london() + timedelta(days=400), "commissioning manager")
    assert hers.post(f"{MONEY}/take-back", data={"words": "", "seen": "2"}).status_code == 400
    done = hers.post(f"{MONEY}/take-back", data={"words": "Wrong service.", "seen": "2"})
    assert done.status_code == 303 and "It is taken back: " in hers.get(done.headers["Location"]).text
    assert rows(site, Funding)[-1].ends_on == TAKEN_BACK
    assert "funding-ends" not in hers.get(REGISTER).text
    again = hers.post(f"{MONEY}/take-back", data={"words": "Once more.", "seen": "3"})
    assert again.status_code == 400 and "nothing to take back" in again.text
    page = hers.get(MONEY).text
    assert "Wrong service." in page and "Renewed once." in page and "9999" not in page
    assert [one.act for one in rows(site, AuditEntry)][-2:] == ["tell funding", "take back funding"]
    for address in (REGISTER, "/services/2", f"/matrix/{HERE}", f"{REGISTER}.csv"):
        assert "Renewed once." not in site.test_client().get(address).text


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"ends_on": []}, "Enter the day"),
        ({"ends_on": ["31", "12", "9999"]}, "too far off"),
        ({"ends_on": ["1", "1", "1"]}, "Not a valid date"),
        ({"ends_on": ["31", "2", "2027"]}, "Not a valid date"),
        ({"words": "Ask a@example.org"}, "e-mail"),
        ({"words": "@SUM(A1)"}, "formula"),
        ({"words": "Born on 3 April 2012."}, "date of birth"),
        ({"seen": "x"}, "since you opened this page"),
        ({"seen": "9" * 50}, "since you opened this page"),
    ],
)
def test_what_cannot_be_told_of_money_is_told_by_its_box(
    site: Flask, hers: FlaskClient, what: dict[str, object], said: str
) -> None:
    for step in ("", "/record"):
        answer = hers.post(f"{MONEY}{step}", data=money(**what))
        assert answer.status_code == 400 and said in answer.text, answer.text[-3000:]
    assert len(rows(site, Funding)) == 1


def test_the_page_and_the_command_store_the_same(site: Flask) -> None:
    hers = commissioner_of(site, ENGLAND_AND_WALES, title="manager")
    day = today_in_london()
    hers.post(f"{DECIDE}/record", data=decision(status="accepted", because=""))
    say(site, "gaps", "set", NONE, "--status", "accepted", "--by", "manager", "--on", str(day))
    page, command = rows(site, GapStatus)
    for name in ("gap_id", "area_code", "status", "reason", "role", "stated_on"):
        assert getattr(page, name) == getattr(command, name)
