"""Which worker of a site answers: told by the process that holds the other end of the connection."""

from __future__ import annotations

import http.client
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROCESSES = Path("/proc")
HERE = "0100007F"
"""127.0.0.1, as Linux writes it in its table of connections."""


@dataclass(frozen=True)
class Answered:
    """One answer over a connection of its own. worker: the process it came from."""

    worker: int
    status: int
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


def ask(port: int, path: str, *, method: str = "GET") -> Answered:
    """Ask a site on this machine over a new connection, which either worker may take."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        body = answer.read()
        # It stays open for the next question, so its other end can be looked up.
        worker = _holder(_inode(port, connection.sock.getsockname()[1])) if connection.sock else 0
    finally:
        connection.close()
    return Answered(worker, answer.status, body)


def _inode(port: int, other_port: int) -> str:
    """The server's end of a connection; '' where it is closed already."""
    here, there = f"{HERE}:{port:04X}", f"{HERE}:{other_port:04X}"
    for line in (PROCESSES / "net" / "tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1:3] == [here, there]:
            return fields[9]
    return ""


def _holder(inode: str) -> int:
    """The process that holds it; 0 where none does any more."""
    wanted = f"socket:[{inode}]"
    for process in _processes():
        with suppress(OSError):
            if any(os.readlink(each) == wanted for each in (process / "fd").iterdir()):
                return int(process.name)
    return 0


def _processes() -> Iterator[Path]:
    """Those of the site alone: others are many, and no business of ours."""
    for process in PROCESSES.iterdir():
        if process.name.isdecimal():
            with suppress(OSError):
                if b"gunicorn" in (process / "cmdline").read_bytes():
                    yield process
