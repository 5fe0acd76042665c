"""A form that names a record of another organisation in its body changes nothing of theirs, whoever sends it.

Addresses are tried elsewhere; here it is what a page offers in hidden fields, ticks and lists, made into another's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from directory.db import Database
from directory.models.listing_past import ListingPast
from directory.queries.held_channels import LISTED
from directory.reference.hours import now_utc
from tests.integration.security.roles import LET_IN, VOLATILE, WHO_MAY, World, may_touch, rules, world
from tests.integration.security.test_forms_are_fuzzed import Form, Forms

__all__ = ["world"]
# Of the other organisation: its number and that of its listing; its owner's account and membership; its area.
ANOTHERS, THEIR_OWNER, THEIR_AREA = "2", "3", "E09000001"
THEIRS = {
    "service_id": 2, "organisation_id": 2, "account_id": 3, "user_id": 3, "owner_id": 3, "area_code": THEIR_AREA,
}  # fmt: skip
ROLES = ("owner", "editor", "commissioner")
LEAVING = frozenset({"door.leave", "account.sign_out"})

# (endpoint, role, what is sent): each field that takes a number, where the page that offers it may show none.
NAMED = (
    ("listing_acts.confirm", "owner", {"id": [ANOTHERS]}),
    ("listing_acts.confirm", "editor", {"id": ["1", ANOTHERS]}),
    ("listing_acts.confirm", "owner of another", {"id": [ANOTHERS, "1"]}),
    ("people_of.contact", "owner", {"contact": [THEIR_OWNER]}),
    ("send_listing.send", "owner", {"organisation": [ANOTHERS]}),
    ("send_listing.send", "editor", {"organisation": [ANOTHERS], "service": [ANOTHERS], "id": [ANOTHERS]}),
    ("holds.place", "owner", {"service": [ANOTHERS], "take_down": ["listing|"], "everywhere": ["yes"]}),
    ("moderated_changes.answer", "owner", {"change": [ANOTHERS], "organisation_id": [ANOTHERS]}),
)


def theirs(world: World) -> dict[str, list[tuple[object, ...]]]:
    """Table → the rows that are the other organisation's, its owner's or its area's, and the acts on them.

    But for mails: that she is told what a commissioner did with their own is as it should be.
    """
    database: Database = world.app.extensions["database"]
    found = {}
    with closing(sqlite3.connect(database.file or "")) as held:
        for table in sorted(set(world.as_made) - {"outbox"}):
            columns = [row[1] for row in held.execute(f'PRAGMA table_info("{table}")')]
            which = [f"{name} = '{THEIRS[name]}'" for name in columns if name in THEIRS]
            which += ["id = 2"] if table in {"service", "organisation"} else []
            which += ["id = 3"] if table in {"account", "membership"} else []
            which += ["about IN ('service', 'organisation') AND about_id = 2"] if table == "audit" else []
            if which:
                query = f'SELECT * FROM "{table}" WHERE {" OR ".join(which)}'  # noqa: S608  # words of this file
                found[table] = sorted(held.execute(query).fetchall(), key=repr)
    return found


def offered(world: World, role: str) -> Iterator[Form]:
    """Every form that a page of hers offers to this role, once for each address that it is sent to."""
    seen = set()
    for rule in rules(world.app, "GET"):
        word = WHO_MAY[rule.endpoint]
        if (
            word in {"anyone", "nobody"}
            or role not in LET_IN[word] & may_touch(rule)
            or rule.endpoint in LEAVING
        ):
            continue
        page, parser = world.address(rule), Forms()
        answer = world.browser(role).get(page)
        parser.feed(answer.text if answer.mimetype == "text/html" else "")
        for form in parser.found:
            action = form.action or page
            if (action, tuple(form.fields)) not in seen and action != "/account/sign-out":
                seen.add((action, tuple(form.fields)))
                yield Form(action, form.fields)


@pytest.mark.parametrize("role", ROLES)
def test_no_field_of_a_form_reaches_what_is_anothers(world: World, role: str) -> None:
    world.anew()
    forms, before = list(offered(world, role)), theirs(world)
    assert before["service"] and before["membership"] and before["area_grant"]
    assert len(forms) > 5, "each role has forms of its own"
    for form in forms:
        world.anew()
        for name in form.fields:
            for value in (ANOTHERS, THEIR_OWNER, THEIR_AREA):
                kept = {other: some[0] for other, some in form.fields.items() if some}
                answer = world.browser(role).post(form.action, data={**kept, name: value})
                assert answer.status_code < 500
                assert theirs(world) == before, (role, form.action, name, value)


@pytest.mark.parametrize(("endpoint", "role", "sent"), NAMED, ids=lambda value: str(value))
def test_a_number_of_anothers_record_in_a_field_changes_nothing(
    world: World, endpoint: str, role: str, sent: dict[str, list[str]]
) -> None:
    for rule in world.app.url_map.iter_rules(endpoint):
        world.anew()
        before = theirs(world)
        for service in ("1", "2147483647"):
            # Also of a draft that is gone: there the form alone says of whom it was.
            address = world.address(rule, **({"draft_id": service} if service != "1" else {}))
            answer = world.browser(role).post(address, data=sent)
            assert answer.status_code < 500
        assert theirs(world) == before, rule.rule


@pytest.mark.parametrize(
    ("endpoint", "role", "sent", "code"),
    [
        ("listing_acts.confirm", "owner", {"id": ["1", ANOTHERS]}, 404),
        ("people_of.contact", "owner", {"contact": [THEIR_OWNER]}, 404),
    ],
)
def test_with_one_that_is_anothers_nothing_is_done_to_her_own_either(
    world: World, endpoint: str, role: str, sent: dict[str, list[str]], code: int
) -> None:
    world.anew()
    (rule,) = world.app.url_map.iter_rules(endpoint)
    answer = world.browser(role).post(world.address(rule), data=sent)
    assert (answer.status_code, world.touched() - VOLATILE) == (code, frozenset())


def test_a_moderator_who_decides_of_one_organisation_puts_out_no_owner_of_another(world: World) -> None:
    world.anew()
    before = theirs(world)
    (rule,) = world.app.url_map.iter_rules("manage_requests.approve")
    (shown,) = world.app.url_map.iter_rules("manage_requests.one")
    parser, moderator = Forms(), world.browser("moderator")
    with world.app.extensions["database"].transaction() as session:
        # A way to ask that was held before the request.
        cells = {"name": "Example Service A", "url": "https://www.example.org"}
        before_it = now_utc() - timedelta(days=1)
        session.add(ListingPast(service_id=1, cells=cells, act=LISTED, role="owner", at=before_it))
    parser.feed(moderator.get(world.address(shown)).text)
    channel = next(form.fields["channel"][0] for form in parser.found if "channel" in form.fields)
    sent = {"channel": channel, "spoke_to": "centre manager"}
    answer = moderator.post(world.address(rule), data={**sent, "owners": [THEIR_OWNER]})
    assert answer.status_code == 400 and "Choose owners of this organisation." in answer.text
    assert theirs(world) == before
    assert moderator.post(world.address(rule), data={**sent, "owners": []}).status_code == 303
