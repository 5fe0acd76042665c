"""Another address for an account: a moderator approves it, and it counts once its own mailbox has said yes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from directory.actions.accounts.ask import ADDRESSES_A_DAY, ask_to_change_email
from directory.actions.accounts.decide_request import HowChecked, Links, approve_request, refuse_request
from directory.actions.accounts.erase import erase
from directory.actions.accounts.new_mailbox import confirm_mailbox, open_mailbox_link
from directory.actions.accounts.own import deactivate
from directory.actions.accounts.standing import THE_COMMAND
from directory.errors import NotFound, RuleBroken
from directory.models.membership import MailboxLink, Membership
from directory.models.service import Service
from directory.queries.accounts import signed_in as find_signed_in
from directory.queries.manage_requests import request_to_decide, waiting_requests
from directory.reference.hours import now_utc
from directory.security.me import token_hash
from tests.accounts import make_account
from tests.builders import make_listing
from tests.integration.people.conftest import Places
from tests.integration.people.doing import NOW, Doing, as_role, link
from tests.integration.people.sign_ins import sign_in

HELD = "telephone 01632 960001"
OLD, NEW = "old@example.org", "new@example.org"


def an_owner(doing: Doing) -> tuple[int, int]:
    """An account of OLD; returns it and its organisation."""
    service = make_listing(doing.database)
    with doing.database.reading() as session:
        organisation = session.scalars(select(Service.organisation_id).where(Service.id == service)).one()
    return make_account(doing.database, email=OLD, owner_of=[organisation]), organisation


def ask(doing: Doing, account: int, email: str = NEW) -> int:
    with doing.database.transaction() as session:
        ask_to_change_email(session, email, "", by=as_role(account_id=account), now=NOW)
    with doing.database.reading() as session:
        return waiting_requests(session)[0].request_id


def approve(doing: Doing, request: int) -> str:
    """A moderator says yes. Returns what the link of the newest mail holds, '' for none."""
    with doing.database.transaction() as session:
        checked = HowChecked(HELD, "centre manager")
        approve_request(session, request, checked, Links(link, link), by=as_role("moderator"), now=NOW)
    found = re.search(r"/invitations/([\w-]+)", doing.mails()[-1].body or "")
    return found[1] if found else ""


def confirm(doing: Doing, token: str, now: datetime = NOW) -> None:
    with doing.database.transaction() as session:
        confirm_mailbox(session, token, now=now)


def test_an_address_counts_when_its_mailbox_has_said_yes_and_the_old_one_is_told_twice(doing: Doing) -> None:
    owner, _organisation = an_owner(doing)
    token = sign_in(doing.database, owner)
    request = ask(doing, owner, "New@example.org")
    assert [mail.to_address for mail in doing.mails()] == [OLD]
    with doing.database.reading() as session:
        assert f"email {NEW}" not in [one.code for one in request_to_decide(session, request).channels]
    link_token = approve(doing, request)
    before = doing.account(OLD)
    assert before is not None and before.id == owner and doing.account(NEW) is None
    confirm(doing, link_token)
    account = doing.account(NEW)
    assert account is not None and account.id == owner and doing.account(OLD) is None
    assert account.fs_uniquifier != before.fs_uniquifier
    assert [mail.to_address for mail in doing.mails()] == [OLD, NEW, OLD, NEW]
    assert doing.acts()[-1] == "change email"
    with doing.database.reading() as session:
        assert find_signed_in(session, token_hash(token), now_utc()) is None


def test_a_link_works_once_until_it_ends_and_only_for_this(doing: Doing) -> None:
    owner, _organisation = an_owner(doing)
    token = approve(doing, ask(doing, owner))
    for wrong, now in (("", NOW), ("another", NOW), ("\udc80", NOW), (token, NOW + timedelta(days=7))):
        with pytest.raises(NotFound):
            confirm(doing, wrong, now)
    with pytest.raises(NotFound):
        doing.accept(token)
    with doing.database.reading() as session:
        found = open_mailbox_link(session, token, NOW)
    assert found is not None and found.email == NEW and doing.account(NEW) is None
    confirm(doing, token)
    with pytest.raises(NotFound):
        confirm(doing, token)


@pytest.mark.parametrize("what", ["closed", "left", "erased", "taken"])
def test_a_link_ends_with_what_it_stands_on(doing: Doing, what: str) -> None:
    owner, _organisation = an_owner(doing)
    token = approve(doing, ask(doing, owner))
    with doing.database.transaction() as session:
        if what == "closed":
            deactivate(session, owner, by=THE_COMMAND, now=NOW)
        elif what == "left":
            session.scalars(select(Membership)).one().ended_at = NOW
        elif what == "erased":
            erase(session, NEW, by=THE_COMMAND, now=NOW)
    if what == "taken":
        make_account(doing.database, email=NEW)
    with pytest.raises(NotFound):
        confirm(doing, token)


def test_approving_looks_alike_for_an_address_that_has_an_account(doing: Doing) -> None:
    owner, _organisation = an_owner(doing)
    make_account(doing.database, email=NEW)
    assert approve(doing, ask(doing, owner)) == ""
    assert [mail.to_address for mail in doing.mails()] == [OLD, NEW]
    assert "an account of its own already" in str(doing.mails()[-1].body)
    with doing.database.reading() as session:
        assert session.scalars(select(MailboxLink)).all() == []


def test_asking_again_ends_the_link_before_and_not_more_often_than_can_be_read(doing: Doing) -> None:
    owner, _organisation = an_owner(doing)
    first = approve(doing, ask(doing, owner))
    second = approve(doing, ask(doing, owner, "other@example.org"))
    with pytest.raises(NotFound):
        confirm(doing, first)
    for number in range(ADDRESSES_A_DAY - 2):
        ask(doing, owner, f"team{number}@example.org")
    with pytest.raises(RuleBroken) as refused:
        ask(doing, owner, "one.more@example.org")
    assert refused.value.field == "email"
    confirm(doing, second)
    assert doing.account("other@example.org") is not None


def test_a_refusal_is_told_to_the_address_so_far(doing: Doing) -> None:
    owner, _organisation = an_owner(doing)
    request = ask(doing, owner)
    with doing.database.transaction() as session:
        refuse_request(session, request, "Nobody knows of it.", by=as_role("moderator"), now=NOW)
    assert [mail.to_address for mail in doing.mails()] == [OLD, OLD]


def test_opening_the_page_changes_nothing_and_a_tap_does(places: Places) -> None:
    doing = Doing(places.database)
    with places.database.transaction() as session:
        asked = as_role(account_id=places.her_account)
        ask_to_change_email(session, NEW, "", by=asked, now=now_utc())
    with places.database.transaction() as session:
        (request,) = waiting_requests(session)
        checked = HowChecked(HELD, "centre manager")
        by = as_role("moderator")
        approve_request(session, request.request_id, checked, Links(link, link), by=by, now=now_utc())
    token = (re.findall(r"/invitations/([\w-]+)", doing.mails()[-1].body or ""))[0]
    visitor = places.app.test_client()
    for method in ("GET", "HEAD"):
        assert visitor.open(f"/account/new-address/{token}", method=method).status_code == 200
    assert doing.account(NEW) is None
    answer = visitor.post(f"/account/new-address/{token}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/new-address/done")
    assert "new address" in visitor.get("/account/new-address/done").text
    assert doing.account(NEW) is not None
    for method in ("GET", "POST"):
        assert visitor.open(f"/account/new-address/{token}", method=method).status_code == 410
