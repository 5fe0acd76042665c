"""Saying yes to an invitation: once, in time, by whoever holds the address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.actions.accounts.accept import SignInFirst
from directory.errors import NotFound, RuleBroken
from directory.models.account import Account
from directory.models.membership import Invitation, Membership
from directory.queries.people import accounts
from tests.accounts import make_account, make_organisation
from tests.integration.people.doing import NOW, Doing


def test_accepting_makes_the_account_and_its_place(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    invited = doing.invite("Referrals@Example.org", organisation_id=organisation)
    accepted = doing.accept(invited.token, "centre manager")
    assert accepted.is_new
    account = doing.account("referrals@example.org")
    assert account is not None
    assert (account.title, account.active, account.confirmed_at) == ("centre manager", True, NOW)
    (member,) = doing.people(organisation).members
    assert (member.account_id, member.kind) == (account.id, "owner")
    assert doing.acts() == ["invite person", "accept invitation"]


def test_only_the_hash_of_a_link_is_stored(doing: Doing) -> None:
    invited = doing.invite("new@example.org", "moderator")
    with doing.database.reading() as session:
        stored = session.scalars(select(Invitation.token_hash)).one()
    assert invited.token not in stored and len(stored) == 64


@pytest.mark.parametrize("change", ["", "x", "longer", "other case", "\udcff", "%00"])
def test_a_link_that_was_tampered_with_opens_nothing(doing: Doing, change: str) -> None:
    invited = doing.invite("new@example.org", "moderator")
    tampered = {"": "", "longer": invited.token + "a", "other case": invited.token.swapcase()}.get(
        change, change
    )
    with pytest.raises(NotFound):
        doing.accept(tampered, password_hash="a hash")
    assert doing.account("new@example.org") is None


def test_a_link_works_once_and_until_its_end(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    invited = doing.invite(organisation_id=organisation)
    with pytest.raises(NotFound):
        doing.accept(invited.token, now=NOW + timedelta(days=14))
    last_moment = NOW + timedelta(days=14) - timedelta(seconds=1)
    accepted = doing.accept(invited.token, now=last_moment)
    with pytest.raises(NotFound):
        doing.accept(invited.token, now=last_moment)
    with pytest.raises(NotFound):
        doing.accept(invited.token, signed_in_as=accepted.account_id, now=last_moment)


def test_an_address_that_has_an_account_signs_in_first_and_nothing_is_used(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    known = make_account(
        doing.database, email="known@example.org", title="centre manager", password_hash="old"
    )
    somebody = make_account(doing.database)
    invited = doing.invite("known@example.org", "editor", organisation)
    for signed_in_as in (None, somebody):
        with pytest.raises(SignInFirst):
            doing.accept(invited.token, password_hash="of a stranger", signed_in_as=signed_in_as)
    accepted = doing.accept(invited.token, "", signed_in_as=known)
    assert (accepted.account_id, accepted.is_new) == (known, False)
    account = doing.account("known@example.org")
    assert account is not None and (account.password, account.title) == ("old", "centre manager")


def test_who_is_signed_in_never_takes_an_invitation_for_another_address(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    somebody = make_account(doing.database)
    invited = doing.invite("new@example.org", organisation_id=organisation)
    with pytest.raises(SignInFirst):
        doing.accept(invited.token, signed_in_as=somebody)
    assert doing.people(organisation).members == ()


def test_an_invitation_does_not_open_a_closed_account(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    closed = make_account(doing.database, email="closed@example.org")
    with doing.database.transaction() as session:
        session.get_one(Account, closed).active = False
    invited = doing.invite("closed@example.org", organisation_id=organisation)
    with pytest.raises(SignInFirst):
        doing.accept(invited.token, signed_in_as=closed)
    assert doing.people(organisation).members == ()


@pytest.mark.parametrize("kind", ["moderator", "administrator"])
def test_staff_need_a_password_and_others_do_not(doing: Doing, kind: str) -> None:
    invited = doing.invite("new@example.org", kind)
    with pytest.raises(RuleBroken) as refused:
        doing.accept(invited.token)
    assert refused.value.field == "password"
    doing.accept(invited.token, password_hash="a hash")
    account = doing.account("new@example.org")
    assert account is not None and [role.name for role in account.roles] == [kind]


@pytest.mark.parametrize("title", ["", " ", "me@example.org", "x" * 101])
def test_a_title_is_a_role_and_no_address(doing: Doing, title: str) -> None:
    organisation = make_organisation(doing.database)
    invited = doing.invite(organisation_id=organisation)
    with pytest.raises(RuleBroken) as refused:
        doing.accept(invited.token, title)
    assert refused.value.field == "title"
    assert doing.account("referrals@example.org") is None


def test_a_commissioner_speaks_for_the_areas_of_the_invitation_and_keeps_earlier_ones(doing: Doing) -> None:
    first = doing.invite("commissioner@example.org", "commissioner", None, "E06000031")
    accepted = doing.accept(first.token)
    second = doing.invite("commissioner@example.org", "commissioner", None, "E10000003", "E06000031")
    doing.accept(second.token, "", signed_in_as=accepted.account_id)
    with doing.database.reading() as session:
        (view,) = accounts(session)
    assert (view.roles, view.areas) == (("commissioner",), ("E06000031", "E10000003"))


@pytest.mark.parametrize(
    ("held", "invited_as", "then"), [("editor", "owner", "owner"), ("owner", "editor", "owner")]
)
def test_an_invitation_lifts_an_editor_and_lowers_no_owner(
    doing: Doing, held: str, invited_as: str, then: str
) -> None:
    organisation = make_organisation(doing.database)
    invited = doing.invite("known@example.org", invited_as, organisation)
    # Came to belong by another way after the invitation was sent.
    places = {"owner_of": [organisation]} if held == "owner" else {"editor_of": [organisation]}
    known = make_account(doing.database, email="known@example.org", **places)
    doing.accept(invited.token, "", signed_in_as=known)
    (member,) = doing.people(organisation).members
    assert member.kind == then
    with doing.database.reading() as session:
        kinds = session.scalars(select(Membership.kind).order_by(Membership.id)).all()
    assert kinds == ([held, then] if held != then else [held])
