"""Which worker of a site answers: told by the process that holds the other end of the connection."""

from __future__ import annotations

import csv
import http.client
import io
import os
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

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
        """Its words; of a workbook or a Word file, everything that is in it."""
        if not self.body.startswith(b"PK"):
            return self.body.decode(errors="replace")
        with zipfile.ZipFile(io.BytesIO(self.body)) as file:
            return "\n".join(file.read(name).decode(errors="replace") for name in file.namelist())

    def rows_of(self, code: str) -> str:
        """The rows of a CSV file or a workbook that are about one support type; '' for none."""
        if self.body.startswith(b"PK"):
            sheets = load_workbook(io.BytesIO(self.body)).worksheets
            rows = [[str(cell or "") for cell in row] for sheet in sheets for row in sheet.values]
        else:
            rows = list(csv.reader(io.StringIO(self.body.decode("utf-8-sig"))))
        return "; ".join(" | ".join(row) for row in rows if code in row)


def ask(port: int, path: str, *, method: str = "GET", cookie: str = "") -> Answered:
    """Ask a site on this machine over a new connection, which either worker may take. cookie: of a visitor."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, headers={"Cookie": cookie} if cookie else {})
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
