"""Every table in one list: who imports this has the whole schema."""

from __future__ import annotations

from directory.models.account import Account, Passkey, Role
from directory.models.attribute import Attribute
from directory.models.audit import AuditEntry
from directory.models.base import Base
from directory.models.confirmation import Confirmation
from directory.models.contact_route import ContactRoute
from directory.models.correction import Correction
from directory.models.coverage import Coverage
from directory.models.funding import Funding
from directory.models.gap_status import GapStatus
from directory.models.hold import Hold
from directory.models.import_record import ImportRecord
from directory.models.inclusion import Inclusion
from directory.models.listing_past import ListingPast
from directory.models.listings_version import ListingsVersion
from directory.models.location import Location
from directory.models.matrix_version import MatrixVersion
from directory.models.membership import AreaGrant, Invitation, ManageRequest, Membership
from directory.models.moved_listing import MovedListing
from directory.models.named_area import NamedAreaMember, NamedAreaRow
from directory.models.organisation import Organisation
from directory.models.outbox import JobRun, OutboxMail
from directory.models.proposed_change import ChannelCheck, ProposedChange
from directory.models.reply import Reply
from directory.models.service import Service
from directory.models.sign_in import SignIn, SignInAttempt, SignInLink
from directory.models.snapshot import Snapshot
from directory.models.statement import Statement
from directory.models.upkeep import Call, Reminder

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "Account",
    "AreaGrant",
    "Attribute",
    "AuditEntry",
    "Call",
    "ChannelCheck",
    "Confirmation",
    "ContactRoute",
    "Correction",
    "Coverage",
    "Funding",
    "GapStatus",
    "Hold",
    "ImportRecord",
    "Inclusion",
    "Invitation",
    "JobRun",
    "ListingPast",
    "ListingsVersion",
    "Location",
    "ManageRequest",
    "MatrixVersion",
    "Membership",
    "MovedListing",
    "NamedAreaMember",
    "NamedAreaRow",
    "Organisation",
    "OutboxMail",
    "Passkey",
    "ProposedChange",
    "Reminder",
    "Reply",
    "Role",
    "Service",
    "SignIn",
    "SignInAttempt",
    "SignInLink",
    "Snapshot",
    "Statement",
]
