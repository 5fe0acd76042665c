"""One organisation and the services of it that are for the public."""

from __future__ import annotations

from sqlalchemy.orm import Session

from directory.errors import NotFound
from directory.models.tables import Organisation, Service
from directory.queries.listings import listings_where
from directory.queries.views import OrganisationView


def get_organisation(session: Session, organisation_id: int) -> OrganisationView:
    """The organisation. Raises NotFound when there is none, or when nothing of it is for the public.

    Its website is the one that its first service's source gives for it.
    """
    organisation = session.get(Organisation, organisation_id)
    found = listings_where(session, Service.organisation_id == organisation_id) if organisation else {}
    if organisation is None or not found:
        raise NotFound(f"No organisation has the number {organisation_id}.")
    url = next((listing.organisation_url for listing in found.values() if listing.organisation_url), "")
    services = tuple(sorted(found.values(), key=lambda listing: (listing.name.casefold(), listing.id)))
    return OrganisationView(organisation.id, organisation.name, url, services)
