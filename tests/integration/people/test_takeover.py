"""One look into an owner's mailbox must not take an organisation over: owners change in the open, and by two people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from directory.actions.accounts.ask import ask_to_change_email, ask_to_end_owner, ask_to_replace_owner
from directory.actions.accounts.decide_request import HowChecked, Links, approve_request
from directory.actions.accounts.members import end_membership, make_owner, set_contact
from directory.actions.accounts.standing import NotAllowed, Standing
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.models.service import Service
from directory.models.sign_in import SignIn
from directory.queries.manage_requests import RequestView, request_to_decide, waiting_requests
from directory.reference.hours import now_utc
from tests.accounts import make_account, make_organisation, signed_in
from tests.builders import make_listing
from tests.integration.people.conftest import Places
from tests.integration.people.doing import NOW, Doing, as_role, link

HELD = "telephone 01632 960001"


def _listed(database: Database, **listing: str) -> int:
    service = make_listing(database, **listing)
    with database.reading() as session:
        return session.scalars(select(Service.organisation_id).where(Service.id == service)).one()


def _owner(account: int, organisation: int) -> Standing:
    return as_role(account_id=account, owner_of=(organisation,))


def _waiting(database: Database) -> list[RequestView]:
    with database.reading() as session:
        return list(waiting_requests(session))


def _ask_to_end(doing: Doing, leaving: int, organisation: int, by: int) -> None:
    with doing.database.transaction() as session:
        number = doing.membership(leaving, organisation)
        ask_to_end_owner(session, number, organisation, by=_owner(by, organisation), now=NOW)


def _approve(doing: Doing, request: int, *leaving: int, by: Standing | None = None) -> None:
    with doing.database.transaction() as session:
        checked = HowChecked(HELD, "centre manager", leaving)
        who = by or as_role("moderator")
        approve_request(session, request, checked, Links(link, link), by=who, now=NOW)


def test_an_owner_does_not_end_another_one_but_asks(doing: Doing) -> None:
    organisation = _listed(doing.database)
    stranger = make_account(doing.database, email="stranger@example.com", owner_of=[organisation])
    real = make_account(doing.database, email="info@example.org", title="manager", owner_of=[organisation])
    number = doing.membership(real, organisation)
    with doing.database.transaction() as session, pytest.raises(NotAllowed):
        end_membership(session, number, organisation, by=_owner(stranger, organisation), now=NOW)
    for _ in range(2):
        _ask_to_end(doing, real, organisation, stranger)
    (request,) = _waiting(doing.database)
    assert (request.kind, request.email) == ("replace owner", "stranger@example.com")
    assert request.words == "Asks that this owner is removed: manager, info@example.org."
    assert {mail.to_address for mail in doing.mails()} == {"stranger@example.com", "info@example.org"}
    assert len(doing.people(organisation).members) == 2


def test_a_moderator_who_has_asked_the_organisation_ends_an_owner(doing: Doing) -> None:
    organisation = _listed(doing.database)
    stays = make_account(doing.database, email="stays@example.org", owner_of=[organisation])
    left = make_account(doing.database, email="left@example.org", owner_of=[organisation])
    _ask_to_end(doing, left, organisation, stays)
    (request,) = _waiting(doing.database)
    numbers = [doing.membership(each, organisation) for each in (left, stays)]
    for leaving in ((), tuple(numbers)):
        with pytest.raises(RuleBroken) as refused:
            _approve(doing, request.request_id, *leaving)
        assert refused.value.field == "owners"
    _approve(doing, request.request_id, numbers[0])
    assert [one.account_id for one in doing.people(organisation).members] == [stays]
    assert doing.people(organisation).invitations == ()
    told = [mail.to_address for mail in doing.mails() if "no longer" in str(mail.body)]
    assert sorted(told) == ["left@example.org", "stays@example.org"]


def test_only_an_owner_asks_for_the_end_of_an_owner_of_the_same_organisation(doing: Doing) -> None:
    organisation, other = _listed(doing.database), make_organisation(doing.database, "Example Organisation B")
    owner = make_account(doing.database, owner_of=[organisation])
    editor = make_account(doing.database, editor_of=[organisation])
    elsewhere = make_account(doing.database, owner_of=[other])
    with doing.database.transaction() as session:
        number = doing.membership(owner, organisation)
        for by in (as_role(account_id=editor), _owner(elsewhere, other), as_role("moderator")):
            with pytest.raises(NotAllowed):
                ask_to_end_owner(session, number, organisation, by=by, now=NOW)
        with pytest.raises(NotFound):
            ask_to_end_owner(session, number, other, by=_owner(elsewhere, other), now=NOW)
        number = doing.membership(editor, organisation)
        with pytest.raises(NotFound):
            ask_to_end_owner(session, number, organisation, by=_owner(owner, organisation), now=NOW)


def test_an_owner_steps_down_and_ends_editors_as_before(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    pair = [make_account(doing.database, owner_of=[organisation]) for _ in range(2)]
    editor = make_account(doing.database, editor_of=[organisation])
    by = _owner(pair[0], organisation)
    for account in (editor, pair[0]):
        with doing.database.transaction() as session:
            end_membership(session, doing.membership(account, organisation), organisation, by=by, now=NOW)
    assert [one.account_id for one in doing.people(organisation).members] == [pair[1]]


def test_every_owner_and_the_chosen_mailbox_hear_of_owners_at_once(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    owner = make_account(doing.database, email="a@example.org", owner_of=[organisation])
    make_account(doing.database, email="b@example.org", owner_of=[organisation])
    mailbox = make_account(doing.database, email="info@example.org", editor_of=[organisation])
    by = _owner(owner, organisation)
    with doing.database.transaction() as session:
        set_contact(session, doing.membership(mailbox, organisation), organisation, by=by, now=NOW)
    everybody = {"a@example.org", "b@example.org", "info@example.org"}
    before = len(doing.mails())
    doing.invite("new@example.org", "editor", organisation, by=by)
    assert {mail.to_address for mail in doing.mails()[before:]} == {"new@example.org"}
    doing.invite("other@example.org", "owner", organisation, by=by)
    assert {mail.to_address for mail in doing.mails()[before:]} == everybody | {
        "new@example.org",
        "other@example.org",
    }
    before = len(doing.mails())
    with doing.database.transaction() as session:
        make_owner(session, doing.membership(mailbox, organisation), organisation, by=by, now=NOW)
    assert {mail.to_address for mail in doing.mails()[before:]} == everybody
    before = len(doing.mails())
    with doing.database.transaction() as session:
        end_membership(session, doing.membership(owner, organisation), organisation, by=by, now=NOW)
    assert {mail.to_address for mail in doing.mails()[before:]} == everybody - {"a@example.org"}
    assert not any("new@example.org" in str(mail.body) for mail in doing.mails()[before:])


def test_every_owner_and_both_mailboxes_hear_of_a_chosen_address_once(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    owner = make_account(doing.database, email="a@example.org", owner_of=[organisation])
    make_account(doing.database, email="b@example.org", owner_of=[organisation])
    first, second = (
        make_account(doing.database, email=f"{name}@example.org", editor_of=[organisation])
        for name in ("first", "second")
    )
    by = _owner(owner, organisation)

    def told(chosen: int | None) -> list[str]:
        before = len(doing.mails())
        number = doing.membership(chosen, organisation) if chosen is not None else None
        # A double click, and a choice that was made already, are told to nobody.
        for later in range(2):
            with doing.database.transaction() as session:
                at = NOW + timedelta(seconds=before + later)
                set_contact(session, number, organisation, by=by, now=at)
        assert all("we write to" in str(mail.body) for mail in doing.mails()[before:])
        return sorted(mail.to_address.removesuffix("@example.org") for mail in doing.mails()[before:])

    assert told(None) == []
    assert told(first) == ["a", "b", "first"]
    assert told(second) == ["a", "b", "first", "second"]
    assert told(None) == ["a", "b", "second"]
    assert [act for act in doing.acts() if act == "set contact"] == ["set contact"] * 3


def test_staff_end_no_last_owner_and_invite_none_where_there_was_one(doing: Doing) -> None:
    organisation = _listed(doing.database)
    owner = make_account(doing.database, owner_of=[organisation])
    staff = as_role("moderator")
    number = doing.membership(owner, organisation)
    with doing.database.transaction() as session, pytest.raises(RuleBroken, match="Decide a request"):
        end_membership(session, number, organisation, by=staff, now=NOW)
    editor = make_account(doing.database, editor_of=[organisation])
    with doing.database.transaction() as session:
        by = as_role(account_id=editor)
        ask_to_replace_owner(session, organisation, "next@example.org", "manager", "", by=by, now=NOW)
    (request,) = _waiting(doing.database)
    _approve(doing, request.request_id, number)
    assert doing.people(organisation).had_owner and not doing.people(organisation).has_owner
    with pytest.raises(RuleBroken, match="had an owner"):
        doing.invite("another@example.org", "owner", organisation, by=staff)


def test_staff_who_act_for_an_organisation_end_no_owner_of_it(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    pair = [make_account(doing.database, owner_of=[organisation]) for _ in range(2)]
    near = make_account(doing.database, editor_of=[organisation], roles=["moderator"])
    number = doing.membership(pair[0], organisation)
    with doing.database.transaction() as session, pytest.raises(NotAllowed):
        end_membership(session, number, organisation, by=as_role("moderator", account_id=near), now=NOW)


def test_the_mailbox_of_whoever_asks_proves_nothing(doing: Doing) -> None:
    routes = "telephone | 01632 960001 | \nemail | info@example.org | "
    organisation = _listed(doing.database, contact_routes=routes)
    owner = make_account(doing.database, email="info@example.org", owner_of=[organisation])
    bare = make_account(
        doing.database, email="bare@example.org", owner_of=[make_organisation(doing.database, "Bare")]
    )
    staff = make_account(doing.database, email="staff@example.org", roles=["moderator"])
    for account in (owner, bare, staff):
        with doing.database.transaction() as session:
            by = as_role(account_id=account)
            ask_to_change_email(session, f"new{account}@example.org", "", by=by, now=NOW)
    with doing.database.reading() as session:
        channels = {
            request.account_id: [one.code for one in request_to_decide(session, request.request_id).channels]
            for request in waiting_requests(session)
        }
    assert channels == {
        owner: [HELD, "website https://www.example.org"],
        bare: [],
        staff: ["email staff@example.org"],
    }


def test_an_old_sign_in_changes_no_owner(places: Places) -> None:
    doing = Doing(places.database)
    editor = make_account(places.database, email="e@example.org", editor_of=[places.hers])
    other = make_account(places.database, email="o@example.org", owner_of=[places.hers])
    owner = signed_in(places.app, places.her_account)
    with places.database.transaction() as session:
        session.execute(update(SignIn).values(started_at=now_utc() - timedelta(minutes=31)))
    base = f"/organisations/{places.hers}/people"
    refused = owner.post(base, data={"email": "new@example.org", "kind": "owner"})
    assert refused.status_code == 400 and "sign in again" in refused.text
    assert 'value="new@example.org"' in refused.text
    for account, path in ((editor, "make-owner"), (other, "end")):
        answer = owner.post(f"{base}/{doing.membership(account, places.hers)}/{path}")
        assert answer.status_code == 303 and answer.location.startswith("/account/sign-in?next=")
    assert len(doing.people(places.hers).members) == 3 and doing.mails() == []
    assert _waiting(places.database) == []
    assert owner.post(base, data={"email": "new@example.org", "kind": "editor"}).status_code == 303


def test_the_page_asks_for_the_end_of_an_owner_and_a_moderator_reads_whose(places: Places) -> None:
    doing = Doing(places.database)
    other = make_account(places.database, email="o@example.org", title="director", owner_of=[places.hers])
    owner = signed_in(places.app, places.her_account)
    path = f"/organisations/{places.hers}/people/{doing.membership(other, places.hers)}/end"
    assert "Ask to remove this owner?" in owner.get(path).text
    answer = owner.post(path)
    assert answer.status_code == 303 and answer.location.endswith("done=asked")
    (request,) = _waiting(places.database)
    staff = signed_in(places.app, make_account(places.database, roles=["moderator"]))
    page = staff.get(f"/moderation/requests/{request.request_id}").text
    assert "They ask that another owner is removed" in page and "director, o@example.org" in page


@pytest.mark.parametrize("typed", ["9" * 5000, "9" * 10, "٣", "-1", "x", ""])  # noqa: RUF001  # an Arabic digit
def test_what_is_no_owners_number_is_refused_by_its_field(places: Places, typed: str) -> None:
    editor = make_account(places.database, editor_of=[places.hers])
    with places.database.transaction() as session:
        by = as_role(account_id=editor)
        ask_to_replace_owner(session, places.hers, "next@example.org", "manager", "", by=by, now=NOW)
    (request,) = _waiting(places.database)
    staff = signed_in(places.app, make_account(places.database, roles=["moderator"]))
    data = {"channel": HELD, "spoke_to": "centre manager", "owners": typed}
    answer = staff.post(f"/moderation/requests/{request.request_id}/approve", data=data)
    assert answer.status_code == 400 and "Choose owners of this organisation" in answer.text
