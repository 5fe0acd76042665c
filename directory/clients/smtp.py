"""Mail by SMTP: one connection for each mail, and at its end a yes, a no, a not now, or nobody knows.

smtplib speaks the protocol. What is added here is the one distinction it does not make: whether a connection
was lost before the server could have taken the mail, or after.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.utils import parseaddr

from directory.clients.mail import AnswerLost, Later, Refused
from directory.mail_address import SMTPS, STARTTLS, MailServer

CONNECT_S = 30.0
"""How long each answer before the mail itself may take."""
TAKEN_S = 120.0
"""How long the answer to the whole mail may take: it is better to wait than not to know. With at most ten answers
of CONNECT_S before it, all of it stays below the ten minutes after which a claim on a mail counts as lost."""
GOODBYE_S = 1.0

ANSWER_LENGTH_MAX = 200
# The server wants us to sign in, or does not let us: that says nothing about the mail.
OUR_OWN_TROUBLE = frozenset({421, 454, 530, 534, 535, 538})


class Smtp:
    """Hands mail to one SMTP server. tls: how certificates are verified; the machine's own way by default."""

    def __init__(
        self,
        server: MailServer,
        *,
        tls: ssl.SSLContext | None = None,
        connect_s: float = CONNECT_S,
        taken_s: float = TAKEN_S,
    ) -> None:
        self._server = server
        self._tls = tls or ssl.create_default_context()
        self._connect_s = connect_s
        self._taken_s = taken_s
        # Asked once: with no name server near it takes seconds, and the library would ask for each mail.
        self._own_name = socket.getfqdn()

    def send(self, message: EmailMessage) -> None:
        """Hand it over to the address in its To. Raises Refused, Later or AnswerLost."""
        sender, recipient = (parseaddr(str(message[name]))[1] for name in ("From", "To"))
        with _before_the_mail(for_all=True):
            connection = self._connected()
        try:
            with _before_the_mail(for_all=True):
                _expect(connection.mail(sender), for_all=True)
            with _before_the_mail():
                _expect(connection.rcpt(recipient))
                _expect(connection.docmd("DATA"), wanted=3)
                # Everything but the line that ends the mail: until that line is sent, no server may take it.
                connection.send(_lines(message))
            self._end(connection)
            # It said yes: how it says goodbye changes nothing.
            with suppress(OSError, smtplib.SMTPException):
                if connection.sock is not None:
                    connection.sock.settimeout(GOODBYE_S)
                connection.quit()
        finally:
            connection.close()

    def _connected(self) -> smtplib.SMTP:
        """A connection that is greeted, encrypted where it should be, and signed in."""
        server = self._server
        if server.kind == SMTPS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, self._own_name, timeout=self._connect_s, context=self._tls
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, self._own_name, timeout=self._connect_s)
        try:
            connection.ehlo_or_helo_if_needed()
            if server.kind == STARTTLS:
                connection.starttls(context=self._tls)
                connection.ehlo_or_helo_if_needed()
            if server.user:
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _end(self, connection: smtplib.SMTP) -> None:
        """Send the line that ends the mail, and hear what became of it."""
        try:
            if connection.sock is not None:
                connection.sock.settimeout(self._taken_s)
            connection.send(b".\r\n")
            code, said = connection.getreply()
        except (OSError, smtplib.SMTPException) as problem:
            raise AnswerLost(f"The answer to the whole mail was lost: {_told(problem)}") from None
        if code // 100 not in {2, 4, 5}:
            raise AnswerLost(f"The answer to the whole mail could not be understood: {_line(code, said)}")
        _expect((code, said))


@contextmanager
def _before_the_mail(*, for_all: bool = False) -> Iterator[None]:
    """Whatever goes wrong in this block, the mail was not taken. for_all: nor would any other be."""
    try:
        yield
    except smtplib.SMTPResponseException as problem:
        # Raised while greeting or signing in; an address has not been named yet.
        raise Later(_line(problem.smtp_code, problem.smtp_error), for_all=True) from None
    except UnicodeError:
        raise Refused("The address has letters that mail cannot carry everywhere.") from None
    except (OSError, smtplib.SMTPException) as problem:
        raise Later(_told(problem), for_all=for_all) from None


def _expect(answer: tuple[int, bytes], *, wanted: int = 2, for_all: bool = False) -> None:
    """Nothing, where the answer begins with the wanted figure. Raises Refused or Later by what it says."""
    code, said = answer
    if code // 100 == wanted:
        return
    line = _line(code, said)
    if code // 100 == 5 and not for_all and code not in OUR_OWN_TROUBLE:
        raise Refused(line)
    raise Later(line, for_all=for_all or code in OUR_OWN_TROUBLE)


def _lines(message: EmailMessage) -> bytes:
    """The mail as it travels, without the line that ends it: a full stop at the start of a line is doubled."""
    raw = message.as_bytes()
    whole = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in whole.split(b"\r\n"))


def _line(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return _short(f"{code} {text}")


def _told(problem: Exception) -> str:
    """The problem in a line: never what was sent, which may hold a password."""
    if isinstance(problem, ssl.SSLCertVerificationError):
        return _short(f"The server's certificate cannot be trusted: {problem.verify_message}")
    if isinstance(problem, OSError) and problem.strerror:
        return _short(problem.strerror)
    return _short(f"{type(problem).__name__}: {problem}")


def _short(text: str) -> str:
    return "".join(mark if mark.isprintable() else " " for mark in text)[:ANSWER_LENGTH_MAX]
