"""Where an e-mail address stands in texts: the whole of it, and not as the end of a longer one."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from directory.mail_address import ascii_address
from directory.models.listing_past import ListingPast
from directory.models.proposed_change import ProposedChange


def names_address(text: str, email: str) -> bool:
    """Whether the address stands there, in whatever case, its domain as people or as the network write it.

    moreinfo@example.org, info@example.org.uk and info@example.organic do not hold info@example.org.
    """
    forms = {email}
    with suppress(ValueError):
        forms.add(ascii_address(email))
    whole = "|".join(re.escape(form) for form in sorted(forms))
    return re.search(rf"(?<![\w.+%-])(?:{whole})(?![\w-]|\.\w)", text, re.IGNORECASE) is not None


def rows_that_name(session: Session, column: InstrumentedAttribute[Any], email: str) -> list[Any]:
    """The rows with the address in that column."""
    model = column.class_
    # The part before the @ is in plain letters; what SQL finds by it is looked at closely.
    found = session.scalars(select(model).where(func.lower(column).contains(_start(email), autoescape=True)))
    return [row for row in found if names_address(getattr(row, column.key) or "", email)]


def listings_that_name(session: Session, email: str) -> tuple[int, ...]:
    """Services whose versions or proposed changes hold the address, today's among them."""
    found: set[int] = set()
    sources = (
        (ListingPast.service_id, ListingPast.cells),
        (ProposedChange.service_id, ProposedChange.cells),
        (ProposedChange.service_id, ProposedChange.base),
    )
    for service_id, column in sources:
        held = func.lower(cast(column, Text)).contains(_start(email), autoescape=True)
        rows = session.execute(select(service_id, column).where(service_id.is_not(None), held))
        for number, cells in rows:
            if number is not None and any(names_address(str(cell), email) for cell in cells.values()):
                found.add(number)
    return tuple(sorted(found))


def _start(email: str) -> str:
    return f"{email.rpartition('@')[0]}@"
