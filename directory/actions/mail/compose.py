"""A stored mail as it travels: the same at every attempt, to the letter."""

from __future__ import annotations

import textwrap
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime

from directory.mail_address import ascii_address, is_one_line, read_sender

LINE_WIDTH = 72
SIGNATURE = "-- "
# Nobody should answer it by machine. There is no List-Unsubscribe: nobody can unsubscribe by mail.
HEADERS = ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version")


def compose(
    *, sender: str, to_address: str, subject: str, body: str, message_id: str, made_at: datetime
) -> EmailMessage:
    """The mail. sender: as MAIL_FROM has it. message_id: with its angle brackets.

    Raises ValueError for what would break out of its header line, or cannot be written as UTF-8.
    """
    if not is_one_line(subject):
        raise ValueError("the subject is not one plain line")
    name, address = read_sender(sender)
    message = EmailMessage(policy.SMTP)
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = Address(addr_spec=ascii_address(to_address))
    # The library takes '=?' for something encoded already, and would decode line breaks out of it.
    message["Subject"] = subject.replace("=?", "= ?")
    message["Date"] = format_datetime(made_at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    # Quoted-printable passes through every server as it is, whatever letters and lengths of line it holds.
    message.set_content(flowed(body), charset="utf-8", cte="quoted-printable", params={"format": "flowed"})
    _check(message)
    return message


def flowed(body: str) -> str:
    """Short lines that mail programs join again (RFC 3676): one that goes on ends in a space. Links stay whole."""
    lines: list[str] = []
    for paragraph in body.splitlines():
        if paragraph == SIGNATURE:
            lines.append(paragraph)
            continue
        pieces = textwrap.wrap(paragraph, LINE_WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
        lines.extend(f"{_stuffed(piece)} " for piece in pieces[:-1])
        lines.append(_stuffed(pieces[-1]))
    return "\n".join(lines) + "\n"


def _stuffed(line: str) -> str:
    """With a space before what a reader, or a server on the way, would take for something else."""
    return f" {line}" if line.startswith((" ", ">", "From ")) else line


def _check(message: EmailMessage) -> None:
    """Raises ValueError unless the mail as it travels has the headers it was given, each once, and no other."""
    found = BytesHeaderParser().parsebytes(message.as_bytes()).keys()
    wanted = [*HEADERS, "Content-Type", "Content-Transfer-Encoding"]
    if sorted(name.lower() for name in found) != sorted(name.lower() for name in wanted):
        raise ValueError("a header line was broken out of")
