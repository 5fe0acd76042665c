"""What has been kept for its time is forgotten, and not a day before. The moment is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Select, select

from directory.actions.accounts.retention import Forgotten, forget_old, months_before
from directory.actions.actor import THE_SITE, Actor
from directory.actions.audit import record
from directory.config import PeopleTimes
from directory.db import Database
from directory.jobs.forget import forget
from directory.models.audit import AuditEntry
from directory.models.correction import Correction
from directory.models.membership import Invitation, ManageRequest
from directory.models.sign_in import SignIn, SignInAttempt
from tests.accounts import make_account
from tests.builders import make_listing
from tests.integration.people.doing import NOW, Doing

A_MOMENT = timedelta(seconds=1)


def _forget(database: Database, at: datetime) -> Forgotten:
    with database.transaction() as session:
        return forget_old(session, at)


def _read(database: Database, query: Select[tuple[object]]) -> list[object]:
    with database.reading() as session:
        return list(session.scalars(query))


@pytest.mark.parametrize(
    ("moment", "months", "then"),
    [
        (datetime(2026, 11, 26, tzinfo=UTC), 24, datetime(2024, 11, 26, tzinfo=UTC)),
        (datetime(2028, 2, 29, tzinfo=UTC), 24, datetime(2026, 2, 28, tzinfo=UTC)),
        (datetime(2026, 1, 31, tzinfo=UTC), 2, datetime(2025, 11, 30, tzinfo=UTC)),
        (datetime(2026, 12, 1, tzinfo=UTC), 12, datetime(2025, 12, 1, tzinfo=UTC)),
    ],
)
def test_months_are_counted_by_the_calendar(moment: datetime, months: int, then: datetime) -> None:
    assert months_before(moment, months) == then


def test_an_act_loses_the_person_after_24_months_and_stays(either_database: Database) -> None:
    account = make_account(either_database)
    with either_database.transaction() as session:
        record(session, Actor(account, "service manager"), "approve change", "change", 7, now=NOW)
    then = NOW.replace(year=2028)
    _forget(either_database, then)
    assert _read(either_database, select(AuditEntry.account_id)) == [account]
    assert _forget(either_database, then + A_MOMENT).acts == 1
    with either_database.reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.account_id, entry.role, entry.act, entry.about_id) == (
            None,
            "service manager",
            "approve change",
            7,
        )
    assert _forget(either_database, then + A_MOMENT).total == 0


def test_sign_ins_go_30_days_after_they_ended_and_attempts_after_a_day(either_database: Database) -> None:
    account = make_account(either_database)
    with either_database.transaction() as session:
        for token, ended, ends in (
            ("a", NOW, NOW + timedelta(days=9)),
            ("b", None, NOW),
            ("c", None, NOW + timedelta(days=31)),
        ):
            session.add(
                SignIn(
                    account_id=account, token_hash=token, device="a browser", second_factor=False,
                    started_at=NOW, seen_at=NOW, ends_at=ends, ended_at=ended,
                )
            )  # fmt: skip
        session.add(SignInAttempt(kind="password", email_hash="x", network_hash="y", tried_at=NOW))
    assert _forget(either_database, NOW + timedelta(days=1)).total == 0
    assert _forget(either_database, NOW + timedelta(days=1) + A_MOMENT).attempts == 1
    assert _forget(either_database, NOW + timedelta(days=30)).sign_ins == 0
    assert _forget(either_database, NOW + timedelta(days=30) + A_MOMENT).sign_ins == 2
    assert _read(either_database, select(SignIn.token_hash)) == ["c"]


def test_an_invitation_loses_the_address_90_days_after_its_end(doing: Doing) -> None:
    doing.invite("ended@example.org", "moderator")
    used = doing.invite("used@example.org", "moderator")
    doing.accept(used.token, password_hash="a hash")
    emails = select(Invitation.email).order_by(Invitation.id)
    _forget(doing.database, NOW + timedelta(days=90))
    assert _read(doing.database, emails) == ["ended@example.org", "used@example.org"]
    _forget(doing.database, NOW + timedelta(days=90) + A_MOMENT)
    assert _read(doing.database, emails) == ["ended@example.org", ""]
    _forget(doing.database, NOW + timedelta(days=104) + A_MOMENT)
    assert _read(doing.database, emails) == ["", ""]


def test_a_request_loses_its_network_then_its_words_then_its_address(either_database: Database) -> None:
    with either_database.transaction() as session:
        for state, decided in (("refused", NOW), ("waiting", None)):
            session.add(
                ManageRequest(
                    kind="manage", email="info@example.org", title="manager", words="Ask reception.", state=state,
                    made_at=NOW, decided_at=decided, network_hash="here",
                )
            )  # fmt: skip

    def rows() -> list[tuple[str, str, str]]:
        with either_database.reading() as session:
            found = session.scalars(select(ManageRequest).order_by(ManageRequest.id))
            return [(each.network_hash, each.words, each.email) for each in found]

    kept = ("", "Ask reception.", "info@example.org")
    _forget(either_database, NOW + timedelta(days=1) + A_MOMENT)
    assert rows() == [kept, kept]
    _forget(either_database, NOW + timedelta(days=30) + A_MOMENT)
    assert rows() == [("", "", "info@example.org"), kept]
    _forget(either_database, NOW + timedelta(days=90) + A_MOMENT)
    assert rows() == [("", "", ""), kept]


def test_words_of_a_correction_go_30_days_after_closing(either_database: Database) -> None:
    service = make_listing(either_database)
    with either_database.transaction() as session:
        for closed in (NOW, None):
            session.add(
                Correction(
                    service_id=service, about="telephone", words="It rings out.", words_hash="hash", is_urgent=False,
                    received_at=NOW, closed_at=closed,
                )
            )  # fmt: skip
    _forget(either_database, NOW + timedelta(days=30))
    words = select(Correction.words).order_by(Correction.id)
    assert _read(either_database, words) == ["It rings out."] * 2
    _forget(either_database, NOW + timedelta(days=30) + A_MOMENT)
    assert _read(either_database, words) == [None, "It rings out."]
    assert _read(either_database, select(Correction.words_hash).order_by(Correction.id)) == ["", "hash"]


def test_the_job_does_nothing_when_nothing_is_old(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    make_account(database)
    with caplog.at_level("INFO"):
        forget(database, PeopleTimes())
    assert caplog.text == ""


def test_an_act_loses_whose_record_it_was_together_with_the_person(either_database: Database) -> None:
    account = make_account(either_database)
    own = Actor(account, "the owner of the account")
    records = [
        ("reset password", "account"),
        ("end membership", "membership"),
        ("invite person", "invitation"),
    ]
    with either_database.transaction() as session:
        for act, about in (*records, ("ask: manage", "request"), ("hold", "service")):
            record(session, own, act, about, account, now=NOW)
        record(session, own, "change email", "account", account, now=NOW, request="9")
        record(session, own, "set contact", "organisation", account, now=NOW, membership="4")
        # By the site itself, which never was a person.
        record(session, THE_SITE, "tell idle account", "account", account, now=NOW)
    then = NOW.replace(year=2028) + A_MOMENT
    assert _forget(either_database, then - A_MOMENT).acts == 0
    assert _forget(either_database, then).acts == 8
    with either_database.reading() as session:
        kept = {entry.act: entry for entry in session.scalars(select(AuditEntry))}
        assert [entry.account_id for entry in kept.values()] == [None] * 8
        assert {act: entry.about_id for act, entry in kept.items() if entry.about_id is not None} == {
            "hold": account,
            "set contact": account,
        }
        assert [entry.details for entry in kept.values()] == [{}] * 8
    assert _forget(either_database, then).total == 0
