"""The second person is a second one: nobody who acts, or ever acted, for an organisation decides what it asks for."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from directory.actions.accounts.ask import ToManage, ask_to_manage
from directory.actions.accounts.decide_request import refuse_request
from directory.actions.accounts.standing import NotAllowed, Standing
from directory.actions.actor import Actor
from directory.actions.changes.apply import stored_cells
from directory.actions.changes.decide import Approval, approve, refuse, send_back
from directory.actions.changes.holds import HoldAsked, lift_hold, place_hold
from directory.actions.changes.propose import Proposal, propose
from directory.actions.changes.restore import restore
from directory.db import Database
from directory.errors import RuleBroken
from directory.models.listing_past import ListingPast
from directory.models.membership import Membership
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.queries.manage_requests import waiting_requests
from directory.reference.hours import now_utc
from tests.accounts import make_account
from tests.builders import TablePlaces, make_listing

NEAR = ["owner", "editor", "was an owner"]


@pytest.fixture
def service(database: Database) -> int:
    return make_listing(database)


def organisation_of(database: Database, service: int) -> int:
    with database.reading() as session:
        return session.scalars(select(Service.organisation_id).where(Service.id == service)).one()


def near_moderator(database: Database, organisation: int, how: str) -> Actor:
    """A moderator with an account of her own, who acts or acted for the organisation."""
    kind = {"editor": "editor_of"}.get(how, "owner_of")
    number = make_account(database, roles=["moderator"], **{kind: [organisation]})  # type: ignore[arg-type]  # a keyword chosen by the test
    if how == "was an owner":
        with database.transaction() as session:
            session.execute(
                update(Membership).where(Membership.account_id == number).values(ended_at=now_utc())
            )
    return Actor(number, "moderator", is_moderator=True)


def a_change(database: Database, service: int | None, organisation: int | None, proposer: int) -> int:
    """Somebody's other account asks for another website, or for a new service."""
    cells = {"url": "https://www.example.com"}
    if service is None:
        with database.transaction() as session:
            change = ProposedChange(
                organisation_id=organisation, kind="new", source="form", state="waiting", role="manager",
                cells={"name": "Example Service B"}, base={}, proposed_by=proposer, made_at=now_utc(),
                sent_at=now_utc(),
            )  # fmt: skip
            session.add(change)
            session.flush()
            return change.id
    with database.transaction() as session:
        asked = Proposal(service, organisation, cells)
        by = Actor(proposer, "service manager")
        done = propose(session, asked, TablePlaces(), by=by, now=now_utc())
    assert done.waiting_id is not None
    return done.waiting_id


@pytest.mark.parametrize("how", NEAR)
def test_a_moderator_of_the_organisation_decides_none_of_its_changes(
    database: Database, service: int, how: str
) -> None:
    organisation = organisation_of(database, service)
    by = near_moderator(database, organisation, how)
    change = a_change(database, service, organisation, make_account(database, owner_of=[organisation]))
    for decide in (
        lambda session: approve(session, change, Approval(), TablePlaces(), by=by, now=now_utc()),
        lambda session: send_back(session, change, "Which one?", by=by, now=now_utc()),
        lambda session: refuse(session, change, "No.", by=by, now=now_utc()),
    ):
        with database.transaction() as session, pytest.raises(RuleBroken, match="acted"):
            decide(session)


def test_who_acts_elsewhere_may_decide(database: Database, service: int) -> None:
    other = organisation_of(database, make_listing(database, organisation="Example Organisation B"))
    organisation = organisation_of(database, service)
    by = near_moderator(database, other, "owner")
    change = a_change(database, service, organisation, make_account(database, owner_of=[organisation]))
    with database.transaction() as session:
        send_back(session, change, "Which one?", by=by, now=now_utc())


def test_a_service_of_an_organisation_that_is_not_listed_is_decided_by_nobody_from_the_proposers_own(
    database: Database, service: int
) -> None:
    organisation = organisation_of(database, service)
    by = near_moderator(database, organisation, "was an owner")
    change = a_change(database, None, None, make_account(database, owner_of=[organisation]))
    with database.transaction() as session, pytest.raises(RuleBroken, match="acted"):
        refuse(session, change, "No.", by=by, now=now_utc())


@pytest.mark.parametrize("how", NEAR)
def test_nor_is_an_older_version_that_she_puts_back_in_place_at_once(
    database: Database, service: int, how: str
) -> None:
    by = near_moderator(database, organisation_of(database, service), how)
    with database.transaction() as session:
        cells = dict(stored_cells(session, service)) | {"url": "https://www.example.com"}
        past = ListingPast(service_id=service, cells=cells, act="edit", role="owner", at=now_utc())
        session.add(past)
        session.flush()
        done = restore(session, past.id, TablePlaces(), by=by, now=now_utc())
    assert done.published_id is None and done.waiting_id is not None


@pytest.mark.parametrize("how", NEAR)
def test_nor_does_it_ask_for_what_the_organisation_does_not_write(
    database: Database, service: int, how: str
) -> None:
    by = near_moderator(database, organisation_of(database, service), how)
    with database.transaction() as session:
        cells = dict(stored_cells(session, service)) | {
            "url": "https://www.example.com",
            "source_note": "Theirs.",
        }
        past = ListingPast(service_id=service, cells=cells, act="edit", role="owner", at=now_utc())
        session.add(past)
        session.flush()
        done = restore(session, past.id, TablePlaces(), by=by, now=now_utc())
    assert done.waiting == ("url",)


@pytest.mark.parametrize("how", NEAR)
def test_nor_does_she_put_back_what_another_moderator_took_down(
    database: Database, service: int, how: str
) -> None:
    by = near_moderator(database, organisation_of(database, service), how)
    placed_by = Actor(make_account(database, roles=["moderator"]), "moderator", is_moderator=True)
    with database.transaction() as session:
        asked = HoldAsked("route", "01632 960001", "it may be wrong")
        hold = place_hold(session, service, asked, by=placed_by, now=now_utc())
    with database.transaction() as session, pytest.raises(RuleBroken, match="acted"):
        lift_hold(session, hold, "I rang it.", by=by, now=now_utc())


@pytest.mark.parametrize("how", NEAR)
def test_nor_does_she_decide_who_owns_it(database: Database, service: int, how: str) -> None:
    by = near_moderator(database, organisation_of(database, service), how)
    with database.transaction() as session:
        ask_to_manage(session, ToManage(service, "service manager", "new@example.org"), now=now_utc())
    with database.transaction() as session, pytest.raises(NotAllowed):
        (request,) = waiting_requests(session)
        standing = Standing(by, frozenset({"moderator"}))
        refuse_request(session, request.request_id, "No.", by=standing, now=now_utc())
