"""Who is asked by mail whether listings are still right, on which day, and never twice."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

from flask import Flask
from sqlalchemy import select, update

from directory.config import ROOT, Settings, UpkeepTimes
from directory.db import Database
from directory.models.account import Account
from directory.models.audit import AuditEntry
from directory.models.membership import Membership
from directory.models.service import Service
from directory.models.upkeep import Reminder
from tests.builders import make_listing
from tests.integration.upkeep.lives import after, an_organisation, confirm, day, mails, send, token_in


def test_a_mail_goes_out_at_each_step_and_the_time_runs_anew_from_a_confirmation(
    either_database: Database, settings: Settings
) -> None:
    _organisation, numbers = an_organisation(either_database)
    for days in range(400):
        send(either_database, settings, days)
    assert [days for days, _to, _body in mails(either_database)] == [90, 120, 150]
    confirm(either_database, numbers, 400)
    for days in range(400, 560):
        send(either_database, settings, days)
    assert [days for days, _to, _body in mails(either_database)][3:] == [490, 520, 550]


def test_a_mail_names_every_listing_of_the_organisation_and_holds_one_link(
    database: Database, settings: Settings
) -> None:
    an_organisation(database, listings=3)
    send(database, settings, 90)
    ((_day, to, body),) = mails(database)
    assert to == "owner@example.org"
    assert [f"- Example Service {place}" in body for place in (1, 2, 3)] == [True] * 3
    assert body.count("https://support.example.org/confirm/") == 1
    assert "until 5 May 2026" in body


def test_what_is_kept_of_a_link_does_not_open_it(database: Database, settings: Settings) -> None:
    an_organisation(database)
    send(database, settings, 90)
    token = token_in(mails(database)[0][2])
    with database.reading() as session:
        (kept,) = session.scalars(select(Reminder.token_hash))
        (told,) = session.scalars(select(AuditEntry.details).where(AuditEntry.act == "send reminder"))
    assert token not in kept and told == {"step": "90"}


def test_listings_that_fall_due_on_different_days_share_mails_that_are_a_month_apart(
    database: Database, settings: Settings
) -> None:
    _organisation, numbers = an_organisation(database, listings=12)
    for place, number in enumerate(numbers):
        confirm(database, [number], place * 7)
    for days in range(500):
        send(database, settings, days)
    sent = [days for days, _to, _body in mails(database)]
    assert sent[0] == 90
    assert all(later - earlier >= 30 for earlier, later in zip(sent, sent[1:], strict=False))
    months = [(day(one).year, day(one).month) for one in sent]
    assert len(months) == len(set(months))
    # The last listing was confirmed on day 77: it has been asked about at each of its own steps, too.
    assert any(167 <= days < 197 for days in sent) and any(227 <= days for days in sent)
    # And then nobody is written to any more.
    assert sent[-1] <= 227 + 31


def test_steps_that_stand_close_together_make_no_more_mails(database: Database, settings: Settings) -> None:
    an_organisation(database)
    close = replace(settings, upkeep=UpkeepTimes((10, 12, 14, 50), 60, 70, 30, 28))
    for days in range(100):
        send(database, close, days)
    # The second and third step have to wait until day 10 + 28, the fourth until day 38 + 28.
    assert [days for days, _to, _body in mails(database)] == [10, 38, 66]


def test_of_the_first_and_the_last_day_of_a_long_month_the_second_waits_for_a_day(
    database: Database, settings: Settings
) -> None:
    _organisation, numbers = an_organisation(database)
    confirm(database, numbers, 26)  # 31 January: 90 days later is 1 May, 120 days later 31 May.
    for days in range(200):
        send(database, settings, days)
    assert [day(days).isoformat() for days, _to, _body in mails(database)] == [
        "2026-05-01", "2026-06-01", "2026-07-01",
    ]  # fmt: skip


def test_two_owners_are_written_to_by_turns_and_the_organisation_once_a_month(
    database: Database, settings: Settings
) -> None:
    an_organisation(database, owners=("first@example.org", "second@example.org"))
    for days in range(200):
        send(database, settings, days)
    assert [(days, to[:5]) for days, to, _body in mails(database)] == [
        (90, "first"),
        (120, "secon"),
        (150, "first"),
    ]


def test_nobody_is_written_to_who_owns_it_no_more(database: Database, settings: Settings) -> None:
    an_organisation(database)
    with database.transaction() as session:
        session.execute(update(Membership).values(ended_at=after(80)))
    assert send(database, settings, 90) == 0
    with database.transaction() as session:
        session.execute(update(Membership).values(ended_at=None))
        session.execute(update(Account).values(active=False))
    assert send(database, settings, 90) == 0


def test_a_listing_that_is_not_public_is_not_asked_about(database: Database, settings: Settings) -> None:
    _organisation, (first, second) = an_organisation(database, listings=2)
    with database.transaction() as session:
        session.execute(update(Service).where(Service.id == second).values(status="defunct"))
    send(database, settings, 90)
    assert "Example Service 2" not in mails(database)[0][2]
    confirm(database, [first], 91)
    for days in range(91, 180):
        assert send(database, settings, days) == 0


def test_a_listing_without_an_owner_is_not_written_to(database: Database, settings: Settings) -> None:
    make_listing(database)
    assert send(database, settings, 500) == 0 and mails(database) == []


def test_without_its_own_address_the_site_sends_no_link(database: Database, settings: Settings) -> None:
    from directory.jobs.reminders import send_due_reminders

    an_organisation(database)
    assert send_due_reminders(database, replace(settings, site_url=""), after(90)) == 0


_RUN = """
import sys
from dataclasses import replace
from datetime import datetime
from directory.config import settings_from
from directory.db import Database
from directory.jobs.reminders import send_due_reminders
sys.stdin.readline()
print(send_due_reminders(Database(sys.argv[1]), settings_from(), datetime.fromisoformat(sys.argv[2])))
"""


def test_four_processes_at_once_write_each_mail_once(either_database: Database, settings: Settings) -> None:
    for place in range(5):
        an_organisation(
            either_database, name=f"Example Organisation {place}", owners=(f"o{place}@example.org",)
        )
    url = either_database.engine.url.render_as_string(hide_password=False)
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", _RUN, url, after(90).isoformat()],
            cwd=ROOT,
            env={"SECRET_KEY": settings.secret_key, "INSTANCE_DIR": str(settings.instance_dir)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _worker in range(4)
    ]
    wrote = [int(run.communicate("go\n", timeout=120)[0]) for run in runs]
    assert [run.returncode for run in runs] == [0] * 4
    assert sum(wrote) == 5
    assert sorted(to for _day, to, _body in mails(either_database)) == [
        f"o{place}@example.org" for place in range(5)
    ]


def test_the_command_tells_first_and_then_writes_once(new_app: Flask) -> None:
    database: Database = new_app.extensions["database"]
    an_organisation(database)
    with database.transaction() as session:
        session.execute(update(Membership).values(began_at=after(-200)))
    runner = new_app.test_cli_runner()
    told = runner.invoke(args=["reminders", "send", "--dry-run"])
    assert "(Example Organisation): 150 days, 1 listings" in told.output and mails(database) == []
    assert "1 of 1 organisations were written to." in runner.invoke(args=["reminders", "send"]).output
    assert "0 of 1 organisations were written to." in runner.invoke(args=["reminders", "send"]).output
    assert len(mails(database)) == 1
