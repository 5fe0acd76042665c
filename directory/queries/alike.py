"""Who else might help: services for the same people, of the same kind, that take the same residents."""

from __future__ import annotations

from sqlalchemy.orm import Session

from directory.models.tables import Service
from directory.queries.current_listings import CurrentListings
from directory.queries.facts import service_facts
from directory.queries.index import listing_of
from directory.queries.views import ListingView
from directory.search.index import SearchIndex


def who_else_might_help(
    session: Session, index: SearchIndex, current: CurrentListings, service_id: int
) -> tuple[ListingView, ...]:
    """At most four, the most alike first; none for a number nobody has. It need not be running itself."""
    facts = service_facts(session, Service.id == service_id).get(service_id)
    if facts is None:
        return ()
    found = index.alike(listing_of(service_id, facts))
    listings = current.get(session, found)
    return tuple(listings[number] for number in found if number in listings)
