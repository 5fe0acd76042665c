"""The site of a listing's life: two real workers whose clock can be moved, asked until both have answered."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask

from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from tests.browser.conftest import ROOT, environment_of, serve
from tests.browser.workers import Answered, ask
from tests.builders import make_database, make_listing
from tests.mail_server import MailServer
from tests.ports import free_port

WORKERS = 2
ASKED_OF_EACH = 3
"""Answers from each worker before it is believed that it says the same as the other."""
ASKED_SECONDS_MAX = 60.0
AGAIN_SECONDS = 0.05
"""Left to the worker that has not answered yet: one that is making something ready takes a while to come."""
HELD_SECONDS_MAX = 5.0


@dataclass
class LifeSite:
    """One database, one mailbox server, and the site over them while it is served.

    cookie: of the visitor whose list is asked for; without one, whoever asks has none.
    """

    app: Flask
    mail: MailServer
    folder: Path
    port: int
    url: str = ""
    cookie: str = ""

    @property
    def database(self) -> Database:
        """For builders; the site has connections of its own."""
        found: Database = self.app.extensions["database"]
        return found

    @contextmanager
    def served(self, *, days_ahead: int = 0) -> Iterator[str]:
        """The site with two workers, jobs and mail, its clock so many days ahead. At one address each time."""
        settings = {**self._environment(days_ahead), "PORT": str(self.port), "JOBS": "on"}
        serving = serve(self.app, self.folder / f"site-{days_ahead}.log", **settings)
        next(serving)
        try:
            yield self.url
        finally:
            serving.close()

    def _environment(self, days_ahead: int) -> dict[str, str]:
        return {
            "MAIL_URL": self.mail.url,
            "MAIL_FROM": "Support Directory <site@example.org>",
            "SITE_URL": self.url,
            "CLOCK_AHEAD_DAYS": str(days_ahead or ""),
        }

    def command(self, *arguments: str) -> str:
        """What a command of `flask` prints."""
        result = self.app.test_cli_runner().invoke(args=arguments)
        assert result.exit_code == 0, result.output
        return result.output

    def process(self, *arguments: str, days_ahead: int) -> subprocess.Popen[str]:
        """A command of `flask` in a process of its own, with the site's clock."""
        return subprocess.Popen(
            [str(Path(sys.executable).parent / "flask"), *arguments],
            cwd=ROOT,
            env=environment_of(self.app, **self._environment(days_ahead)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def ask(self, path: str, *, method: str = "GET") -> Answered:
        """What one worker answers over a connection of its own."""
        return ask(self.port, path, method=method, cookie=self.cookie)

    def text(self, path: str) -> str:
        """Likewise, its words alone. Whatever is no page or file is a failure."""
        answer = self.ask(path)
        assert answer.status < 400, f"{path}: {answer.status}"
        return answer.text

    def each_worker(self, path: str, *, method: str = "GET") -> Iterator[Answered]:
        """Answers over new connections, until every worker has given so many."""
        given: dict[int, int] = {}
        until = time.monotonic() + ASKED_SECONDS_MAX
        while time.monotonic() < until:
            answer = self.ask(path, method=method)
            yield answer
            if answer.worker:
                given[answer.worker] = given.get(answer.worker, 0) + 1
            if len(given) == WORKERS and min(given.values()) >= ASKED_OF_EACH:
                return
            if given.get(answer.worker, 0) > ASKED_OF_EACH:
                time.sleep(AGAIN_SECONDS)
        raise AssertionError(f"In {ASKED_SECONDS_MAX} s each worker answered {path} so often: {given}")

    def everywhere(self, path: str, holds: Callable[[str], bool]) -> None:
        """Every worker answers so, now."""
        for answer in self.each_worker(path):
            assert answer.status < 400, f"{path}: {answer.status}"
            assert holds(answer.text), f"Worker {answer.worker} says otherwise on {path}"

    def said(self, path: str, read: Callable[[Answered], str]) -> set[str]:
        """What is read from the answers of every worker: one thing, where all say the same."""
        return {read(answer) for answer in self.each_worker(path)}

    def gone_within_seconds(self, found: Callable[[Answered], bool], *paths: str) -> None:
        """From five seconds from now no worker answers so; counted from when it was asked."""
        until = time.monotonic() + HELD_SECONDS_MAX
        for path in paths:
            while any(found(answer) for answer in self.each_worker(path)):
                assert time.monotonic() < until, f"It is still in {path}"


@contextmanager
def a_life(settings: Settings, folder: Path) -> Iterator[LifeSite]:
    """A site with one listing of somebody else, and nobody who may sign in."""
    mail_server = MailServer()
    mail_server.start()
    url = f"sqlite:///{folder}/life.sqlite"
    database = make_database(url)
    make_listing(database, organisation="Example Organisation B", name="Example Service B", coverage="Kent")
    database.dispose()
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    app = create_app(
        replace(
            settings,
            database_url=url,
            database_read_url=url,
            rate_limits=False,
            site_url=address,
            mail_url=mail_server.url,
        )
    )
    try:
        yield LifeSite(app, mail_server, folder, port, address)
    finally:
        app.extensions["database"].dispose()
        mail_server.stop()
