"""What is held is in nothing that leaves the server: every public address is asked, and its answer searched."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.actions.actor import Actor
from directory.actions.changes.holds import HoldAsked, place_hold
from directory.actions.export_listings import export_listings
from directory.app import create_app
from directory.db import Database
from directory.reference.hours import now_utc
from directory.security.who_may import WHO_MAY
from tests.builders import make_listing

NAME, NUMBER, HOST, MAIL = (
    "Lantern House Listening",
    "01632 960777",
    "lantern.example.org",
    "hello@lantern.example",
)
POSTCODE = "PE1 1QL"
SECRET = {
    "route": ("960777", "960 777"),
    "website": ("lantern.example.org",),
    "place": ("PE1 1QL", "PE11QL"),
    "listing": (NAME, "Lantern House", "960777", "lantern.example", "PE1 1QL"),
}
VALUE = {"route": "(01632) 960777", "website": f"https://www.{HOST}", "place": "pe1 1ql", "listing": ""}
MODERATOR = Actor(None, "moderator", is_moderator=True)


@pytest.fixture
def listing_id(stored: Database) -> int:
    """A listing that says its number, page and place in every way it can."""
    make_listing(stored, name="Example Service Beside It", contact_routes="telephone | 01632 960001 | 24/7")
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
        referral_routes="self",
        last_confirmed="2026-11-01",
        confirmed_by="service manager",
    )


def public_answers(app: Flask, listing_id: int) -> Iterator[tuple[str, str]]:
    """(address, text) of every page and file that anybody may read, with this listing wherever one is asked for."""
    client = app.test_client()
    values = {
        "service_id": listing_id,
        "organisation_id": 1,
        "area_code": "E06000031",
        "support_type": "G4.6",
        "door_code": "a",
        "numbers": f"{listing_id}-1",
        "lens": "waiting",
    }
    client.post("/my-list/add", data={"service": str(listing_id)}, headers={"Sec-Fetch-Site": "same-origin"})
    for rule in app.url_map.iter_rules():
        if WHO_MAY.get(rule.endpoint) != "anyone" or "GET" not in (rule.methods or ()):
            continue
        if rule.endpoint in {"static", "door.leave"}:
            continue
        if rule.arguments <= set(values):
            with app.test_request_context():
                url = app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
            yield url, _text(client, url)
    for url in (
        "/find/results?in=Peterborough&text=lantern",
        "/find/results",
        "/find/results?text=960777",
        "/find/results?out_of_hours=yes",
        "/find/results?without_speaking=yes",
        "/family/results",
        "/map/services.geojson",
    ):
        yield url, _text(client, url)


def _text(client: FlaskClient, url: str) -> str:
    answer = client.get(url, follow_redirects=True)
    assert answer.status_code < 500, url
    if answer.data[:2] != b"PK":
        return answer.get_data(as_text=True)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as workbook:
        return "\n".join(workbook.read(name).decode("utf-8", "replace") for name in workbook.namelist())


@pytest.mark.parametrize("what", ["route", "website", "place", "listing"])
def test_what_is_held_is_in_no_answer_of_any_public_address(
    own_app: Flask, stored: Database, listing_id: int, what: str
) -> None:
    seen_before = {url for url, text in public_answers(own_app, listing_id) if _holds(text, what)}
    assert len(seen_before) >= (2 if what == "place" else 3), seen_before
    with stored.transaction() as session:
        asked = HoldAsked(what, VALUE[what], "it may be wrong")
        place_hold(session, listing_id, asked, by=MODERATOR, now=now_utc())
    left = {url for url, text in public_answers(own_app, listing_id) if _holds(text, what)}
    assert left == set()


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
    assert all("960777" in _text(app.test_client(), url) for app in (own_app, other))
    assert all("Lantern" in _text(app.test_client(), "/find/results") for app in (own_app, other))
    with stored.transaction() as session:
        place_hold(session, listing_id, HoldAsked("route", NUMBER, "r"), by=MODERATOR, now=now_utc())
    for app in (own_app, other):
        page = _text(app.test_client(), url)
        assert "960777" not in page
        assert "The telephone number is being checked." in page and "Meanwhile call" in page
        assert "960777" not in _text(app.test_client(), "/find/results")
