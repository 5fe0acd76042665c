"""The site of a listing's life: two real workers whose clock can be moved, asked until both have answered."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from tests.browser.conftest import serve
from tests.mail_server import MailServer

ASKED_EACH_TIME = 24
"""New connections in a row. Either worker may take each; that one took none of so many is as good as impossible."""
HELD_SECONDS_MAX = 5.0


@dataclass
class LifeSite:
    """One database, one mailbox server, and the site over them while it is served."""

    app: Flask
    mail: MailServer
    folder: Path
    port: int
    url: str = ""

    @contextmanager
    def served(self, *, days_ahead: int = 0) -> Iterator[str]:
        """The site with two workers, jobs and mail, its clock so many days ahead. At one address each time."""
        log = self.folder / f"site-{days_ahead}.log"
        serving = serve(
            self.app,
            log,
            PORT=str(self.port),
            JOBS="on",
            MAIL_URL=self.mail.url,
            MAIL_FROM="Support Directory <site@example.org>",
            SITE_URL=self.url,
            CLOCK_AHEAD_DAYS=str(days_ahead or ""),
        )
        next(serving)
        try:
            yield self.url
        finally:
            serving.close()

    def command(self, *arguments: str) -> str:
        """What a command of `flask` prints."""
        result = self.app.test_cli_runner().invoke(args=arguments)
        assert result.exit_code == 0, result.output
        return result.output

    def text(self, path: str) -> str:
        """What one worker answers over a connection of its own."""
        asked = urllib.request.Request(self.url + path, headers={"Connection": "close"})  # noqa: S310  # our own
        with urllib.request.urlopen(asked) as answer:  # noqa: S310  # our own server
            body: bytes = answer.read()
        return body.decode(errors="replace")

    def everywhere(self, path: str, holds: Callable[[str], bool]) -> None:
        """Every worker answers so, now: asked over many new connections."""
        answers = [holds(self.text(path)) for _ in range(ASKED_EACH_TIME)]
        assert all(answers), f"{answers.count(False)} of {ASKED_EACH_TIME} answers of {path} are not so"

    def gone_within_seconds(self, words: str, *paths: str) -> None:
        """The words are on none of the pages, in any worker, within five seconds from now."""
        began = time.monotonic()
        for path in paths:
            while any(words in self.text(path) for _ in range(4)):
                assert time.monotonic() - began < HELD_SECONDS_MAX, f"{words} is still on {path}"
        for path in paths:
            self.everywhere(path, lambda text: words not in text)
