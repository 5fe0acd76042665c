"""By TLS with its certificate verified, with a password, into a folder, onto the console."""

from __future__ import annotations

import re
import ssl
import stat
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from directory.actions.mail.compose import compose
from directory.clients.by_url import mail_client
from directory.clients.console import Console
from directory.clients.mail import Later
from directory.clients.mail_folder import MailFolder
from directory.clients.smtp import Smtp
from directory.mail_address import read_mail_url
from tests.browser.certificate import self_signed
from tests.mail_server import MailServer
from tests.outbox import NOW, SENDER


@pytest.fixture(params=["starttls", "tls"])
def secure_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[MailServer, Path]]:
    """A server with a certificate of its own, which it wants to be signed in to; and the certificate."""
    certificate, key = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = MailServer(**{request.param: context}, sign_in=True)
    server.start()
    yield server, certificate
    server.stop()


def a_mail(**what: str) -> EmailMessage:
    return compose(
        **{  # type: ignore[arg-type]  # a builder takes any field
            "sender": SENDER,
            "to_address": "manager@example.org",
            "subject": "Your listings",
            "body": "Please look.",
            "message_id": "<1@support-directory.invalid>",
            "made_at": NOW,
        }
        | what
    )


def test_mail_goes_to_a_server_whose_certificate_is_trusted(secure_server: tuple[MailServer, Path]) -> None:
    server, certificate = secure_server
    trusted = ssl.create_default_context(cafile=str(certificate))
    Smtp(read_mail_url(server.url), tls=trusted).send(a_mail())
    assert server.wait_for("manager@example.org", "Your listings").from_address == "listings@example.org"


def test_nothing_goes_to_a_server_whose_certificate_is_not_trusted(
    secure_server: tuple[MailServer, Path],
) -> None:
    server, _certificate = secure_server
    with pytest.raises(Later, match="certificate cannot be trusted") as refused:
        mail_client(server.url).send(a_mail())
    assert refused.value.for_all
    assert server.messages == []


def test_a_certificate_of_another_host_is_not_trusted(secure_server: tuple[MailServer, Path]) -> None:
    server, certificate = secure_server
    trusted = ssl.create_default_context(cafile=str(certificate))
    other = server.url.replace("127.0.0.1", "localhost")
    with pytest.raises(Later, match="certificate cannot be trusted"):
        Smtp(read_mail_url(other), tls=trusted).send(a_mail())
    assert server.messages == []


def test_a_wrong_password_loses_no_mail_and_is_told_to_nobody(secure_server: tuple[MailServer, Path]) -> None:
    server, certificate = secure_server
    trusted = ssl.create_default_context(cafile=str(certificate))
    address = read_mail_url(re.sub(r":[^:@/]*@", ":wrong%20word@", server.url))
    with pytest.raises(Later, match="535") as refused:
        Smtp(address, tls=trusted).send(a_mail())
    assert refused.value.for_all and "wrong" not in refused.value.answer
    assert server.messages == []


def test_a_server_that_offers_no_encryption_gets_nothing_from_a_client_that_wants_it(
    mail_server: MailServer,
) -> None:
    with pytest.raises(Later, match="STARTTLS"):
        mail_client(mail_server.url.replace("smtp:", "smtp+starttls:")).send(a_mail())
    assert mail_server.messages == []


def test_a_password_is_in_no_repr() -> None:
    address = read_mail_url(f"smtps://site:{'geheim'}@mail.example.org")
    assert address.password == "geheim"
    assert "geheim" not in repr(address) + repr(Smtp(address)) + str(vars(Smtp(address)))


def test_a_folder_holds_each_mail_once_for_its_owner_alone(tmp_path: Path) -> None:
    client = mail_client(f"outbox://{tmp_path}/mail")
    assert isinstance(client, MailFolder)
    for number in (1, 2, 1):
        client.send(a_mail(message_id=f"<{number}/../..@support-directory.invalid>"))
    files = list((tmp_path / "mail").iterdir())
    assert len(files) == 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert all(b"Subject: Your listings" in file.read_bytes() for file in files)


def test_a_folder_that_cannot_be_made_keeps_the_mail_waiting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Later, match="cannot be written"):
        mail_client(f"outbox://{tmp_path}/file/mail").send(a_mail())


def test_the_console_shows_a_mail_as_a_person_reads_it(capsys: pytest.CaptureFixture[str]) -> None:
    client = mail_client("console:")
    assert isinstance(client, Console)
    client.send(
        a_mail(subject="Your listings – été", body="Please look:\nhttps://example.org/confirm/abc?x=1")
    )
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Subject: Your listings – été" in shown.err
    assert "\nhttps://example.org/confirm/abc?x=1\n" in shown.err
