"""Where an e-mail address stands in texts: the whole of it, and not as the end of a longer one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from sqlalchemy import Select, Text, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from directory.mail_address import ascii_address
from directory.models.contact_route import ContactRoute
from directory.models.import_record import ImportRecord
from directory.models.listing_past import ListingPast
from directory.models.location import Location
from directory.models.proposed_change import ChannelCheck, ProposedChange
from directory.models.service import Service


def names_address(text: str, email: str) -> bool:
    """Whether the address stands there, in whatever case, its domain as people or as the network write it.

    moreinfo@example.org, info@example.org.uk and info@example.organic do not hold info@example.org.
    """
    return _address(email).search(text) is not None


def without_address(text: str, email: str, instead: str) -> str:
    """The text with something else wherever the address stood."""
    return _address(email).sub(lambda _found: instead, text)


def lines_that_name(text: str, email: str) -> list[str]:
    """Of a text that others wrote or were sent, the lines that hold the address."""
    return [line.strip() for line in text.splitlines() if names_address(line, email)]


def _address(email: str) -> re.Pattern[str]:
    forms = {email}
    with suppress(ValueError):
        forms.add(ascii_address(email))
    whole = "|".join(re.escape(form) for form in sorted(forms))
    return re.compile(rf"(?<![\w.+%-])(?:{whole})(?![\w-]|\.\w)", re.IGNORECASE)


def rows_that_name(session: Session, column: InstrumentedAttribute[Any], email: str) -> list[Any]:
    """The rows with the address in that column."""
    model = column.class_
    # The part before the @ is in plain letters; what SQL finds by it is looked at closely.
    found = session.scalars(select(model).where(func.lower(column).contains(_start(email), autoescape=True)))
    return [row for row in found if names_address(getattr(row, column.key) or "", email)]


def listings_that_name(session: Session, email: str) -> tuple[int, ...]:
    """Services that tell or told the address: today's words, their versions, proposed changes and checks, imports."""
    own = [column for column in Service.__table__.columns if isinstance(column.type, Text)]
    found = {
        number for number, *cells in session.execute(_holding(email, Service.id, *own)) if _any(cells, email)
    }
    for service_id, *columns in (
        (ContactRoute.service_id, ContactRoute.value, ContactRoute.note),
        (Location.service_id, Location.note),
        (ImportRecord.service_id, ImportRecord.cells),
        (ListingPast.service_id, ListingPast.cells),
        (ProposedChange.service_id, ProposedChange.cells, ProposedChange.base),
    ):
        rows = session.execute(_holding(email, service_id, *columns))
        found |= {number for number, *cells in rows if number is not None and _any(cells, email)}
    checks = _holding(email, ProposedChange.service_id, ChannelCheck.held_value).join(
        ProposedChange, ProposedChange.id == ChannelCheck.change_id
    )
    rows = session.execute(checks)
    found |= {number for number, *cells in rows if number is not None and _any(cells, email)}
    return tuple(sorted(found))


def _holding(email: str, *columns: Any) -> Select[Any]:
    """The columns of rows that may hold it; what SQL finds by its plain part is looked at closely."""
    held = [func.lower(cast(column, Text)).contains(_start(email), autoescape=True) for column in columns[1:]]
    return select(*columns).where(or_(*held))


def _any(cells: Iterable[Any], email: str) -> bool:
    texts = (text for cell in cells for text in (cell.values() if isinstance(cell, dict) else [cell]))
    return any(names_address(str(text), email) for text in texts)


def _start(email: str) -> str:
    return f"{email.rpartition('@')[0]}@"
