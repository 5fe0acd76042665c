"""After a restore what was taken down stays down, nothing that may have been sent is sent, and nobody is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from directory.actions.actor import Actor
from directory.actions.changes.holds import HoldAsked, lift_hold, open_holds, place_hold
from directory.actions.mail.send import MailSender
from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.migrations.upgrade import upgrade
from directory.models.outbox import OutboxMail
from directory.reference.hours import now_utc
from tests.accounts import make_account, signed_in
from tests.builders import make_listing
from tests.integration.backup.test_backup_of_postgres import empty_beside
from tests.outbox import SENDER, post_many, states

NUMBERS = ("01632 960001", "01632 960002", "01632 960003")
ROUTES = "\n".join(f"telephone | {number} |" for number in NUMBERS)
TOLD = {"waiting": 2, "claimed": 1, "unsure": 1, "sent": 1, "failed": 1, "given up": 1}
"""State → mails that the copy has in it."""


class Taken:
    """A mail client that takes everything."""

    def __init__(self) -> None:
        self.to: list[str] = []

    def send(self, message: EmailMessage) -> None:
        self.to.append(str(message["To"]))


@dataclass
class Restored:
    """A site over a copy that was put back. said: by the command."""

    app: Flask
    said: str

    @property
    def database(self) -> Database:
        found: Database = self.app.extensions["database"]
        return found


@pytest.fixture
def site(either_settings: Settings) -> Iterator[Flask]:
    """A site with one listing, which has three numbers."""
    app = create_app(replace(either_settings, rate_limits=False))
    upgrade(app.extensions["database"])
    make_listing(app.extensions["database"], contact_routes=ROUTES)
    yield app
    app.extensions["database"].dispose()


def copied(site: Flask, folder: Path) -> Path:
    """A copy of all that is there now."""
    made = site.test_cli_runner().invoke(args=["backup", str(folder / "copy")])
    assert made.exit_code == 0, made.output
    return folder / "copy"


def restored(site: Flask, copy: Path) -> Restored:
    """The copy in the place of the database; with PostgreSQL in an empty one, and the site over that."""
    settings: Settings = site.config["SETTINGS"]
    site.extensions["database"].dispose()
    if site.extensions["database"].file is None:
        url = empty_beside(settings.database_url)
        settings = replace(settings, database_url=url, database_read_url=url)
    app = create_app(settings)
    result = app.test_cli_runner().invoke(args=["restore", str(copy), "--replace"])
    assert result.exit_code == 0, result.output
    return Restored(app, result.output)


def hold(database: Database, number: str, by: Actor) -> int:
    with database.transaction() as session:
        return place_hold(session, 1, HoldAsked("route", number, "it may be wrong"), by=by, now=now_utc())


def shown(app: Flask) -> set[str]:
    """Which of the numbers a visitor sees."""
    page = app.test_client().get("/services/1").text
    return {number for number in NUMBERS if number in page}


def test_what_was_taken_down_before_the_copy_is_down_after_it_and_can_be_put_back(
    site: Flask, tmp_path: Path
) -> None:
    database: Database = site.extensions["database"]
    first, second = (
        Actor(make_account(database, roles=["moderator"]), "moderator", is_moderator=True)
        for _each in range(2)
    )
    hold(database, NUMBERS[0], first)
    lifted = hold(database, NUMBERS[1], first)
    with database.transaction() as session:
        lift_hold(session, lifted, "I rang them.", by=second, now=now_utc())
    copy = copied(site, tmp_path)
    hold(database, NUMBERS[2], first)
    assert shown(site) == {NUMBERS[1]}
    back = restored(site, copy)
    # What came after the copy is gone, and the command says so.
    assert shown(back.app) == {NUMBERS[1], NUMBERS[2]} and "place again every hold" in back.said
    later = hold(back.database, NUMBERS[2], second)
    with back.database.transaction() as session:
        (standing,) = [one for one in open_holds(session, 1) if one.id != later]
        assert (standing.value, standing.placed_by) == (NUMBERS[0], first.account_id)
        lift_hold(session, standing.id, "I rang them.", by=second, now=now_utc())
    assert shown(back.app) == {NUMBERS[0], NUMBERS[1]}
    back.database.dispose()


def test_no_mail_of_the_copy_is_sent_and_new_ones_are(site: Flask, tmp_path: Path) -> None:
    database: Database = site.extensions["database"]
    for state, count in TOLD.items():
        numbers = post_many(database, count, now=now_utc())
        with database.transaction() as session:
            session.execute(
                update(OutboxMail)
                .where(OutboxMail.id.in_(numbers))
                .values(state=state, sent_at=now_utc() if state == "sent" else None)
            )
    copy = copied(site, tmp_path)
    MailSender(database, Taken(), SENDER).send_due()
    back = restored(site, copy)
    assert "4 unsent mails given up" in back.said
    assert states(back.database) == {"sent": 1, "failed": 1, "given up": 5}
    post_many(back.database, 1, now=now_utc(), to_address="new@example.org")
    taken = Taken()
    MailSender(back.database, taken, SENDER).send_due()
    assert taken.to == ["new@example.org"]
    with back.database.reading() as session:
        keys = session.scalars(select(OutboxMail.key)).all()
    assert len(set(keys)) == len(keys) == sum(TOLD.values()) + 1
    back.database.dispose()


def test_whoever_was_signed_in_or_out_has_to_sign_in_again(site: Flask, tmp_path: Path) -> None:
    database: Database = site.extensions["database"]
    account = make_account(database, email="owner@example.org", roles=["moderator"])
    stays, leaves = signed_in(site, account), signed_in(site, account)
    cookie = leaves.get_cookie(site.config["SESSION_COOKIE_NAME"])
    assert cookie and {each.get("/moderation").status_code for each in (stays, leaves)} == {200}
    copy = copied(site, tmp_path)
    assert leaves.post("/account/sign-out").status_code == 303
    # As somebody has it who kept the cookie: it opens nothing, and in the copy it is still open.
    leaves.set_cookie(cookie.key, cookie.value)
    assert (stays.get("/moderation").status_code, leaves.get("/moderation").status_code) == (200, 303)
    back = restored(site, copy)
    assert "2 sign-ins ended" in back.said
    for each in (stays, leaves):
        each.application = back.app
        assert each.get("/moderation").status_code == 303
    assert signed_in(back.app, account).get("/moderation").status_code == 200
    back.database.dispose()
