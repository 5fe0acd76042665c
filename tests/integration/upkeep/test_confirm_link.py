"""The link of a reminder: it opens for anybody who holds it, changes nothing by being opened, and works once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from directory.actions.changes.apply import stored_cells
from directory.config import Settings
from directory.db import Database
from directory.models.account import Account
from directory.models.audit import AuditEntry
from directory.models.confirmation import Confirmation
from directory.models.membership import Invitation, Membership
from directory.models.outbox import OutboxMail
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.models.upkeep import Reminder
from directory.queries.listings import listings_version
from directory.reference.hours import now_utc, today_in_london
from directory.security.me import token_hash
from tests.builders import make_listing
from tests.integration.upkeep.lives import an_organisation, token_in


@pytest.fixture
def token(new_app: Flask, new_database: Database) -> str:
    """An organisation of two listings was written to today."""
    an_organisation(new_database, listings=2)
    with new_database.transaction() as session:
        session.execute(update(Membership).values(began_at=now_utc() - timedelta(days=95)))
    assert new_app.test_cli_runner().invoke(args=["reminders", "send"]).exit_code == 0
    with new_database.reading() as session:
        return token_in(session.scalars(select(OutboxMail.body)).one() or "")


@pytest.fixture
def visitor(new_app: Flask) -> FlaskClient:
    return new_app.test_client()


def said(database: Database) -> dict[int, str]:
    """Listing → the role that confirmed it."""
    with database.reading() as session:
        return dict(session.execute(select(Confirmation.service_id, Confirmation.role)).all())


def everything(database: Database) -> tuple[int, ...]:
    """How many rows there are of what a link can write."""
    with database.reading() as session:
        tables = (Confirmation, ProposedChange, OutboxMail, Reminder, AuditEntry)
        counts = [session.scalar(select(func.count()).select_from(one)) or 0 for one in tables]
        used = session.scalar(select(func.count(Reminder.used_at))) or 0
        return (*counts, used, listings_version(session))


def test_the_page_shows_every_listing_as_families_see_it_and_ticked(visitor: FlaskClient, token: str) -> None:
    page = visitor.get(f"/confirm/{token}")
    assert page.status_code == 200
    for words in ("Example Service 1", "01632 960001", "Monday to Friday", "https://www.example.org"):
        assert words in page.text
    assert page.text.count('name="right"') == page.text.count(" checked") == 2
    assert page.headers["Cache-Control"] == "no-store" and 'content="noindex"' in page.text
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_scanner_that_opens_the_link_confirms_nothing(
    visitor: FlaskClient, new_database: Database, token: str, method: str
) -> None:
    before = everything(new_database)
    for _time in range(3):
        assert visitor.open(f"/confirm/{token}", method=method).status_code == 200
    assert everything(new_database) == before
    assert visitor.post(f"/confirm/{token}", data={"right": ["1", "2"]}).status_code == 303


def test_one_tap_confirms_what_is_ticked_by_the_owners_role(
    visitor: FlaskClient, new_database: Database, token: str
) -> None:
    version = everything(new_database)[-1]
    answer = visitor.post(f"/confirm/{token}", data={"right": ["1"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/confirm/done")
    assert said(new_database) == {1: "service manager"}
    assert everything(new_database)[-1] == version + 1
    thanks = visitor.get("/confirm/done").text
    assert "Thank you" in thanks and "Example Service" not in thanks
    with new_database.reading() as session:
        acts = session.execute(select(AuditEntry.act, AuditEntry.details).order_by(AuditEntry.id)).all()
        (person,) = session.scalars(select(AuditEntry.account_id).where(AuditEntry.act == "confirm listing"))
        assert person == session.scalars(select(Account.id)).one()
    assert acts[-1] == ("confirm listing", {"on": today_in_london().isoformat(), "through": "confirm link"})


def test_a_second_tap_changes_nothing_and_says_so(
    visitor: FlaskClient, new_database: Database, token: str
) -> None:
    visitor.post(f"/confirm/{token}", data={"right": ["1"]})
    before = everything(new_database)
    for answer in (
        visitor.post(f"/confirm/{token}", data={"right": ["1", "2"]}),
        visitor.get(f"/confirm/{token}"),
    ):
        assert answer.status_code == 410 and "what you told us is kept" in answer.text
        assert "Example Service" not in answer.text
    assert everything(new_database) == before


def _expired(database: Database) -> None:
    with database.transaction() as session:
        session.execute(update(Reminder).values(ends_at=now_utc()))


def _left(database: Database) -> None:
    with database.transaction() as session:
        session.execute(update(Membership).values(ended_at=now_utc()))


def _switched_off(database: Database) -> None:
    with database.transaction() as session:
        session.execute(update(Account).values(active=False))


@pytest.mark.parametrize("spoil", [_expired, _left, _switched_off])
def test_a_link_that_has_ended_or_whose_owner_has_left_opens_nothing(
    visitor: FlaskClient, new_database: Database, token: str, spoil: object
) -> None:
    assert callable(spoil)
    spoil(new_database)
    assert visitor.get(f"/confirm/{token}").status_code == 410
    assert visitor.post(f"/confirm/{token}", data={"right": ["1"]}).status_code == 410
    assert said(new_database) == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-1],
        lambda token: token + "A",
        lambda token: token.swapcase(),
        lambda token: token[::-1],
        lambda _token: "x",
        lambda _token: "a" * 3000,
        lambda _token: "%00",
        lambda _token: "'%20OR%201=1--",
        lambda _token: "%F0%9F%98%80",
    ],
)
def test_a_link_that_was_tampered_with_opens_nothing(
    visitor: FlaskClient, new_database: Database, token: str, change: object
) -> None:
    assert callable(change)
    before = everything(new_database)
    for suffix in ("", "/again"):
        answer = visitor.post(f"/confirm/{change(token)}{suffix}", data={"right": ["1", "2"]})
        assert answer.status_code in {303, 404, 410}
    assert visitor.get(f"/confirm/{change(token)}").status_code in {404, 410}
    assert everything(new_database) == before


def test_a_token_of_another_purpose_opens_nothing(
    visitor: FlaskClient, new_database: Database, token: str
) -> None:
    with new_database.transaction() as session:
        invitation = Invitation(
            email="new@example.org", kind="owner", organisation_id=1, token_hash=token_hash("another"),
            made_at=now_utc(), ends_at=now_utc() + timedelta(days=1),
        )  # fmt: skip
        session.add(invitation)
        assert session.scalar(select(Reminder.id).where(Reminder.token_hash == token_hash(token))) is None
    assert visitor.get("/confirm/another").status_code == 410


def test_a_link_says_nothing_of_other_organisations(
    visitor: FlaskClient, new_database: Database, token: str
) -> None:
    other = make_listing(new_database, organisation="Example Organisation B", name="Example Service Z")
    visitor.post(
        f"/confirm/{token}",
        data={
            "right": [str(other)],
            "closed": [str(other)],
            f"waiting_weeks_{other}": "3",
            "waiting_weeks_1": "2",
        },
    )
    assert said(new_database) == {}
    with new_database.reading() as session:
        assert stored_cells(session, other)["waiting_weeks"] == ""
        assert stored_cells(session, 1)["waiting_weeks"] == "2"
    with new_database.transaction() as session:
        session.execute(update(Reminder).values(used_at=None))
        organisation = session.scalar(select(Service.organisation_id).where(Service.id == other))
        session.execute(update(Service).where(Service.id == 1).values(organisation_id=organisation))
    assert "Example Service 1" not in visitor.get(f"/confirm/{token}").text


def test_a_changed_wait_is_published_at_once_with_its_day(
    visitor: FlaskClient, new_database: Database, token: str
) -> None:
    form = {"right": ["1", "2"], "shown_1": "||", "waiting_list_1": "open", "waiting_weeks_1": "8"}
    assert visitor.post(f"/confirm/{token}", data=form).status_code == 303
    with new_database.reading() as session:
        cells = stored_cells(session, 1)
        states = session.execute(select(ProposedChange.state, ProposedChange.source)).all()
    today = today_in_london().isoformat()
    assert (cells["waiting_list"], cells["waiting_weeks"], cells["waiting_as_at"]) == ("open", "8", today)
    assert states == [("published", "confirm link")] and set(said(new_database)) == {1, 2}


def test_what_cannot_be_shown_is_told_beside_its_box_and_the_link_still_works(
    visitor: FlaskClient, new_database: Database, token: str
) -> None:
    before = everything(new_database)
    form = {"right": ["1"], "shown_1": "||", "waiting_list_1": "open", "waiting_weeks_1": "many"}
    answer = visitor.post(f"/confirm/{token}", data=form)
    assert answer.status_code == 400 and everything(new_database) == before
    assert 'value="many"' in answer.text and 'href="#waiting_weeks_1"' in answer.text
    assert answer.text.count(" checked") == 1
    assert visitor.post(f"/confirm/{token}", data=form | {"waiting_weeks_1": "9"}).status_code == 303


def test_two_who_change_the_same_fact_are_told(
    visitor: FlaskClient, new_database: Database, token: str
) -> None:
    with new_database.transaction() as session:
        session.execute(update(Service).where(Service.id == 1).values(waiting_weeks=30))
    form = {"right": ["1"], "shown_1": "||", "waiting_weeks_1": "8"}
    answer = visitor.post(f"/confirm/{token}", data=form)
    assert answer.status_code == 400 and "Somebody else changed this meanwhile" in answer.text
    assert 'value="8"' in answer.text and 'value="|30|"' in answer.text


def test_nothing_ticked_and_nothing_said_asks_again(
    visitor: FlaskClient, new_database: Database, token: str
) -> None:
    answer = visitor.post(f"/confirm/{token}", data={})
    assert answer.status_code == 400 and "Tick at least one listing" in answer.text
    assert visitor.get(f"/confirm/{token}").status_code == 200


def test_a_service_that_is_not_run_any_more_waits_for_a_moderator(
    visitor: FlaskClient, new_database: Database, token: str
) -> None:
    form = {"right": ["1", "2"], "closed": ["2"]}
    assert visitor.post(f"/confirm/{token}", data=form).status_code == 303
    assert set(said(new_database)) == {1}
    with new_database.reading() as session:
        (change,) = session.execute(select(ProposedChange.state, ProposedChange.cells)).all()
        assert stored_cells(session, 2)["status"] == "active"
    assert change == ("waiting", {"status": "defunct"})


def test_a_new_link_goes_to_the_same_address_and_no_more_than_one_a_day(
    visitor: FlaskClient, new_database: Database, token: str, settings: Settings
) -> None:
    _expired(new_database)
    answers = [visitor.post(f"/confirm/{one}/again") for one in (token, token, "no-such-link")]
    assert {(one.status_code, one.headers["Location"]) for one in answers} == {(303, "/confirm/sent")}
    with new_database.reading() as session:
        letters = session.execute(select(OutboxMail.to_address, OutboxMail.subject, OutboxMail.body)).all()
    assert [to for to, _subject, _body in letters] == ["owner@example.org"] * 2
    assert letters[1][1] == "Your listings: the link you asked for"
    fresh = token_in(letters[1][2] or "")
    assert visitor.post(f"/confirm/{fresh}", data={"right": ["1"]}).status_code == 303


def test_another_site_cannot_press_the_button(
    visitor: FlaskClient, new_database: Database, token: str
) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert visitor.post(f"/confirm/{token}", data={"right": ["1"]}, headers=headers).status_code == 403
    assert said(new_database) == {}
