"""Who has lost phone and recovery codes is let in again by another administrator, and starts with a new one."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from directory.actions.accounts.second_factor import reset_second_factor
from directory.actions.accounts.standing import NotAllowed
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.models.account import Account, Passkey
from directory.models.audit import AuditEntry
from directory.models.outbox import OutboxMail
from directory.queries.sign_ins import signing_in
from tests.accounts import make_account, signed_in
from tests.integration.people.conftest import Places
from tests.integration.people.doing import NOW, Doing, as_role

WHY = "Lost phone; rang the number in the list of staff."


def with_everything(database: Database, **who: object) -> int:
    """Somebody with an authenticator, a passkey and recovery codes."""
    number = make_account(database, **who)  # type: ignore[arg-type]  # as it takes them
    with database.transaction() as session:
        account = session.get_one(Account, number)
        account.tf_totp_secret, account.tf_primary_method, account.totp_counter = "sealed", "authenticator", 7
        account.mf_recovery_codes = ["one", "two"]
        session.add(
            Passkey(
                user_id=number, credential_id=b"credential", public_key=b"key", sign_count=0, transports=[],
                backup_state=False, device_type="single_device", create_datetime=NOW, lastuse_datetime=NOW,
                name="a key", usage="secondary",
            )
        )  # fmt: skip
    return number


def has_second_factor(database: Database, number: int) -> bool:
    with database.reading() as session:
        who = signing_in(session, account_id=number)
        assert who is not None
        account = session.get_one(Account, number)
        codes = bool(account.mf_recovery_codes)
        assert codes == who.has_second_factor
        return who.has_second_factor


def test_all_of_it_goes_and_the_account_is_told_without_a_word_of_what_it_is(doing: Doing) -> None:
    admin = make_account(doing.database, roles=["administrator"])
    number = with_everything(doing.database, roles=["moderator"], email="moderates@example.org")
    with doing.database.transaction() as session:
        reset_second_factor(session, number, WHY, by=as_role("administrator", account_id=admin), now=NOW)
    assert not has_second_factor(doing.database, number)
    with doing.database.reading() as session:
        assert session.scalars(select(Passkey)).all() == []
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.act, entry.about_id, entry.account_id) == ("reset second factor", number, admin)
        assert entry.details == {"reason": WHY}
    (mail,) = doing.mails()
    assert (mail.to_address, mail.subject) == ("moderates@example.org", "Your account")


def test_nobody_resets_their_own_nor_without_saying_why(doing: Doing) -> None:
    admin = with_everything(doing.database, roles=["administrator"])
    by = as_role("administrator", account_id=admin)
    other = make_account(doing.database, roles=["moderator"])
    for number, who in ((admin, by), (other, as_role("moderator")), (other, as_role())):
        with doing.database.transaction() as session, pytest.raises(NotAllowed):
            reset_second_factor(session, number, WHY, by=who, now=NOW)
    for reason in ("", "  ", "asked by jane@example.org", "x" * 301):
        with doing.database.transaction() as session, pytest.raises(RuleBroken) as refused:
            reset_second_factor(session, other, reason, by=by, now=NOW)
        assert refused.value.field == "reason"
    with doing.database.transaction() as session, pytest.raises(NotFound):
        reset_second_factor(session, 999, WHY, by=by, now=NOW)
    assert has_second_factor(doing.database, admin)


def test_the_page_says_how_to_make_sure_and_signs_the_account_out(places: Places) -> None:
    app: Flask = places.app
    admin = make_account(places.database, roles=["administrator"])
    number = with_everything(places.database, roles=["moderator"])
    theirs, browser = signed_in(app, number), signed_in(app, admin)
    address = f"/account/administration/{number}/second-factor"
    assert address in browser.get(f"/account/administration/{number}").text
    assert "a number that you held before" in browser.get(address).text
    assert browser.post(address, data={"reason": ""}).status_code == 400
    assert theirs.get("/moderation").status_code == 200
    assert browser.post(address, data={"reason": WHY}).status_code == 303
    assert not has_second_factor(places.database, number)
    assert theirs.get("/moderation").headers["Location"].startswith("/account/sign-in")
    # Signed in again with the password alone, nothing of staff is open.
    again = signed_in(app, number, second_factor=False)
    assert again.get("/moderation").headers["Location"] == "/account/second-factor"
    own = f"/account/administration/{admin}/second-factor"
    assert browser.get(own).status_code == browser.post(own, data={"reason": WHY}).status_code == 403
    assert own not in browser.get(f"/account/administration/{admin}").text


def test_the_command_helps_the_only_administrator(places: Places) -> None:
    number = with_everything(places.database, roles=["administrator"], email="only@example.org")
    run = places.app.test_cli_runner().invoke
    assert run(args=["accounts", "reset-second-factor", "only@example.org"]).exit_code == 2
    done = run(args=["accounts", "reset-second-factor", "Only@example.org", "--reason", WHY])
    assert done.exit_code == 0, done.output
    assert not has_second_factor(places.database, number)
    wrong = run(args=["accounts", "reset-second-factor", "nobody@example.org", "--reason", WHY])
    assert wrong.exit_code == 1
    with places.database.reading() as session:
        assert session.scalars(select(OutboxMail.to_address)).all() == ["only@example.org"]
        assert session.scalars(select(AuditEntry.account_id)).all() == [None]
