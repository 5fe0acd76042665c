"""A real SMTP server on a free port of this machine: it keeps what it is sent, and fails as it is told.

    def test_…(mail_server: MailServer) -> None:
        …MAIL_URL=mail_server.url…
        mail = mail_server.wait_for("manager@example.org", "Your listings", seconds=20)
        visitor.goto(mail.links[0])

`mail_server.faults.append(Fault.…)`: what happens to the next connection, one fault for each; then all is well again.
`mail_server.wait_until_held(2)`, and later `mail_server.let_go()`: two mails (Fault.HELD) have waited for their answer.
Other processes may send to it too.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cached_property
from typing import Any
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.mail_faults import ANSWERS, Fault
from tests.ports import free_port

USER, PASSWORD = "site@example.org", "a pass:word/@?#"
SLOW_S = 1.0


@dataclass(frozen=True)
class Received:
    """One copy of a mail, as it arrived."""

    to_address: str
    from_address: str
    raw: bytes
    at: float

    @cached_property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=default)  # type: ignore[return-value]  # the policy makes these

    @cached_property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @cached_property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    @cached_property
    def text(self) -> str:
        """The body as a mail program shows it: lines that were broken for the way are whole again."""
        lines = str(self.message.get_content()).replace("\r\n", "\n").split("\n")
        whole = "\n".join(line[1:] if line.startswith(" ") else line for line in lines)
        return re.sub(r"(?<!\n--) \n", " ", whole)

    @property
    def links(self) -> list[str]:
        """The addresses in the text, in order."""
        return re.findall(r"https?://[^\s<>]+", self.text)


class _Connection(SMTP):
    """One connection, with the fault that befalls it."""

    def __init__(self, *arguments: Any, fault: Fault | None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fault = fault

    def _drop(self) -> None:
        assert self.transport is not None
        self.transport.abort()

    async def push(self, status: Any) -> None:
        if str(status).startswith("220 127.0.0.1"):
            if self.fault is Fault.DROP_AT_GREETING:
                return self._drop()
            if self.fault is Fault.SILENT_AT_GREETING:
                return None
            if self.fault is Fault.LATER_AT_GREETING:
                await super().push("421 4.3.2 Come back later")
                return self._drop()
        await super().push(status)
        return None

    async def smtp_MAIL(self, arg: str) -> None:
        if not await self._answered("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:
        if self.fault is Fault.DROP_AT_ADDRESS:
            return self._drop()
        if not await self._answered("RCPT"):
            await super().smtp_RCPT(arg)
        return None

    async def smtp_DATA(self, arg: str) -> None:
        if self.fault is Fault.DROP_BEFORE_DATA:
            return self._drop()
        if self.fault is Fault.DROP_IN_DATA:
            await self.push("354 Go ahead")
            await self._reader.readline()
            return self._drop()
        if not await self._answered("DATA"):
            await super().smtp_DATA(arg)
        return None

    async def _answered(self, command: str) -> bool:
        at, answer = ANSWERS.get(self.fault, ("", "")) if self.fault else ("", "")
        if at == command:
            await self.push(answer)
        return at == command


class MailServer:
    """The server. messages: every copy it took, in the order of arrival."""

    def __init__(
        self,
        *,
        starttls: ssl.SSLContext | None = None,
        tls: ssl.SSLContext | None = None,
        sign_in: bool = False,
    ) -> None:
        self.messages: list[Received] = []
        self.faults: deque[Fault] = deque()
        self.connections = 0
        self.held = 0
        self._let_go = threading.Event()
        self._arrived = threading.Condition()
        self._sign_in = sign_in
        self._kind = "smtp+starttls" if starttls else "smtps" if tls else "smtp"
        options: dict[str, Any] = {
            "auth_require_tls": False,
            "auth_required": sign_in,
            "authenticator": self._authenticate,
            "tls_context": starttls,
            "require_starttls": starttls is not None,
        }
        options["hostname"] = "127.0.0.1"
        server = self

        class Listening(Controller):
            def factory(self) -> SMTP:
                with server._arrived:
                    server.connections += 1
                    fault = server.faults.popleft() if server.faults else None
                return _Connection(server, fault=fault, **options)

        self._controller = Listening(self, hostname="127.0.0.1", port=free_port(), ssl_context=tls)

    @property
    def port(self) -> int:
        return int(self._controller.port)

    @property
    def url(self) -> str:
        """The address for MAIL_URL."""
        who = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@" if self._sign_in else ""
        return f"{self._kind}://{who}127.0.0.1:{self.port}"

    def start(self) -> None:
        # The library tries the greeting once itself, before there are faults.
        self._controller.start()
        self.connections = 0

    def stop(self) -> None:
        self._controller.stop()

    def wait_until_held(self, count: int, seconds: float = 60.0) -> None:
        """Until so many mails have come whole and wait for their answer."""
        with self._arrived:
            are_held = self._arrived.wait_for(lambda: self.held >= count, seconds)
            came = f"{self.connections} connections came, {len(self.messages)} mails were taken"
            assert are_held, f"{self.held} mails are held; {came}"

    def let_go(self) -> None:
        """Answer what is held; from now on nothing is."""
        self._let_go.set()

    def messages_to(self, address: str) -> list[Received]:
        """What arrived for the address, the oldest first."""
        with self._arrived:
            return [one for one in self.messages if one.to_address == address]

    def wait_for(
        self, address: str, subject_part: str = "", seconds: float = 30.0, *, after: int = 0
    ) -> Received:
        """The newest mail to the address with that in its subject. after: so many of them are already known."""
        until = time.monotonic() + seconds
        with self._arrived:
            while True:
                found = [
                    one for one in self.messages if one.to_address == address and subject_part in one.subject
                ]
                if len(found) > after:
                    return found[-1]
                left = until - time.monotonic()
                if left <= 0:
                    others = [(one.to_address, one.subject) for one in self.messages]
                    raise AssertionError(
                        f"No mail to {address} with ‘{subject_part}’ came; these did: {others}"
                    )
                self._arrived.wait(left)

    def _authenticate(self, _server: Any, _session: Any, _envelope: Any, _how: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        right = given.login == USER.encode() and given.password == PASSWORD.encode()
        return AuthResult(success=right, handled=right)

    async def handle_DATA(self, server: _Connection, _session: Session, envelope: Envelope) -> str:
        fault = server.fault
        if fault is Fault.SLOW:
            await asyncio.sleep(SLOW_S)
        if fault is Fault.HELD:
            await self._hold()
        if fault is Fault.LATER_AFTER_MAIL:
            return "451 4.3.0 Not now"
        if fault is Fault.NO_AFTER_MAIL:
            return "554 5.6.0 No"
        if fault is Fault.DROP_AFTER_MAIL_NOT_TAKEN:
            server._drop()
            return "451 gone"
        self._keep(envelope)
        if fault is Fault.HELD_THEN_DROPPED:
            await self._hold()
            server._drop()
        elif fault is Fault.DROP_AFTER_MAIL_TAKEN:
            server._drop()
        elif fault is Fault.GARBLED_AFTER_MAIL_TAKEN:
            return "OK, I think"
        elif fault is Fault.SILENT_AFTER_MAIL_TAKEN:
            await asyncio.sleep(3600)
        elif fault is Fault.DROP_AFTER_YES:
            await server.push("250 OK")
            server._drop()
        return "250 OK"

    async def _hold(self) -> None:
        with self._arrived:
            self.held += 1
            self._arrived.notify_all()
        while not self._let_go.is_set():
            await asyncio.sleep(0.01)

    def _keep(self, envelope: Envelope) -> None:
        assert isinstance(envelope.content, bytes)
        with self._arrived:
            for address in envelope.rcpt_tos:
                self.messages.append(
                    Received(str(address), str(envelope.mail_from), envelope.content, time.monotonic())
                )
            self._arrived.notify_all()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A server that takes everything, unless told otherwise."""
    server = MailServer()
    server.start()
    yield server
    server.stop()
