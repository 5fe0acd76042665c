"""A real site is reloaded, or stopped, while its workers hand mails over: none is lost, none goes twice after a yes."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from directory.actions.mail.send import MailSender
from directory.app import create_app
from directory.clients.smtp import Smtp
from directory.config import Settings
from directory.db import Database
from directory.mail_address import read_mail_url
from directory.migrations.upgrade import upgrade
from directory.models.outbox import OutboxMail
from directory.reference.hours import now_utc
from tests.browser.conftest import Running, is_up, running
from tests.mail_faults import Fault
from tests.mail_server import MailServer
from tests.outbox import SENDER, post_many, states

MAILS = 6
IN_HAND = 2
"""One for each worker; the others wait."""
ENDS_S = 20.0
"""How long whatever was told to end may take once nothing holds it: far less than the waits for an answer."""


@dataclass
class SendingSite:
    """A site of two workers with mails in its outbox, and the server that they are handed to."""

    app: Flask
    mail: MailServer
    folder: Path

    @property
    def database(self) -> Database:
        """For builders; the site has connections of its own."""
        found: Database = self.app.extensions["database"]
        return found

    @contextmanager
    def served(self) -> Iterator[Running]:
        """The site as it ships, with its jobs. At the end nothing is held any more."""
        environment = {"JOBS": "on", "MAIL_URL": self.mail.url, "MAIL_FROM": SENDER}
        with running(self.app, self.log, **environment) as served:
            try:
                yield served
            finally:
                self.mail.let_go()

    def send_tomorrow(self) -> None:
        """What is due a day later, when no claim of a worker that is gone holds any more."""
        client = Smtp(read_mail_url(self.mail.url))
        MailSender(self.database, client, SENDER, clock=lambda: now_utc() + timedelta(days=1)).send_due()

    @property
    def log(self) -> Path:
        """What the site has written."""
        return self.folder / "site.log"

    def mails(self) -> list[OutboxMail]:
        with self.database.reading() as session:
            found = list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))
            session.expunge_all()
        return found

    def copies(self) -> list[int]:
        """How many copies of each mail were taken; all of one mail are the same to the letter."""
        raw = {(one.message_id, one.raw) for one in self.mail.messages}
        assert len({message_id for message_id, _raw in raw}) == len(raw)
        taken = Counter(one.message_id for one in self.mail.messages)
        return [taken[mail.message_id] for mail in self.mails()]


@pytest.fixture
def site(either_settings: Settings, mail_server: MailServer, tmp_path: Path) -> Iterator[SendingSite]:
    app = create_app(replace(either_settings, rate_limits=False))
    upgrade(app.extensions["database"])
    site = SendingSite(app, mail_server, tmp_path)
    post_many(site.database, MAILS, now=now_utc())
    yield site
    site.database.dispose()


def workers(of: Running) -> set[int]:
    """The processes of a site's workers."""
    number = of.process.pid
    return {int(each) for each in Path(f"/proc/{number}/task/{number}/children").read_text().split()}


def until(is_so: Callable[[], bool], seconds: float = ENDS_S) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it is not so yet"
        time.sleep(0.05)


def test_a_reload_waits_for_the_answers_and_the_new_workers_send_the_rest(site: SendingSite) -> None:
    site.mail.faults.extend([Fault.HELD] * IN_HAND)
    with site.served() as served:
        site.mail.wait_until_held(IN_HAND)
        old = workers(served)
        os.kill(served.process.pid, signal.SIGHUP)
        until(lambda: states(site.database) == {"claimed": IN_HAND, "sent": MAILS - IN_HAND}, 60)
        assert len(old) == 2 and old < workers(served) and is_up(served.address)
        site.mail.let_go()
        until(lambda: len(workers(served)) == 2 and not workers(served) & old)
        assert is_up(served.address)
    assert (states(site.database), site.copies()) == ({"sent": MAILS}, [1] * MAILS)
    assert {mail.attempts for mail in site.mails()} == {1}
    # Whoever waits gives signs of life, and nobody is killed for it.
    assert "TIMEOUT" not in site.log.read_text() and "SIGKILL" not in site.log.read_text()


def test_a_site_that_is_stopped_hears_its_answers_first_and_sends_nothing_more(site: SendingSite) -> None:
    site.mail.faults.extend([Fault.HELD, Fault.HELD_THEN_DROPPED])
    with site.served() as served:
        site.mail.wait_until_held(IN_HAND)
        served.process.terminate()
        with pytest.raises(TimeoutError):
            wait(served, 2.0)
        site.mail.let_go()
        wait(served, ENDS_S)
        assert served.process.returncode == 0
    assert states(site.database) == {"sent": 1, "unsure": 1, "waiting": MAILS - IN_HAND}
    site.send_tomorrow()
    assert states(site.database) == {"sent": MAILS}
    unsure = [mail.unsure_at is not None for mail in site.mails()]
    assert site.copies() == [2 if was else 1 for was in unsure] and sum(unsure) == 1


@pytest.mark.parametrize("either_settings", ["sqlite"], indirect=True)
def test_a_site_stopped_at_once_leaves_what_was_in_hand_to_be_sent_once_more(site: SendingSite) -> None:
    site.mail.faults.extend([Fault.HELD_THEN_DROPPED] * IN_HAND)
    with site.served() as served:
        site.mail.wait_until_held(IN_HAND)
        served.process.terminate()
        time.sleep(0.5)
        served.process.send_signal(signal.SIGQUIT)
        wait(served, ENDS_S)
    assert states(site.database) == {"claimed": IN_HAND, "waiting": MAILS - IN_HAND}
    site.send_tomorrow()
    assert states(site.database) == {"sent": MAILS}
    assert site.copies() == [2] * IN_HAND + [1] * (MAILS - IN_HAND)


def wait(served: Running, seconds: float) -> None:
    """Until the site has ended. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while served.process.poll() is None:
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)
