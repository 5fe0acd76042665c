"""What goes wrong is written with the place where it did, and without words that may hold what somebody typed."""

from __future__ import annotations

import logging
from smtplib import SMTPRecipientsRefused

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from directory.actions.mail.send import MailSender
from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.jobs.clock import Job, run
from directory.migrations.upgrade import upgrade
from tests.accounts import make_account
from tests.outbox import SENDER, post, stored

ADDRESS = "worried.parent@example.org"


@pytest.fixture(autouse=True)
def site(empty_settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever makes the site has its log."""
    create_app(empty_settings)
    caplog.set_level(logging.DEBUG)


def failing(error: BaseException) -> str:
    """The name of a job that fails so; it is run once."""

    def fails() -> None:
        raise error

    run(Job("example", fails))
    return "in fails"


def test_a_job_that_stumbles_over_an_address_does_not_log_it(
    either_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    database: Database = create_app(either_settings).extensions["database"]
    upgrade(database)
    make_account(database, email=ADDRESS)

    def again() -> None:
        make_account(database, email=ADDRESS)

    run(Job("forget", again))
    database.dispose()
    assert "The job forget failed" in caplog.text and "IntegrityError" in caplog.text
    assert "in again" in caplog.text and "make_account(database, email=ADDRESS)" in caplog.text
    assert ADDRESS not in caplog.text


@pytest.mark.parametrize(
    ("where", "statements"),
    [
        ("sqlite", ["SELECT * FROM nowhere WHERE email = :email"]),
        ("postgresql", ["SET LOCAL statement_timeout = 20", "SELECT pg_sleep(9) WHERE 'x' <> :email"]),
    ],
)
def test_a_database_that_gives_up_says_why_and_not_what_it_was_asked_for(
    where: str, statements: list[str], request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    on_server = where == "postgresql"
    database = Database(request.getfixturevalue("postgres_url") if on_server else "sqlite://")

    def asks() -> None:
        with database.reading() as session:
            for statement in statements:
                session.execute(text(statement), {"email": ADDRESS})

    run(Job("example", asks))
    database.dispose()
    assert "OperationalError: (" in caplog.text and statements[-1][:15] in caplog.text
    assert ADDRESS not in caplog.text


@pytest.mark.parametrize(
    "error",
    [
        ValueError(f"{ADDRESS} is no address"),
        KeyError(ADDRESS),
        SMTPRecipientsRefused({ADDRESS: (550, b"There is nobody of that name")}),
        UnicodeEncodeError("ascii", ADDRESS, 0, 1, ADDRESS),
        IntegrityError("INSERT", {"email": ADDRESS}, Exception(f"Key (email)=({ADDRESS}) already exists.")),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("how", ["alone", "as the cause", "meanwhile", "noted", "in a group"])
def test_no_words_of_an_error_that_may_hold_an_address_are_written(
    error: Exception, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    outer = OSError("the disk is full")
    if how == "alone":
        outer = error  # type: ignore[assignment]  # any error will do
    elif how == "as the cause":
        outer.__cause__ = error
    elif how == "meanwhile":
        outer.__context__ = error
    elif how == "noted":
        outer.add_note(str(error))
    else:
        outer.__cause__ = ExceptionGroup(ADDRESS, [error])
    assert failing(outer) in caplog.text
    assert ADDRESS not in caplog.text
    assert ("the disk is full" in caplog.text) == (how != "alone")
    assert (type(error).__name__ in caplog.text) == (how not in {"noted", "in a group"})


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left on device"), "No space left on device"),
        (OperationalError("SELECT 1", {}, Exception("database is locked")), "is locked"),
        (AttributeError("'NoneType' object has no attribute 'email'"), "has no attribute 'email'"),
    ],
    ids=["disk", "database", "program"],
)
def test_what_helps_whoever_looks_after_the_site_is_written(
    error: Exception, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert failing(error) in caplog.text and words in caplog.text


def test_errors_that_lead_round_in_a_ring_are_written_once(caplog: pytest.LogCaptureFixture) -> None:
    first, second = OSError("the disk is full"), OSError("the file is gone")
    first.__context__, second.__context__ = second, first
    failing(first)
    assert caplog.text.count("the disk is full") == 1


def test_a_mail_that_cannot_be_handed_over_is_logged_by_its_number(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    class Breaks:
        def send(self, message: object) -> None:
            raise ValueError(f"{message}")

    number = post(database, to_address=ADDRESS)
    MailSender(database, Breaks(), SENDER).send_due()
    assert stored(database, number).state == "unsure"
    assert f"Mail {number}: something went wrong" in caplog.text and "ValueError" in caplog.text
    assert ADDRESS not in caplog.text
