"""The moderators' pages: the list, a call, the checks, and where staff find support."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html as lxml_html
from sqlalchemy import select, update

from directory.actions.actor import Actor
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.db import Database
from directory.models.confirmation import Confirmation
from directory.models.proposed_change import ProposedChange
from directory.models.upkeep import Call
from directory.reference.help_lines import help_lines
from directory.reference.hours import now_utc
from tests.accounts import make_account, signed_in
from tests.builders import make_listing
from tests.integration.moderation.changes import make_change

PAGES = ("/moderation/calls", "/moderation/calls/1", "/moderation/support", "/moderation/checks")
WRITES = (
    "/moderation/calls/quiet",
    "/moderation/calls/1/claim",
    "/moderation/calls/1",
    "/moderation/calls/1/give-back",
)


@pytest.fixture
def listing(new_database: Database) -> int:
    return make_listing(new_database, when_they_must_tell="They tell someone where a life is in danger.")


@pytest.fixture
def staff(new_app: Flask, new_database: Database, listing: int) -> FlaskClient:
    return signed_in(new_app, make_account(new_database, roles=["moderator"]))


def calls(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [(one.result, one.note) for one in session.scalars(select(Call).order_by(Call.id))]


def test_a_call_from_the_list_to_its_confirmation(
    staff: FlaskClient, new_database: Database, listing: int
) -> None:
    page = staff.get("/moderation/calls").text
    assert "1 listing has to be asked about" in page and "01632 960001" in page and "Never confirmed." in page
    answer = staff.post(f"/moderation/calls/{listing}/claim")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/moderation/calls/{listing}")
    call = staff.get(f"/moderation/calls/{listing}").text
    for words in (
        "Never ask about a person",
        "Example Service A",
        "their role, not their name",
        "no message",
    ):
        assert words in call
    done = staff.post(
        f"/moderation/calls/{listing}", data={"result": "confirmed", "note": "Spoke to the manager."}
    )
    assert (done.status_code, done.headers["Location"]) == (303, f"/moderation/calls?saved={listing}")
    page = staff.get(done.location).text
    assert "Saved." in page and "second moderator" not in page
    with new_database.reading() as session:
        assert session.scalars(select(Confirmation.role)).all() == ["moderator"]
    assert calls(new_database) == [("confirmed", "Spoke to the manager.")]
    assert "There is nobody to ring." in staff.get("/moderation/calls").text


def test_the_page_of_a_call_is_for_whoever_has_claimed_it(
    new_app: Flask, new_database: Database, staff: FlaskClient, listing: int
) -> None:
    assert staff.get(f"/moderation/calls/{listing}").status_code == 303
    staff.post(f"/moderation/calls/{listing}/claim")
    other = signed_in(new_app, make_account(new_database, roles=["moderator"]))
    assert "Somebody is ringing it now" in other.get("/moderation/calls").text
    for address in (f"/moderation/calls/{listing}/claim", f"/moderation/calls/{listing}"):
        answer = other.post(address, data={"result": "confirmed"})
        assert answer.headers["Location"] == "/moderation/calls?taken=yes"
    assert "Somebody else is ringing that service" in other.get("/moderation/calls?taken=yes").text
    assert calls(new_database) == [("", "")]
    other.post(f"/moderation/calls/{listing}/give-back")
    assert calls(new_database) == [("", "")]
    staff.post(f"/moderation/calls/{listing}/give-back")
    assert "Take this call" in other.get("/moderation/calls").text


def test_what_has_changed_becomes_a_proposal_and_a_mistake_loses_nothing(
    staff: FlaskClient, new_database: Database, listing: int
) -> None:
    staff.post(f"/moderation/calls/{listing}/claim")
    form = {
        "result": "changed", "telephone": "no number", "telephone_was": "01632 960001",
        "url": "https://www.example.org", "url_was": "https://www.example.org",
        "waiting_list": "open", "waiting_weeks": "7", "accepting_referrals": "", "note": "A new line",
    }  # fmt: skip
    answer = staff.post(f"/moderation/calls/{listing}", data=form)
    assert (
        answer.status_code == 400
        and 'value="no number"' in answer.text
        and 'value="A new line"' in answer.text
    )
    assert re.search(r'href="#telephone"', answer.text) and calls(new_database) == [("", "")]
    bad = staff.post(f"/moderation/calls/{listing}", data=form | {"telephone": "", "waiting_weeks": "many"})
    assert bad.status_code == 400 and 'href="#waiting_weeks"' in bad.text
    fine = staff.post(f"/moderation/calls/{listing}", data=form | {"telephone": "01632 960333"})
    assert fine.status_code == 303
    with new_database.reading() as session:
        (cells,) = session.scalars(select(ProposedChange.cells))
    assert cells["contact_routes"] == "telephone | 01632 960333 | Mo-Fr 09:00-17:00"
    assert cells["waiting_weeks"] == "7" and "url" not in cells


def test_what_came_of_a_call_is_kept_though_the_listing_was_taken_down_during_it(
    staff: FlaskClient, new_database: Database, listing: int
) -> None:
    address = f"/moderation/calls/{listing}"
    staff.post(f"{address}/claim")
    with new_database.transaction() as session:
        by = Actor(None, "moderator", is_moderator=True)
        place_hold(session, listing, HoldAsked("listing", "", "It may be wrong."), by=by, now=now_utc())
    unread = staff.post(address, data={"result": "anything", "note": "Ring <b>after</b> ten."})
    assert unread.status_code == 409 and calls(new_database) == [("", "")]
    assert "taken down while you rang" in unread.text
    assert "Your note: Ring &lt;b&gt;after&lt;/b&gt; ten." in unread.text
    done = staff.post(address, data={"result": "no answer", "note": "Rang twice."})
    assert (done.status_code, done.headers["Location"]) == (303, f"/moderation/calls?saved={listing}")
    assert calls(new_database) == [("no answer", "Rang twice.")]
    assert staff.post("/moderation/calls/2147483647", data={"result": "no answer"}).status_code == 404


def test_a_number_that_is_somebody_elses_is_gone_from_the_pages_at_once(
    staff: FlaskClient, new_app: Flask, new_database: Database, listing: int
) -> None:
    staff.post(f"/moderation/calls/{listing}/claim")
    assert '<option value="01632 960001"' in staff.get(f"/moderation/calls/{listing}").text
    form = {"result": "wrong number", "rung": "01632 960001"}
    assert staff.post(f"/moderation/calls/{listing}", data=form).status_code == 303
    assert "960001" not in new_app.test_client().get(f"/services/{listing}").text
    page = staff.get("/moderation/calls").text
    assert "A number was somebody else’s." in page and "960001" not in page


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"result": "wrong number"},
        {"result": "anything"},
        {"result": "call again"},
        {"result": "call again", "call_again_on": "31 2 2027"},
        {"result": "call again", "call_again_on": "tomorrow"},
        {"result": "confirmed", "note": "x" * 600},
        {"result": "confirmed", "note": "Ask jo@example.org"},
        {"result": "changed"},
        {"result": "changed", "url": "javascript:alert(1)"},
        {"result": "changed", "waiting_list": "perhaps"},
    ],
)
def test_a_form_that_cannot_be_taken_is_shown_again(
    staff: FlaskClient, new_database: Database, listing: int, form: dict[str, str]
) -> None:
    staff.post(f"/moderation/calls/{listing}/claim")
    answer = staff.post(f"/moderation/calls/{listing}", data=form)
    assert answer.status_code == 400 and "There is a problem" in answer.text
    assert calls(new_database) == [("", "")]


def test_sensitive_text_can_be_hidden_and_shown_again_without_a_script(
    staff: FlaskClient, listing: int
) -> None:
    staff.post(f"/moderation/calls/{listing}/claim")
    address = f"/moderation/calls/{listing}"
    assert "Counselling for adults" in staff.get(address).text
    answer = staff.post("/moderation/calls/quiet", data={"hide": "yes", "service": str(listing)})
    assert answer.headers["Location"] == address
    assert "Counselling for adults" not in staff.get(address).text
    assert "Example Service A" not in staff.get("/moderation/calls").text
    staff.post("/moderation/calls/quiet", data={"hide": "no"})
    assert "Counselling for adults" in staff.get(address).text


def test_on_the_page_of_a_call_names_and_notes_are_hidden_behind_one_more_tap(
    staff: FlaskClient, new_database: Database
) -> None:
    number = make_listing(
        new_database,
        name="Example Service Q",
        organisation="Example Organisation Q",
        contact_routes="telephone | 01632 960009 | Mo-Fr 09:00-17:00 | Ask for the abuse team",
    )
    address = f"/moderation/calls/{number}"
    staff.post(f"{address}/claim")
    staff.post(address, data={"result": "no answer", "note": "Sad to hear."})
    with new_database.transaction() as session:
        session.execute(update(Call).values(call_again_on=None))
    staff.post(f"{address}/claim")
    sensitive = ("Example Service Q", "Example Organisation Q", "the abuse team", "Sad to hear")
    open_page = staff.get(address).text
    assert all(words in open_page for words in sensitive)
    staff.post("/moderation/calls/quiet", data={"hide": "yes"})
    page = lxml_html.document_fromstring(staff.get(address).text)
    behind = " ".join(one.text_content() for one in page.cssselect("details"))
    assert all(words in behind for words in sensitive)
    for details in page.cssselect("details"):
        assert details.get("open") is None
        details.drop_tree()
    words = page.text_content()
    assert f"Ring listing {number}" in words and "01632 960009" in words and "Monday to Friday" in words
    assert not [one for one in sensitive if one in words]


@pytest.mark.parametrize("path", PAGES)
def test_only_moderators_with_a_second_factor_see_the_pages(
    new_app: Flask, new_database: Database, listing: int, path: str
) -> None:
    assert new_app.test_client().get(path).headers["Location"].startswith("/account/sign-in?next=")
    assert signed_in(new_app, make_account(new_database)).get(path).status_code == 403
    unsure = signed_in(new_app, make_account(new_database, roles=["moderator"]), second_factor=False)
    assert unsure.get(path).headers["Location"] == "/account/second-factor"


@pytest.mark.parametrize("path", WRITES)
def test_nobody_else_writes(new_app: Flask, new_database: Database, listing: int, path: str) -> None:
    form = {"result": "confirmed"}
    assert new_app.test_client().post(path, data=form).status_code == 401
    owner = make_account(new_database, owner_of=[1])
    assert signed_in(new_app, owner).post(path, data=form).status_code == 403
    assert calls(new_database) == []


@pytest.mark.parametrize("page", ["0", "x", "1e9", "-1", "99999999", "²"])
def test_a_page_that_does_not_exist_is_said_to(staff: FlaskClient, page: str) -> None:
    assert staff.get("/moderation/calls", query_string={"page": page}).status_code == 400


def test_the_support_page_gives_lines_as_the_table_has_them(staff: FlaskClient) -> None:
    page = staff.get("/moderation/support").text
    numbers = {
        line.name: line.telephone.value for line in help_lines() if line.telephone and line.code != "999"
    }
    assert all(number in page for number in numbers.values())


def test_what_looks_wrong_is_told_by_page_and_by_command(
    staff: FlaskClient, new_app: Flask, new_database: Database
) -> None:
    make_listing(new_database, name="Example Service B", url="http://www.example.org")
    page = staff.get("/moderation/checks").text
    assert "http only" in page and "kept for examples" in page
    told = new_app.test_cli_runner().invoke(args=["listings", "check-routes"], catch_exceptions=False).output
    assert "2 Example Service B: http://www.example.org: http only" in told
    assert told.strip().endswith("4 numbers and websites: 3 to look at, in 2 listings.")


@pytest.mark.parametrize(("sent", "says"), [("1", True), ("999", False), ("x", False), ("9" * 12, False)])
def test_after_a_call_the_list_says_what_of_that_listing_waits_now(
    staff: FlaskClient, new_database: Database, listing: int, sent: str, says: bool
) -> None:
    assert listing == 1
    for weeks in ("6", "7"):
        make_change(new_database, listing, {"waiting_weeks": weeks})
    page = staff.get(f"/moderation/calls?saved={sent}")
    assert page.status_code == 200
    told = "Saved. 2 changes of Example Service A wait for a second moderator."
    assert (told in page.text) is says
    staff.post("/moderation/calls/quiet", data={"hide": "yes"})
    quiet = staff.get(f"/moderation/calls?saved={sent}").text
    assert ("2 changes of listing 1 wait" in quiet) is says and "Example Service A" not in quiet
