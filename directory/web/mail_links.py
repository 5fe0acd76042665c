"""The whole address of a page, for a mail. Never taken from a request, whose Host anybody can make up."""

from __future__ import annotations

from flask import current_app, url_for

from directory.errors import RuleBroken

SET_SITE_URL = (
    "No mail with a link can be sent: the site does not know its own address. Whoever runs it sets SITE_URL, like "
    "https://support.example.org."
)


def can_mail_links() -> bool:
    """Whether the site knows its own address."""
    return bool(current_app.config["SETTINGS"].site_url)


def address_in_mail(endpoint: str, token: str = "") -> str:
    """'https://…' of a page. token: what a link holds; '' for a page without one.

    Raises RuleBroken('email') where the site does not know its own address.
    """
    site_url: str = current_app.config["SETTINGS"].site_url
    if not site_url:
        raise RuleBroken("email", SET_SITE_URL)
    return site_url + (url_for(endpoint, token=token) if token else url_for(endpoint))
