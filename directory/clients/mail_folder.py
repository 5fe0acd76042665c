"""Mail into a folder, as files that any mail program opens."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

from directory.clients.mail import Later


class MailFolder:
    """Writes each mail into a file of its own; the same mail, written again, into the same file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: EmailMessage) -> None:
        """Write it aside and put it in place whole. Raises Later where it cannot be written."""
        # A Message-ID is no name of a file; its hash is one, and the same at a second attempt.
        name = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:32]
        part = self._folder / f".{name}.{os.getpid()}.part"
        try:
            # They hold links that sign people in: for nobody else on this machine.
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(message.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._folder / f"{name}.eml")
        except OSError as problem:
            with suppress(OSError):
                part.unlink()
            raise Later(f"The folder for mail cannot be written: {problem.strerror}", for_all=True) from None
