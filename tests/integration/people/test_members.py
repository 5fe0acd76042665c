"""An organisation's people: who ends what, and that an organisation is not left without an owner by accident."""

from __future__ import annotations

import threading

import pytest

from directory.actions.accounts.members import end_membership, make_owner, set_contact
from directory.actions.accounts.own import change_title, deactivate, reactivate
from directory.actions.accounts.standing import THE_COMMAND, NotAllowed, Standing
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.queries.accounts import signed_in as find_signed_in
from directory.queries.people import contacts_of
from directory.reference.hours import now_utc
from directory.security.me import token_hash
from tests.accounts import make_account, make_organisation
from tests.integration.people.doing import NOW, Doing, as_role
from tests.integration.people.sign_ins import sign_in


def _end(database: Database, membership: int, organisation: int, by: Standing) -> None:
    with database.transaction() as session:
        end_membership(session, membership, organisation, by=by, now=NOW)


def test_an_owner_leaves_only_where_another_remains(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    first = make_account(doing.database, owner_of=[organisation])
    editor = make_account(doing.database, editor_of=[organisation])
    own = as_role(account_id=first, owner_of=(organisation,))
    number = doing.membership(first, organisation)
    with pytest.raises(RuleBroken) as refused:
        _end(doing.database, number, organisation, own)
    assert refused.value.field == "membership"
    with doing.database.transaction() as session:
        make_owner(session, doing.membership(editor, organisation), organisation, by=own, now=NOW)
    _end(doing.database, number, organisation, own)
    assert [member.account_id for member in doing.people(organisation).members] == [editor]
    assert doing.acts() == ["make owner", "end membership"]


def test_a_closed_account_does_not_count_as_an_owner_who_remains(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    first = make_account(doing.database, owner_of=[organisation])
    second = make_account(doing.database, owner_of=[organisation])
    with doing.database.transaction() as session:
        deactivate(session, second, by=THE_COMMAND, now=NOW)
    with pytest.raises(RuleBroken):
        _end(
            doing.database,
            doing.membership(first, organisation),
            organisation,
            as_role(account_id=first, owner_of=(organisation,)),
        )


def test_staff_end_an_owner_beside_another_and_the_person_is_told(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    owner = make_account(doing.database, email="info@example.org", owner_of=[organisation])
    make_account(doing.database, email="stays@example.org", owner_of=[organisation])
    _end(doing.database, doing.membership(owner, organisation), organisation, as_role("moderator"))
    assert [member.email for member in doing.people(organisation).members] == ["stays@example.org"]
    told, mail = doing.mails()
    assert told.to_address == "stays@example.org"
    assert (mail.to_address, mail.subject) == ("info@example.org", "Your account")


def test_an_editor_leaves_by_herself_and_ends_nobody_else(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    owner = make_account(doing.database, owner_of=[organisation])
    editor = make_account(doing.database, editor_of=[organisation])
    by = as_role(account_id=editor)
    with pytest.raises(NotAllowed):
        _end(doing.database, doing.membership(owner, organisation), organisation, by)
    _end(doing.database, doing.membership(editor, organisation), organisation, by)
    assert [member.account_id for member in doing.people(organisation).members] == [owner]
    assert doing.mails() == []


def test_another_organisations_owner_reaches_no_member(doing: Doing) -> None:
    hers, other = (
        make_organisation(doing.database),
        make_organisation(doing.database, "Example Organisation B"),
    )
    owner = make_account(doing.database, owner_of=[hers])
    editor = make_account(doing.database, editor_of=[hers])
    stranger = as_role(account_id=make_account(doing.database, owner_of=[other]), owner_of=(other,))
    number = doing.membership(editor, hers)
    for organisation, problem in ((hers, NotAllowed), (other, NotFound)):
        with doing.database.transaction() as session:
            with pytest.raises(problem):
                end_membership(session, number, organisation, by=stranger, now=NOW)
            with pytest.raises(problem):
                make_owner(session, number, organisation, by=stranger, now=NOW)
            with pytest.raises(problem):
                set_contact(session, number, organisation, by=stranger, now=NOW)
    assert {member.account_id for member in doing.people(hers).members} == {owner, editor}


def test_two_owners_who_leave_at_once_leave_one_behind(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    pair = [make_account(doing.database, owner_of=[organisation]) for _ in range(2)]
    numbers = [doing.membership(each, organisation) for each in pair]
    barrier, refused = threading.Barrier(2), []

    def leave(account: int, number: int) -> None:
        barrier.wait()
        try:
            _end(doing.database, number, organisation, as_role(account_id=account, owner_of=(organisation,)))
        except RuleBroken:
            refused.append(account)

    threads = [threading.Thread(target=leave, args=each) for each in zip(pair, numbers, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [member.account_id for member in doing.people(organisation).members] == refused
    assert len(refused) == 1


def test_an_organisation_is_written_to_where_it_chose_else_to_its_owners(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    owner = make_account(doing.database, email="anna@example.org", owner_of=[organisation])
    mailbox = make_account(doing.database, email="info@example.org", editor_of=[organisation])
    by = as_role(account_id=owner, owner_of=(organisation,))

    def written_to() -> list[str]:
        with doing.database.reading() as session:
            return [contact.email for contact in contacts_of(session, organisation)]

    assert written_to() == ["anna@example.org"]
    number = doing.membership(mailbox, organisation)
    with doing.database.transaction() as session:
        set_contact(session, number, organisation, by=by, now=NOW)
    assert written_to() == ["info@example.org"]
    with doing.database.transaction() as session:
        deactivate(session, mailbox, by=THE_COMMAND, now=NOW)
    assert written_to() == ["anna@example.org"]
    with doing.database.transaction() as session:
        reactivate(session, mailbox, by=THE_COMMAND, now=NOW)
        set_contact(session, None, organisation, by=by, now=NOW)
    assert written_to() == ["anna@example.org"]


def test_a_closed_account_is_signed_out_at_once(doing: Doing) -> None:
    account = make_account(doing.database)
    token = sign_in(doing.database, account)

    def is_in() -> bool:
        with doing.database.reading() as session:
            return find_signed_in(session, token_hash(token), now_utc()) is not None

    assert is_in()
    with doing.database.transaction() as session:
        deactivate(session, account, by=as_role("administrator"), now=now_utc())
    assert not is_in()
    with doing.database.transaction() as session:
        reactivate(session, account, by=as_role("administrator"), now=now_utc())
    assert not is_in(), "an account that is opened again must be signed in to again"


@pytest.mark.parametrize("who", ["moderator", "commissioner", "owner"])
def test_only_an_administrator_closes_accounts(doing: Doing, who: str) -> None:
    account = make_account(doing.database)
    for act in (deactivate, reactivate):
        with doing.database.transaction() as session, pytest.raises(NotAllowed):
            act(session, account, by=as_role(who), now=NOW)


def test_the_last_administrator_is_not_closed(doing: Doing) -> None:
    first = make_account(doing.database, roles=["administrator"])
    by = as_role("administrator", account_id=first)
    with doing.database.transaction() as session, pytest.raises(RuleBroken, match="Nobody else"):
        deactivate(session, first, by=by, now=NOW)
    make_account(doing.database, roles=["administrator"])
    with doing.database.transaction() as session:
        deactivate(session, first, by=by, now=NOW)
    assert doing.acts() == ["close account"]


def test_only_the_person_says_what_they_are(doing: Doing) -> None:
    account = make_account(doing.database)
    with doing.database.transaction() as session:
        assert change_title(
            session, account, " centre  manager ", by=as_role(account_id=account), now=NOW
        ) == ("centre manager")
    for by in (as_role("administrator"), THE_COMMAND, as_role(account_id=account + 1)):
        with doing.database.transaction() as session, pytest.raises(NotAllowed):
            change_title(session, account, "king", by=by, now=NOW)
