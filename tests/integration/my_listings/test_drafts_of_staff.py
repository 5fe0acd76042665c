"""Each of the staff writes a draft of her own: who sends it has written all of it."""

from __future__ import annotations

import pytest

from directory.actions.actor import Actor
from directory.actions.changes.again import take_up_again
from directory.actions.changes.decide import send_back
from directory.actions.changes.draft import save_draft, send_draft
from directory.db import Database
from directory.errors import NotFound
from directory.models.proposed_change import ProposedChange
from directory.queries.my_drafts import OWN, STAFF, Subject, find_draft
from directory.queries.my_listings import my_organisations
from directory.queries.my_numbers import my_numbers
from directory.reference.hours import now_utc
from tests.accounts import make_account, make_organisation, signed_in
from tests.builders import TablePlaces, make_listing
from tests.integration.my_listings.people import Place


def _staff(database: Database, organisation_id: int, service_id: int) -> tuple[Actor, Subject]:
    number = make_account(database, roles=["moderator"])
    return (
        Actor(number, "moderator", is_moderator=True),
        Subject(organisation_id, service_id, source=STAFF, writer=number),
    )


def test_what_one_of_them_writes_another_neither_finds_nor_sends(database: Database) -> None:
    number, organisation_id = make_listing(database), make_organisation(database)
    (first, hers), (second, others) = (_staff(database, organisation_id, number) for _each in range(2))
    cells = {"contact_routes": "telephone | 01632 960444"}
    with database.transaction() as session:
        save_draft(session, hers, cells, {}, by=first, now=now_utc())
    with database.transaction() as session:
        assert find_draft(session, others) is None
        assert send_draft(session, others, TablePlaces(), by=second, now=now_utc()) is None
        for writer, has_draft in ((first.account_id, True), (second.account_id, False)):
            mine = my_numbers(session, [organisation_id])
            on_page = [number for number, _organisation_id in mine.listings]
            (found,) = my_organisations(session, mine, on_page, STAFF, writer)
            assert [one.has_draft for one in found.listings] == [has_draft]
    with database.transaction() as session:
        sent = send_draft(session, hers, TablePlaces(), by=first, now=now_utc())
        assert sent is not None
        assert session.get_one(ProposedChange, sent.waiting_id).proposed_by == first.account_id


def test_what_was_sent_back_to_one_of_them_only_she_takes_up(database: Database) -> None:
    number, organisation_id = make_listing(database), make_organisation(database)
    (first, hers), (second, others) = (_staff(database, organisation_id, number) for _each in range(2))
    owner = Actor(make_account(database, owner_of=[organisation_id]), "owner")
    with database.transaction() as session:
        save_draft(session, hers, {"url": "https://example.com"}, {}, by=first, now=now_utc())
        sent = send_draft(session, hers, TablePlaces(), by=first, now=now_utc())
        assert sent is not None and sent.waiting_id is not None
        send_back(session, sent.waiting_id, "Which one?", by=second, now=now_utc())
    own = Subject(organisation_id, number, source=OWN, writer=owner.account_id)
    for by, subject in ((second, others), (owner, own)):
        with pytest.raises(NotFound), database.transaction() as session:
            take_up_again(session, sent.waiting_id, subject, by=by, now=now_utc())
    with database.transaction() as session:
        take_up_again(session, sent.waiting_id, hers, by=first, now=now_utc())
        draft = find_draft(session, hers)
        assert draft is not None and draft.cells == {"url": "https://example.com"}


def test_on_the_pages_too_each_has_her_own(place: Place) -> None:
    one, two = (make_account(place.database, roles=["moderator"]) for _each in range(2))
    subject = Subject(place.organisation_id, place.service_id, source=STAFF, writer=one)
    with place.database.transaction() as session:
        by = Actor(one, "moderator", is_moderator=True)
        save_draft(session, subject, {"cost_note": "Free."}, {}, by=by, now=now_utc())
    for account_id, status in ((one, 200), (two, 303)):
        assert signed_in(place.app, account_id).get(place.path("check")).status_code == status
