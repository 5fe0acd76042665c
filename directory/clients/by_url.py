"""The client that the settings ask for."""

from __future__ import annotations

from directory.clients.console import Console
from directory.clients.mail import MailClient
from directory.clients.mail_folder import MailFolder
from directory.clients.smtp import Smtp
from directory.mail_address import read_mail_url


def mail_client(url: str) -> MailClient:
    """Where MAIL_URL leads. Raises ValueError where it cannot be read, which the settings have refused before."""
    server = read_mail_url(url)
    if server.is_smtp:
        return Smtp(server)
    return MailFolder(server.folder) if server.folder is not None else Console()
