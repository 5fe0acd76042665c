"""What nobody uses or decides ends by itself: said once, with a line in the log, and never the last administrator."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from directory.actions.accounts.ask import ToManage, ask_to_change_email, ask_to_manage
from directory.actions.accounts.own import reactivate
from directory.actions.accounts.run_out import end_what_runs_out
from directory.actions.accounts.standing import THE_COMMAND
from directory.actions.sign_in.browsers import NewSignIn, begin_sign_in
from directory.config import PeopleTimes, SignInTimes, UnsafeSettings, settings_from
from directory.db import Database
from directory.models.account import Account
from directory.models.membership import ManageRequest
from tests.accounts import make_account
from tests.builders import make_listing
from tests.integration.people.doing import NOW, Doing, as_role

TIMES = PeopleTimes(idle_days=730, notice_days=30, request_days=60)
A_MOMENT = timedelta(seconds=1)


def run(database: Database, at: datetime) -> int:
    with database.transaction() as session:
        return end_what_runs_out(session, TIMES, at)


def an_account(database: Database, *, used: datetime | None = NOW, **who: object) -> int:
    """An account that was used then; None for one from before that was known, made then."""
    number = make_account(database, **who)  # type: ignore[arg-type]  # as it takes them
    with database.transaction() as session:
        session.execute(update(Account).where(Account.id == number).values(used_at=used, made_at=NOW))
    return number


def is_open(database: Database, number: int) -> bool:
    with database.reading() as session:
        return session.get_one(Account, number).active


@pytest.mark.parametrize("used", [NOW, None])
def test_an_account_that_nobody_uses_is_told_once_and_then_closed(
    doing: Doing, used: datetime | None
) -> None:
    number = an_account(doing.database, used=used)
    told_at = NOW + timedelta(days=730) + A_MOMENT
    assert run(doing.database, NOW + timedelta(days=730)) == 0
    assert run(doing.database, told_at) == 1
    for days in range(1, 31):
        assert run(doing.database, told_at + timedelta(days=days)) == 0
    assert is_open(doing.database, number) and len(doing.mails()) == 1
    assert run(doing.database, told_at + timedelta(days=30) + A_MOMENT) == 1
    assert not is_open(doing.database, number)
    assert run(doing.database, told_at + timedelta(days=99)) == 0
    assert len(doing.mails()) == 1
    assert doing.acts() == ["tell idle account", "close account"]


def test_signing_in_keeps_an_account_and_its_time_begins_anew(doing: Doing) -> None:
    number = an_account(doing.database)
    told_at = NOW + timedelta(days=731)
    run(doing.database, told_at)
    with doing.database.transaction() as session:
        new = NewSignIn(number, "hash", "a browser", second_factor=False)
        begin_sign_in(session, new, SignInTimes(), now=told_at + timedelta(days=29))
    assert run(doing.database, told_at + timedelta(days=60)) == 0
    assert is_open(doing.database, number)
    assert run(doing.database, told_at + timedelta(days=29 + 731)) == 1
    assert len(doing.mails()) == 2


def test_an_account_that_is_opened_again_stays_open(doing: Doing) -> None:
    number, at = an_account(doing.database), NOW + timedelta(days=731)
    run(doing.database, at)
    run(doing.database, at + timedelta(days=31))
    assert not is_open(doing.database, number)
    with doing.database.transaction() as session:
        reactivate(session, number, by=THE_COMMAND, now=at + timedelta(days=40))
    assert run(doing.database, at + timedelta(days=41)) == 0
    assert is_open(doing.database, number)


def test_the_last_administrator_is_not_closed(database: Database) -> None:
    number = an_account(database, roles=["administrator"])
    run(database, NOW + timedelta(days=731))
    run(database, NOW + timedelta(days=900))
    assert is_open(database, number)


def test_a_request_that_nobody_decides_ends_with_a_mail_and_a_line_in_the_log(doing: Doing) -> None:
    service = make_listing(doing.database)
    owner = an_account(doing.database, email="old@example.org", used=NOW + timedelta(days=60))
    with doing.database.transaction() as session:
        ask_to_manage(session, ToManage(service, "service manager", "asks@example.org"), now=NOW)
        ask_to_change_email(session, "new@example.org", "", by=as_role(account_id=owner), now=NOW)
    before = len(doing.mails())
    assert run(doing.database, NOW + timedelta(days=60)) == 0
    assert run(doing.database, NOW + timedelta(days=60) + A_MOMENT) == 2
    assert run(doing.database, NOW + timedelta(days=61)) == 0
    # Never to an address that an account only asked for.
    assert [mail.to_address for mail in doing.mails()[before:]] == ["asks@example.org", "old@example.org"]
    assert doing.acts()[-2:] == ["let request run out"] * 2
    with doing.database.reading() as session:
        assert {one.state for one in session.scalars(select(ManageRequest))} == {"refused"}


def test_the_times_are_settings() -> None:
    given = {
        "ACCOUNT_IDLE_DAYS": "365",
        "ACCOUNT_NOTICE_DAYS": "14",
        "REQUEST_DAYS": "30",
        "CORRECTION_DAYS": "90",
    }
    assert settings_from({"SECRET_KEY": "k" * 40} | given).people == PeopleTimes(365, 14, 30, 90)
    assert settings_from({"SECRET_KEY": "k" * 40}).people == PeopleTimes()
    with pytest.raises(UnsafeSettings, match="REQUEST_DAYS"):
        settings_from({"SECRET_KEY": "k" * 40, "REQUEST_DAYS": "soon"})
