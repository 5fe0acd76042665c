"""A link with thousands of listings: on pages, with one tap for all of them."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from directory.config import BODY_BYTES_MAX
from directory.db import Database
from directory.models.confirmation import Confirmation
from directory.models.membership import Membership
from directory.models.organisation import Organisation
from directory.models.outbox import OutboxMail
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.models.upkeep import Reminder
from directory.reference.hours import now_utc
from tests.accounts import make_account
from tests.builders import import_rows, make_row
from tests.integration.upkeep.lives import token_in

FIRST = 12_001


def a_link(app: Flask, database: Database, tmp_path: Path, listings: int) -> str:
    """An organisation with so many listings, whose numbers have five figures, was written to today."""
    rows = (
        make_row(id=FIRST + place, name=f"Example Service {place:05}", waiting_list="open", waiting_weeks="8")
        for place in range(listings)
    )
    import_rows(database, tmp_path / "rows.csv", *rows)
    with database.reading() as session:
        organisation = session.scalars(select(Organisation.id)).one()
    make_account(database, email="owner@example.org", owner_of=[organisation])
    with database.transaction() as session:
        session.execute(update(Membership).values(began_at=now_utc() - timedelta(days=95)))
    assert app.test_cli_runner().invoke(args=["reminders", "send"]).exit_code == 0
    with database.reading() as session:
        return token_in(session.scalars(select(OutboxMail.body)).one() or "")


def confirmed(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Confirmation)) or 0


def fields(page: str) -> dict[str, list[str]]:
    """What a browser sends of the form with the ticks, as it is shown."""
    form = page.split("novalidate>")[1].split("</form>")[0]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        kind, name = re.search(r'type="(\w+)"', tag), re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and not (kind and kind[1] == "checkbox" and " checked" not in tag):
            found.setdefault(name[1], []).append(value[1] if value else "")
    for name_, inner in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        found[name_] = [chosen[1] if chosen else ""]
    return found


@pytest.fixture
def visitor(new_app: Flask) -> FlaskClient:
    return new_app.test_client()


def test_five_thousand_listings_are_looked_through_page_by_page_and_confirmed_with_one_tap(
    new_app: Flask, new_database: Database, visitor: FlaskClient, tmp_path: Path
) -> None:
    token = a_link(new_app, new_database, tmp_path, 5_000)
    page = visitor.get(f"/confirm/{token}")
    assert page.status_code == 200 and len(page.data) < 400_000
    assert "All 5000 listings are still right" in page.text.replace("5,000", "5000")
    assert "Example Service 00000" in page.text and "Example Service 00050" not in page.text
    last = visitor.get(f"/confirm/{token}?page=100")
    assert (
        "Example Service 04999" in last.text and visitor.get(f"/confirm/{token}?page=101").status_code == 404
    )
    assert confirmed(new_database) == 0
    answer = visitor.post(f"/confirm/{token}", data={"all": "yes", "left": ""})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/confirm/done")
    assert confirmed(new_database) == 5_000
    for again in (visitor.get(f"/confirm/{token}"), visitor.post(f"/confirm/{token}", data={"all": "yes"})):
        assert again.status_code == 410
    assert confirmed(new_database) == 5_000


def test_what_is_left_out_on_one_page_is_not_confirmed_with_all_the_rest(
    new_app: Flask, new_database: Database, visitor: FlaskClient, tmp_path: Path
) -> None:
    token = a_link(new_app, new_database, tmp_path, 120)
    sent = fields(visitor.get(f"/confirm/{token}").text)
    assert len(sent["right"]) == 50 and len(str(sent)) < BODY_BYTES_MAX // 4
    sent["right"].remove(str(FIRST + 3))
    sent[f"waiting_weeks_{FIRST + 4}"] = ["11"]
    answer = visitor.post(f"/confirm/{token}", data=sent)
    assert answer.status_code == 303 and confirmed(new_database) == 49
    page = visitor.get(answer.headers["Location"]).text
    assert "What you told us is kept" in page and "You left out 1 listing" in page
    assert "Example Service 00050" in page and "Example Service 00003" not in page
    assert "or said that you do not run it any more: it is not confirmed" in page
    last = visitor.get(f"/confirm/{token}?page=2&left={FIRST + 3}").text
    assert "on pages of 50." in page and "on pages of 50." in last
    assert "All 69" not in page and "All 70 other listings are still right" in page
    # The same page again confirms nothing twice, and what a link was made for it does to nothing else.
    assert visitor.post(f"/confirm/{token}", data=sent).status_code == 303
    assert confirmed(new_database) == 49
    answer = visitor.post(f"/confirm/{token}", data={"all": "yes", "left": str(FIRST + 3)})
    assert answer.headers["Location"] == "/confirm/done" and confirmed(new_database) == 119
    with new_database.reading() as session:
        weeks = session.get_one(Service, FIRST + 4).waiting_weeks
        left = session.scalars(select(Service.id).where(Service.id.not_in(select(Confirmation.service_id))))
        assert weeks == 11 and left.all() == [FIRST + 3]
        assert session.scalars(select(ProposedChange.state)).all() == ["published"]


def test_page_by_page_the_link_ends_with_the_last(
    new_app: Flask, new_database: Database, visitor: FlaskClient, tmp_path: Path
) -> None:
    token = a_link(new_app, new_database, tmp_path, 60)
    address = f"/confirm/{token}"
    nothing = fields(visitor.get(address).text) | {"right": []}
    answer = visitor.post(address, data=nothing)
    assert answer.status_code == 303 and confirmed(new_database) == 0
    assert "You left out 50 listings" in visitor.get(answer.headers["Location"]).text
    answer = visitor.post(address, data=fields(visitor.get(answer.headers["Location"]).text))
    assert answer.headers["Location"] == "/confirm/done" and confirmed(new_database) == 10
    with new_database.reading() as session:
        assert session.scalars(select(Reminder.used_at)).one() is not None


def test_where_very_many_are_left_out_no_tap_says_yes_to_the_rest(
    new_app: Flask, new_database: Database, visitor: FlaskClient, tmp_path: Path
) -> None:
    token = a_link(new_app, new_database, tmp_path, 60)
    page = visitor.get(f"/confirm/{token}?left=many").text
    assert "listings are still right" not in page and "Everything ticked on this page" in page
    answer = visitor.post(f"/confirm/{token}", data={"all": "yes", "left": "many"})
    assert answer.status_code == 303 and confirmed(new_database) == 0


@pytest.mark.parametrize("left", ["x", "1", "..", "99999999999999999999", "٣", "-1", "12001\n", "many.many"])
def test_what_an_address_says_was_left_out_is_believed_of_its_own_listings_alone(
    new_app: Flask, new_database: Database, visitor: FlaskClient, tmp_path: Path, left: str
) -> None:
    token = a_link(new_app, new_database, tmp_path, 60)
    page = visitor.get(f"/confirm/{token}", query_string={"left": left})
    assert page.status_code == 200 and "All 60 listings are still right" in page.text


AGAIN = "also any that you left out before"


def test_opened_anew_the_link_does_not_confirm_what_she_said_is_run_no_more(
    new_app: Flask, new_database: Database, visitor: FlaskClient, tmp_path: Path
) -> None:
    token = a_link(new_app, new_database, tmp_path, 60)
    address = f"/confirm/{token}"
    first = visitor.get(address).text
    assert AGAIN not in first
    sent = fields(first)
    sent["right"].remove(str(FIRST + 3))
    sent["closed"] = [str(FIRST + 5)]
    went_on = visitor.get(visitor.post(address, data=sent).headers["Location"]).text
    assert AGAIN not in went_on and "if you open the link in our e-mail again" in went_on
    anew = visitor.get(address).text
    assert "Example Service 00003" in anew and "Example Service 00005" not in anew
    assert f"All 11 listings are still right ({AGAIN})" in re.sub(r"\s+", " ", anew)
    # What was forgotten stays so, whatever else is left out now.
    sent = fields(anew)
    sent["right"].remove(str(FIRST + 50))
    answer = visitor.post(address, data=sent)
    assert answer.headers["Location"] == "/confirm/done"
    with new_database.reading() as session:
        right = set(session.scalars(select(Confirmation.service_id)))
        assert session.scalars(select(ProposedChange.service_id)).all() == [FIRST + 5]
    assert set(range(FIRST, FIRST + 60)) - right == {FIRST + 5, FIRST + 50}


def test_the_tap_for_all_says_what_it_includes_until_the_list_is_done(
    new_app: Flask, new_database: Database, visitor: FlaskClient, tmp_path: Path
) -> None:
    token = a_link(new_app, new_database, tmp_path, 170)
    address = f"/confirm/{token}"
    sent = fields(visitor.get(address).text)
    went_on = visitor.get(visitor.post(address, data=sent).headers["Location"]).text
    assert AGAIN not in went_on and AGAIN not in visitor.get(f"{address}?left=none&page=2").text
    sent = fields(visitor.get(address).text)
    assert sent["left"] == ["some"]
    sent["right"].remove(str(FIRST + 51))
    answer = visitor.post(address, data=sent)
    assert answer.headers["Location"].startswith(f"{address}?left=some.{FIRST + 51}&")
    assert AGAIN in visitor.get(answer.headers["Location"]).text
    assert "left out before are ticked here again" in visitor.get(f"{address}?left=many").text
    assert visitor.post(address, data={"all": "yes", "left": f"some.{FIRST + 51}"}).status_code == 303
    assert confirmed(new_database) == 169
