"""Addresses of mail as people write them: a person's, the site's own, and that of the server which takes our mail."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.utils import getaddresses
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import unquote, urlsplit

from email_validator import EmailNotValidError, validate_email

CONSOLE, FOLDER, SMTP, SMTPS, STARTTLS = "console", "outbox", "smtp", "smtps", "smtp+starttls"
PORTS = {SMTP: 25, SMTPS: 465, STARTTLS: 587}

# What may stand in a header line and in a line of SMTP without quoting. Rarer addresses that the standard
# allows (quoted names, comments, an IP address in brackets) are how lines are broken out of.
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x20\x7f-\xa0]+@[^\s@<>()\[\],;:\\\"\x00-\x20\x7f-\xa0]+")
ADDRESS_LENGTH_MAX = 254


@dataclass(frozen=True, slots=True)
class MailServer:
    """Who takes our mail. kind: 'console', 'outbox' (a folder), 'smtp', 'smtps' or 'smtp+starttls'."""

    kind: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    folder: Path | None = None

    @property
    def is_smtp(self) -> bool:
        """Whether mail leaves by it."""
        return self.kind in PORTS

    @property
    def is_private(self) -> bool:
        """Whether nobody on the way can read the mail: by TLS, or because it stays on this machine."""
        return self.kind in {SMTPS, STARTTLS} or _is_loopback(self.host)


def is_one_address(text: str) -> bool:
    """Whether this is one plain e-mail address, which can break out of no line."""
    return len(text) <= ADDRESS_LENGTH_MAX and _ADDRESS.fullmatch(text) is not None and ".." not in text


def ascii_address(text: str) -> str:
    """The address with its domain as the network writes it today (IDNA 2008).

    Python's own codec knows the rule of 2003 alone, by which straße.de is strasse.de: somebody else's domain.
    Raises ValueError unless it is one plain address whose name is in letters that every server carries.
    """
    name, _at, domain = text.rpartition("@")
    try:
        written = f"{name}@{_ascii_domain(domain)}"
    except (EmailNotValidError, UnicodeError):
        raise ValueError("the domain of the address cannot be written as the network does") from None
    if not is_one_address(text) or not written.isascii():
        raise ValueError("the address is not one plain address in letters that every server carries")
    return written


def _ascii_domain(domain: str) -> str:
    if domain.isascii():
        # One of this machine too, which the library refuses. The codec looks at the lengths, and changes nothing.
        return domain.encode("idna").decode("ascii")
    return validate_email(f"a@{domain}", check_deliverability=False).ascii_domain


def is_one_line(text: str) -> bool:
    """Whether a header can hold it: one line, with no control character."""
    return len(text.splitlines()) == 1 and all(mark.isprintable() or mark == "\u00a0" for mark in text)


def read_sender(text: str) -> tuple[str, str]:
    """(name, address) of 'Support Directory <listings@example.org>'; the name may be left out.

    Raises ValueError with what to write.
    """
    found = getaddresses([text])
    name, address = found[0] if len(found) == 1 else ("", "")
    if not is_one_line(text) or not is_one_address(address) or "=?" in text:
        raise ValueError("Write one address, like: Support Directory <listings@example.org>")
    return name, ascii_address(address)


def read_mail_url(text: str) -> MailServer:
    """The server. Raises ValueError with what to write; never with what was written, which may hold a password."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ValueError("The address cannot be read. Write user and password percent-encoded.") from None
    if parts.query or parts.fragment or not is_one_line(text):
        raise ValueError("Write no ? or # in it; in a password write them percent-encoded.")
    if parts.scheme == CONSOLE and not parts.netloc and not parts.path:
        return MailServer(CONSOLE)
    if parts.scheme == FOLDER:
        if parts.netloc or not parts.path.strip("/"):
            raise ValueError("A folder is written with its whole path, like outbox:///srv/mail")
        return MailServer(FOLDER, folder=Path(unquote(parts.path)))
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/"):
        raise ValueError(
            "Write smtp+starttls://user:password@host:587, smtps://…, smtp://…, outbox:///… or console:"
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    server = MailServer(parts.scheme, parts.hostname, port or PORTS[parts.scheme], user, password)
    if bool(user) != bool(password):
        raise ValueError("Give both a user and a password, or neither.")
    if user and not server.is_private:
        raise ValueError("A password must not travel in the clear: use smtps:// or smtp+starttls://")
    return server


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
