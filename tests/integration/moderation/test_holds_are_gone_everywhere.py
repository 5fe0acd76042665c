"""What is held is in nothing that leaves the server: every public address is asked, and its answer searched."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask

from directory.actions.actor import Actor
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.actions.export_listings import export_listings
from directory.actions.upkeep.link import link_hash
from directory.app import create_app
from directory.db import Database
from directory.models.reply import Reply
from directory.models.statement import Statement
from directory.models.upkeep import Reminder
from directory.reference.hours import now_utc, today_in_london
from tests.accounts import make_account, make_organisation
from tests.builders import make_listing
from tests.integration.moderation.public_ways import (
    NOTHING_OF_A_LISTING,
    WAYS,
    answers,
    public_endpoints,
    text_of,
    visitor_with_a_list,
)

NAME, NUMBER, HOST, MAIL = (
    "Lantern House Listening",
    "01632 960777",
    "lantern.example.org",
    "hello@lantern.example",
)
POSTCODE = "PE1 1QL"
TOKEN = "one-token-of-the-tests"  # noqa: S105  # opens nothing but the tests' own site
SECRET = {
    "route": ("960777", "960 777"),
    "website": ("lantern.example.org",),
    "place": ("PE1 1QL", "PE11QL"),
    "listing": (NAME, "Lantern House", "960777", "lantern.example", "PE1 1QL"),
}
VALUE = {"route": "(01632) 960777", "website": f"https://www.{HOST}", "place": "pe1 1ql", "listing": ""}
# So many that the register names the service as the one to ask; of two, the one with more of them.
MORE_TYPES = "G4.9;G4.10"
TYPES = ";".join([*(f"G2.{number}" for number in range(1, 13)), *(f"G4.{number}" for number in range(2, 9))])
SHOWN_BEFORE = frozenset(
    {
        "results.results", "listing.service", "listing.organisation", "confirm_link.show", "family.results",
        "my_list.show", "my_list.shared", "sheets.sheet", "sheets.sheet_file", "sheets.working",
        "sheets.working_file", "side_by_side.show", "matrix.calls", "matrix.cell", "matrix_files.csv",
        "matrix_files.xlsx", "gaps.area", "kept.gaps", "snapshots.area_csv", "snapshots.area_xlsx",
    }
)  # fmt: skip
"""Where each value stands before it is held, so that its absence afterwards tells something."""
ALSO_SHOWN = {
    "route": frozenset({"gaps.gap"}),
    "website": frozenset({"gaps.gap"}),
    "place": frozenset({"gaps.gap", "map.frame", "map.services"}),
    "listing": frozenset({"map.frame", "map.services", "correct.ask", "manage.ask", "manage.sent"}),
}
MODERATOR = Actor(None, "moderator", is_moderator=True)


@pytest.fixture
def listing_id(stored: Database) -> int:
    """A listing that says its number, page and place in every way it can."""
    return make_listing(
        stored,
        name=NAME,
        description=f"Counselling. Ring +44 1632 960 777, see www.{HOST}/help or come to {POSTCODE}.",
        contact_routes=f"telephone | {NUMBER} | Sa 09:00-17:00 | or 01632-960-777\ntext | {NUMBER}\n"
        f"web chat | https://{HOST}/chat\nemail | {MAIL}\nwalk-in | 1 Example Street, {POSTCODE}",
        url=f"https://{HOST}",
        organisation_url=f"https://{HOST}/",
        source_url=f"https://{HOST}/about",
        locations=f"exact | Peterborough | {POSTCODE} | ring {NUMBER} at the door",
        modes="in-person;remote",
        confidential="no",
        confidential_reason="the service shows its address itself",
        before_you_call=f"They ring back from {NUMBER}.",
        inclusion_evidence=f"free | yes | {HOST} says so | 2026-11",
        groups="G2;G4",
        support_types=TYPES,
        referral_routes="self",
    )


@pytest.fixture
def values(stored: Database, listing_id: int, what: str) -> dict[str, object]:
    """What stands in addresses, and what else says something of the listing: a name, a statement and a reply to it."""
    says = "" if what == "listing" else f"{NUMBER}, {HOST}, {POSTCODE}"
    beside = make_listing(stored, organisation="Example Organisation B", name="Example Service Beside It")
    named = (
        make_listing(
            stored, name=f"Example Line {says}", groups="G2;G4", support_types=f"{TYPES};{MORE_TYPES}"
        )
        if says
        else beside
    )
    now = now_utc()
    organisation = make_organisation(stored)
    owner = make_account(stored, owner_of=[organisation])
    with stored.transaction() as session:
        said = Statement(
            area_code="E06000031", support_type="G4.6", mode="both", state="partly", body="commissioner",
            role="commissioning manager", what=f"Counselling. {says}", sector="", effective="", evidence="",
            stated_on=today_in_london(), recorded_at=now, withdrawn_on=None, withdrawn_reason="",
        )  # fmt: skip
        session.add(said)
        session.flush()
        session.add(
            Reply(
                statement_id=said.id, service_id=listing_id, words=f"Ring {NUMBER}, {HOST}, {POSTCODE}.",
                role="service manager", made_at=now,
            )
        )  # fmt: skip
        session.add(
            Reminder(
                organisation_id=organisation, account_id=owner, step_days=90, service_ids=[listing_id, named],
                token_hash=link_hash(TOKEN), made_at=now, ends_at=now + timedelta(days=30),
            )
        )  # fmt: skip
    return {
        "service": listing_id, "beside": beside, "named": named, "organisation": organisation, "token": TOKEN,
    }  # fmt: skip


def test_every_public_way_is_asked_whether_it_holds_what_is_held(own_app: Flask) -> None:
    asked, there = set(WAYS) | NOTHING_OF_A_LISTING, public_endpoints(own_app)
    assert there - asked == set(), "Write down in public_ways.py how to ask these: they may show what is held"
    assert asked - there == set(), "These are no public pages any more: take them out of public_ways.py"


@pytest.mark.parametrize("what", ["route", "website", "place", "listing"])
def test_what_is_held_is_in_no_answer_of_any_public_address(
    own_app: Flask, stored: Database, values: dict[str, object], listing_id: int, what: str
) -> None:
    visitor = visitor_with_a_list(own_app, *{listing_id, values["named"]})
    _snapshot(own_app)
    showed = {one.endpoint for one in answers(visitor, values) if _holds(one.text, what)}
    assert SHOWN_BEFORE | ALSO_SHOWN[what] <= showed, "It was never there"
    with stored.transaction() as session:
        asked = HoldAsked(what, VALUE[what], "it may be wrong")
        place_hold(session, listing_id, asked, by=MODERATOR, now=now_utc())
    _snapshot(own_app)
    left = {one.url for one in answers(visitor, values) if _holds(one.text, what)}
    assert left == set()


def _snapshot(app: Flask) -> None:
    """As a command takes one."""
    result = app.test_cli_runner().invoke(args=["matrix", "snapshot"])
    assert result.exit_code == 0, result.output


def _holds(text: str, what: str) -> bool:
    return any(secret.casefold() in text.casefold() for secret in SECRET[what])


def test_the_export_leaves_out_what_is_held_and_importing_it_loses_nothing(
    stored: Database, listing_id: int
) -> None:
    with stored.transaction() as session:
        for what in ("route", "website", "place"):
            asked = HoldAsked(what, VALUE[what], "it may be wrong")
            place_hold(session, listing_id, asked, by=MODERATOR, now=now_utc())
    file = io.StringIO(newline="")
    with stored.reading() as session:
        export_listings(session, file)
    text = file.getvalue()
    assert NAME in text
    assert not any(_holds(text, what) for what in ("route", "website", "place"))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["contact_routes"] for row in rows if row["name"] == NAME] == [f"email | {MAIL}"]


def test_another_worker_shows_it_no_more_at_its_next_answer(
    own_app: Flask, stored: Database, listing_id: int
) -> None:
    other = create_app(own_app.config["SETTINGS"])
    url = f"/services/{listing_id}"
    assert all("960777" in text_of(app.test_client(), url) for app in (own_app, other))
    assert all("Lantern" in text_of(app.test_client(), "/find/results") for app in (own_app, other))
    with stored.transaction() as session:
        place_hold(session, listing_id, HoldAsked("route", NUMBER, "r"), by=MODERATOR, now=now_utc())
    for app in (own_app, other):
        page = text_of(app.test_client(), url)
        assert "960777" not in page
        assert "The telephone number is being checked." in page and "Meanwhile call" in page
        assert "960777" not in text_of(app.test_client(), "/find/results")
