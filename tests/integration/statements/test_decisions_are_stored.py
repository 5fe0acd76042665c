"""What a commissioner decides and tells of money is stored once, whoever else writes at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from directory.actions.actor import Actor
from directory.actions.commissioners import decide_gap, tell_funding
from directory.actions.set_gap_status import ToDecide
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.models.audit import AuditEntry
from directory.models.tables import GapStatus
from directory.queries.gap_register import funding_ends, funding_told
from directory.reference.hours import now_utc
from tests.accounts import make_account
from tests.builders import make_listing

TODAY = date(2026, 11, 26)
PLANNED = ToDecide(
    "E06000031-G2.1-none", "E06000031", "planned", "From  April.", "commissioning manager", TODAY
)


def decide(database: Database, account: int, seen: int = 0, **what: object) -> bool:
    asked = replace(PLANNED, **what)  # type: ignore[arg-type]  # any field
    with database.transaction() as session:
        return decide_gap(
            session,
            asked,
            is_found=True,
            seen=seen,
            by=Actor(account, asked.role),
            now=now_utc(),
            today=TODAY,
        )


def tell(database: Database, account: int, service: int, ends_on: date | None, words: str, seen: int) -> bool:
    with database.transaction() as session:
        return tell_funding(
            session, service, ends_on=ends_on, words=words, area_code="E06000031", seen=seen,
            by=Actor(account, "commissioning manager"), now=now_utc(), today=TODAY,
        )  # fmt: skip


def test_the_same_pressed_four_times_at_once_is_stored_once(either_database: Database) -> None:
    account = make_account(either_database)
    with ThreadPoolExecutor(4) as threads:
        came = list(threads.map(lambda _number: decide(either_database, account), range(4)))
    assert sorted(came) == [False, False, False, True]
    with either_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(GapStatus)) == 1
        (line,) = session.scalars(select(AuditEntry).where(AuditEntry.act == "decide gap"))
        assert (line.about, line.about_id, line.details["before"]) == ("gap", 1, "open")


def test_of_two_who_decide_at_once_the_second_is_told(either_database: Database) -> None:
    account = make_account(either_database)

    def second(status: str) -> str:
        try:
            decide(either_database, account, status=status)
        except RuleBroken as broken:
            return broken.field
        return "stored"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(second, ["planned", "disputed"])) == ["status", "stored"]
    assert decide(either_database, account, seen=1, status="accepted")


def test_what_was_told_of_money_is_taken_back_and_stays_in_the_history(either_database: Database) -> None:
    account, service = make_account(either_database), make_listing(either_database)
    with pytest.raises(RuleBroken, match="nothing to take back"):
        tell(either_database, account, service, None, "Not so.", 0)
    assert tell(either_database, account, service, date(2027, 3, 31), "Grant of two years.", 0)
    assert not tell(either_database, account, service, date(2027, 3, 31), "Grant of two years.", 0)
    with pytest.raises(RuleBroken, match="since you opened"):
        tell(either_database, account, service, date(2028, 3, 31), "", 0)
    with pytest.raises(RuleBroken, match="why it is taken back"):
        tell(either_database, account, service, None, " ", 1)
    assert tell(either_database, account, service, None, "It was of another service.", 1)
    with either_database.reading() as session:
        assert funding_ends(session) == {}
        assert [(one.ends_on, one.words) for one in funding_told(session, service)] == [
            (date(2027, 3, 31), "Grant of two years."),
            (None, "It was of another service."),
        ]
        acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts == ["tell funding", "take back funding"]
    assert tell(either_database, account, service, date(2028, 3, 31), "", 2)


def test_of_a_service_that_there_is_not_nothing_is_told(either_database: Database) -> None:
    account = make_account(either_database)
    with pytest.raises(NotFound):
        tell(either_database, account, 999_999, TODAY, "", 0)
