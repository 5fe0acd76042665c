"""Asking to manage a listing, for an owner's place or another address; deciding it through a channel held before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.actions.accounts.ask import (
    FROM_A_NETWORK_A_DAY,
    WAITING_FOR_A_SERVICE,
    ToManage,
    ask_to_manage,
    ask_to_replace_owner,
)
from directory.actions.accounts.decide_request import HowChecked, Links, approve_request, refuse_request
from directory.actions.accounts.standing import NotAllowed, Standing
from directory.db import Database
from directory.errors import Clash, NotFound, RuleBroken
from directory.models.contact_route import ContactRoute
from directory.models.hold import Hold
from directory.models.listing_past import ListingPast
from directory.models.service import Service
from directory.queries.manage_requests import request_to_decide, waiting_requests
from tests.accounts import make_account
from tests.builders import make_listing
from tests.integration.people.doing import NOW, Doing, as_role, link, newest_token

HELD = "telephone 01632 960001"


def _ask(database: Database, service_id: int, email: str = "new@example.org", **what: str) -> None:
    with database.transaction() as session:
        ask_to_manage(session, ToManage(service_id, "service manager", email, **what), now=NOW)


def _waiting(database: Database) -> list[int]:
    with database.reading() as session:
        return [each.request_id for each in waiting_requests(session)]


def _channels(database: Database, request_id: int) -> list[str]:
    with database.reading() as session:
        return [channel.code for channel in request_to_decide(session, request_id).channels]


def _approve(
    database: Database,
    request_id: int,
    channel: str = HELD,
    *leaving: int,
    by: Standing | None = None,
    spoke_to: str = "centre manager",
) -> None:
    with database.transaction() as session:
        checked = HowChecked(channel, spoke_to, leaving)
        approve_request(
            session, request_id, checked, Links(link, link), by=by or as_role("moderator"), now=NOW
        )


def _organisation(database: Database, service_id: int) -> int:
    with database.reading() as session:
        return session.scalars(select(Service.organisation_id).where(Service.id == service_id)).one()


def test_the_same_request_again_is_one_while_it_waits(doing: Doing) -> None:
    service = make_listing(doing.database)
    for email in ("new@example.org", "NEW@example.org", "new@example.org"):
        _ask(doing.database, service, email)
    assert len(_waiting(doing.database)) == 1


def test_a_flood_from_one_network_is_stopped_and_from_another_one_is_still_heard(doing: Doing) -> None:
    service = make_listing(doing.database)
    for number in range(FROM_A_NETWORK_A_DAY):
        _ask(doing.database, service, f"team{number}@example.org", network_hash="here")
    with pytest.raises(RuleBroken) as refused:
        _ask(doing.database, service, "team@example.org", network_hash="here")
    assert refused.value.field == ""
    _ask(doing.database, service, "team@example.org", network_hash="there")
    assert len(_waiting(doing.database)) == FROM_A_NETWORK_A_DAY + 1


def test_a_flood_for_one_listing_leaves_the_others_open(doing: Doing) -> None:
    service = make_listing(doing.database)
    other = make_listing(doing.database, organisation="Example Organisation B")
    for number in range(WAITING_FOR_A_SERVICE):
        _ask(doing.database, service, f"team{number}@example.org", network_hash=str(number))
    with pytest.raises(RuleBroken):
        _ask(doing.database, service, "team@example.org", network_hash="one more")
    _ask(doing.database, other)
    assert len(_waiting(doing.database)) == WAITING_FOR_A_SERVICE + 1


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("words", {"words": "She was born on 3 May 2014."}),
        ("words", {"words": "NHS number 943 476 5919"}),
        ("words", {"words": "x" * 1001}),
        ("email", {"email": "info@exаmple.org"}),  # noqa: RUF001  # a Cyrillic а, which is the test
    ],
)
def test_a_request_holds_nothing_of_a_case(database: Database, field: str, what: dict[str, str]) -> None:
    service = make_listing(database)
    with pytest.raises(RuleBroken) as refused:
        _ask(database, service, **what)
    assert refused.value.field == field
    with pytest.raises(NotFound):
        _ask(database, 999_999)


def test_a_moderator_asks_back_through_what_was_held_before_and_never_what_is_in_the_request(
    doing: Doing,
) -> None:
    service = make_listing(
        doing.database, contact_routes="telephone | 01632 960001 | \nemail | help@example.org | "
    )
    _ask(doing.database, service, "help@example.org")
    (number,) = _waiting(doing.database)
    assert _channels(doing.database, number) == [HELD, "website https://www.example.org"]
    for channel in ("", "email help@example.org", "telephone 01632 960999"):
        with pytest.raises(RuleBroken) as refused:
            _approve(doing.database, number, channel)
        assert refused.value.field == "channel"
    _approve(doing.database, number)
    assert doing.accept(newest_token(doing.database)).kind == "owner"


def test_a_number_that_came_after_the_request_or_is_on_hold_is_no_channel(doing: Doing) -> None:
    service = make_listing(doing.database)
    _ask(doing.database, service)
    (number,) = _waiting(doing.database)
    with doing.database.transaction() as session:
        before = {"contact_routes": "telephone | 01632 960001 | ", "url": "https://www.example.org"}
        after = before | {"contact_routes": "telephone | 01632 960666 | "}
        for cells, at in ((before, NOW + timedelta(hours=1)), (after, NOW + timedelta(hours=1, seconds=1))):
            session.add(
                ListingPast(service_id=service, cells=cells, act="edit", role="service manager", at=at)
            )
        session.scalars(select(ContactRoute)).one().value = "01632 960666"
    assert HELD in _channels(doing.database, number)
    assert "telephone 01632 960666" not in _channels(doing.database, number)
    with doing.database.transaction() as session:
        session.add(
            Hold(
                service_id=service, what="route", value="01632 960001", reason="wrong", role="moderator", placed_at=NOW
            )
        )  # fmt: skip
    assert _channels(doing.database, number) == ["website https://www.example.org"]


def test_a_request_is_decided_once_by_staff_and_never_by_whoever_asked(doing: Doing) -> None:
    service = make_listing(doing.database)
    _ask(doing.database, service, "moderator@example.org")
    (number,) = _waiting(doing.database)
    own = make_account(doing.database, email="moderator@example.org", roles=["moderator"])
    for by in (as_role(), as_role("commissioner"), as_role("moderator", account_id=own)):
        with pytest.raises(NotAllowed):
            _approve(doing.database, number, by=by)
    with pytest.raises(RuleBroken):
        _approve(doing.database, number, spoke_to="somebody@example.org")
    _approve(doing.database, number)
    with pytest.raises(Clash):
        _approve(doing.database, number)
    assert doing.acts() == ["ask: manage", "invite person", "approve request"]


def test_a_refusal_says_why_by_mail(doing: Doing) -> None:
    service = make_listing(doing.database)
    _ask(doing.database, service)
    (number,) = _waiting(doing.database)
    by = as_role("moderator")
    with doing.database.transaction() as session, pytest.raises(RuleBroken):
        refuse_request(session, number, " ", by=by, now=NOW)
    with doing.database.transaction() as session:
        refuse_request(session, number, "Nobody at the service knows of it.", by=by, now=NOW)
    (mail,) = doing.mails()
    assert mail.to_address == "new@example.org" and "Nobody at the service knows" in str(mail.body)
    assert _waiting(doing.database) == []


def test_an_owner_who_left_is_replaced_and_told(doing: Doing) -> None:
    service = make_listing(doing.database)
    organisation = _organisation(doing.database, service)
    left = make_account(doing.database, email="left@example.org", owner_of=[organisation])
    editor = make_account(doing.database, editor_of=[organisation])
    stranger = make_account(doing.database)
    for account, problem in ((stranger, NotAllowed), (None, NotAllowed)):
        with doing.database.transaction() as session, pytest.raises(problem):
            ask_to_replace_owner(
                session, organisation, "next@example.org", "manager", "", by=as_role(account_id=account), now=NOW
            )  # fmt: skip
    with doing.database.transaction() as session:
        ask_to_replace_owner(
            session, organisation, "next@example.org", "manager", "She left.", by=as_role(account_id=editor), now=NOW
        )  # fmt: skip
    (number,) = _waiting(doing.database)
    with pytest.raises(RuleBroken) as refused:
        _approve(doing.database, number, HELD, doing.membership(editor, organisation))
    assert refused.value.field == "owners"
    _approve(doing.database, number, HELD, doing.membership(left, organisation))
    doing.accept(newest_token(doing.database))
    assert [member.email for member in doing.people(organisation).members if member.kind == "owner"] == [
        "next@example.org"
    ]
    assert {mail.to_address for mail in doing.mails()} == {"left@example.org", "next@example.org"}
