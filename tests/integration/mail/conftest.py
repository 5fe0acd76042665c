"""The outbox with mails in it, and a real server to send them to."""

from __future__ import annotations

from tests.mail_server import mail_server

__all__ = ["mail_server"]
