"""Somebody whose role was ended does not come back by an invitation of their own."""

from __future__ import annotations

import pytest

from directory.actions.accounts.grants import end_role
from directory.actions.accounts.standing import THE_COMMAND
from directory.errors import NotFound
from tests.accounts import make_account, make_organisation
from tests.integration.people.doing import NOW, Doing, as_role


def _end(doing: Doing, account: int, role: str) -> None:
    with doing.database.transaction() as session:
        end_role(session, account, role, by=THE_COMMAND, now=NOW)


def test_an_administrator_who_was_removed_has_no_invitation_left(doing: Doing) -> None:
    make_account(doing.database, roles=["administrator"])
    hers = make_organisation(doing.database)
    other = make_organisation(doing.database, "Example Organisation B")
    account = make_account(doing.database, roles=["administrator", "moderator"], owner_of=[hers])
    by = as_role("administrator", "moderator", account_id=account, owner_of=(hers,))
    back = doing.invite("mine@example.com", "administrator", by=by)
    owner = doing.invite("mine@example.com", "owner", other, by=by)
    colleague = doing.invite("colleague@example.org", "editor", hers, by=by)
    others = doing.invite("others@example.org", "moderator")
    _end(doing, account, "moderator")
    assert doing.accept(owner.token).is_new, "she is an administrator still, and may have sent it"
    owner = doing.invite("mine2@example.com", "owner", make_organisation(doing.database, "Example C"), by=by)
    _end(doing, account, "administrator")
    for token in (back.token, owner.token):
        with pytest.raises(NotFound):
            doing.accept(token, password_hash="a hash")
    assert doing.accept(colleague.token).is_new
    assert doing.accept(others.token, password_hash="a hash").is_new


def test_the_end_of_a_commissioner_takes_no_invitation_back(doing: Doing) -> None:
    hers = make_organisation(doing.database)
    account = make_account(doing.database, roles=["commissioner"], owner_of=[hers])
    by = as_role("commissioner", account_id=account, owner_of=(hers,))
    invited = doing.invite("colleague@example.org", "editor", hers, by=by)
    _end(doing, account, "commissioner")
    assert doing.accept(invited.token).is_new
