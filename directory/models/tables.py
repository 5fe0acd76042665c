"""Every table in one list: who imports this has the whole schema."""

from __future__ import annotations

from directory.models.attribute import Attribute
from directory.models.base import Base
from directory.models.confirmation import Confirmation
from directory.models.contact_route import ContactRoute
from directory.models.coverage import Coverage
from directory.models.funding import Funding
from directory.models.gap_status import GapStatus
from directory.models.import_record import ImportRecord
from directory.models.inclusion import Inclusion
from directory.models.listings_version import ListingsVersion
from directory.models.location import Location
from directory.models.matrix_version import MatrixVersion
from directory.models.moved_listing import MovedListing
from directory.models.named_area import NamedAreaMember, NamedAreaRow
from directory.models.organisation import Organisation
from directory.models.service import Service
from directory.models.snapshot import Snapshot
from directory.models.statement import Statement

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "Attribute",
    "Confirmation",
    "ContactRoute",
    "Coverage",
    "Funding",
    "GapStatus",
    "ImportRecord",
    "Inclusion",
    "ListingsVersion",
    "Location",
    "MatrixVersion",
    "NamedAreaMember",
    "NamedAreaRow",
    "MovedListing",
    "Organisation",
    "Service",
    "Snapshot",
    "Statement",
]
