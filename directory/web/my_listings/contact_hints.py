"""What is pointed out beside an answer before it is sent: words that the field avoids, and an address of one person."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from flask_babel import gettext as _

from directory.actions.accounts.email_address import looks_personal
from directory.actions.lines import routes
from directory.actions.problem import Refused
from directory.web.my_listings.check_answers import wording_hints


def hints_of(cells: Mapping[str, str]) -> dict[str, list[str]]:
    """Column → what is pointed out. Never changed, and nothing is refused by it."""
    found = {name: list(hints) for name, hints in wording_hints(cells).items()}
    for name, hints in personal_addresses(cells).items():
        found.setdefault(name, []).extend(hints)
    return found


def personal_addresses(cells: Mapping[str, str]) -> dict[str, list[str]]:
    """E-mail addresses that seem to be one person's own: contacts are roles unless the organisation chooses."""
    emails: list[str] = []
    with suppress(Refused):
        emails = [one.value for one in routes(cells.get("contact_routes", "")) if one.kind == "email"]
    words = [
        _(
            "%(email)s looks like one person’s own address. Everybody can read it, and it stays in the listing’s "
            "history. A shared one, such as referrals@, goes on working when somebody leaves.",
            email=email,
        )
        for email in emails
        if looks_personal(email)
    ]
    return {"contact_routes": words} if words else {}
