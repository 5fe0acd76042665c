"""What a visitor wrote does not stay for ever because nobody read it: it closes by itself, and moderators see when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from directory.actions.accounts.retention import forget_old
from directory.actions.accounts.run_out import end_what_runs_out
from directory.config import PeopleTimes
from directory.db import Database
from directory.models.audit import AuditEntry
from directory.models.correction import Correction
from directory.reference.hours import now_utc
from tests.accounts import signed_in
from tests.builders import make_listing
from tests.integration.my_listings.people import words_of

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
TIMES = PeopleTimes(correction_days=180)
A_MOMENT = timedelta(seconds=1)


def make_correction(
    database: Database, service: int, received: datetime, words: str = "It rings out.", times: int = 1
) -> None:
    with database.transaction() as session:
        session.add(
            Correction(
                service_id=service, about="telephone", words=words, words_hash="hash", is_urgent=False,
                received_at=received, times=times,
            )
        )  # fmt: skip


def run(database: Database, at: datetime) -> int:
    with database.transaction() as session:
        forget_old(session, at)
        return end_what_runs_out(session, TIMES, at)


def test_one_that_nobody_closes_closes_by_itself_and_its_words_go_30_days_later(
    either_database: Database,
) -> None:
    service = make_listing(either_database)
    make_correction(either_database, service, NOW)
    make_correction(either_database, service, NOW + timedelta(days=1), "The other one.")
    closes = NOW + timedelta(days=180)
    assert run(either_database, closes) == 0
    # The second time, and by a second worker, nothing is left to close.
    assert [run(either_database, closes + A_MOMENT) for _again in range(2)] == [1, 0]
    with either_database.reading() as session:
        first, second = session.scalars(select(Correction).order_by(Correction.id))
        assert (first.result, first.closed_by) == ("Nobody decided in time.", None)
        assert first.words and second.closed_at is None
        (act,) = session.scalars(select(AuditEntry))
        assert (act.role, act.act, act.about, act.about_id, act.details) == (
            "the site itself", "let correction run out", "service", service, {"correction": "1"},
        )  # fmt: skip
    run(either_database, closes + timedelta(days=30, seconds=2))
    with either_database.reading() as session:
        assert session.scalars(select(Correction.words).order_by(Correction.id)).all() == [
            None,
            "The other one.",
        ]


@pytest.fixture
def app_of_180_days(own_app: Flask) -> Flask:
    settings = own_app.config["SETTINGS"]
    own_app.config["SETTINGS"] = replace(settings, people=TIMES)
    return own_app


def test_moderators_see_on_which_day_a_message_closes_by_itself_and_how_many_do_soon(
    app_of_180_days: Flask, stored: Database, moderator_id: int
) -> None:
    service = make_listing(stored)
    # Noon, so that it is the same day in London.
    today = now_utc().replace(hour=12)
    make_correction(stored, service, today - timedelta(days=100))
    moderator = signed_in(app_of_180_days, moderator_id)
    day = today + timedelta(days=80)
    by_itself = f"Closes by itself on {day.day} {day:%B %Y}"
    assert by_itself in words_of(moderator.get(f"/moderation/corrections/{service}").text)
    queue = words_of(moderator.get("/moderation").text)
    assert "Read these first: messages from visitors (1)" in queue and "close by" not in queue
    make_correction(stored, service, today - timedelta(days=170), "Twice.", times=2)
    make_correction(stored, service, today - timedelta(days=160), "Later.")
    day = today + timedelta(days=10)
    assert (
        f"3 of them close by themselves within 30 days, the first on {day.day} {day:%B %Y}."
        in words_of(moderator.get("/moderation").text)
    )  # fmt: skip


def test_what_closed_by_itself_says_so_to_moderators(
    app_of_180_days: Flask, stored: Database, moderator_id: int
) -> None:
    service = make_listing(stored)
    make_correction(stored, service, NOW - timedelta(days=400))
    run(stored, NOW)
    page = words_of(signed_in(app_of_180_days, moderator_id).get(f"/moderation/corrections/{service}").text)
    assert "Closed on 26 November 2026: Nobody decided in time." in page and "Closes by itself" not in page
