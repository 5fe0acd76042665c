"""What an organisation is writing and has not sent yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models.proposed_change import ProposedChange

OWN, STAFF = "form", "moderator"
"""Who writes: the organisation's own people, who share one draft; or staff, each of whom has one of her own."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is written about: a listing, or, where service_id is None, the new one of the draft draft_id.

    writer: the account of whoever writes, by which staff find their own: who sends it is who wrote all of it.
    """

    organisation_id: int | None
    service_id: int | None = None
    draft_id: int | None = None
    source: str = OWN
    writer: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been written. cells, base: as of a proposed change. round: how often it was saved.

    reasons: of the moderator who sent it back; '' where nobody did.
    words: what was said beside it, such as evidence for a new service.
    """

    id: int
    cells: Mapping[str, str]
    base: Mapping[str, str]
    round: int
    words: str = ""
    reasons: str = ""


def draft_row(session: Session, subject: Subject) -> ProposedChange | None:
    """The draft as it is stored, the oldest if there were two; None where nothing has been written."""
    query = select(ProposedChange).where(
        ProposedChange.state == "draft",
        ProposedChange.source == subject.source,
        ProposedChange.organisation_id == subject.organisation_id,
    )
    if subject.source == STAFF:
        query = query.where(ProposedChange.proposed_by == subject.writer)
    if subject.service_id is None:
        query = query.where(ProposedChange.id == subject.draft_id, ProposedChange.service_id.is_(None))
    else:
        query = query.where(ProposedChange.service_id == subject.service_id)
    return session.scalars(query.order_by(ProposedChange.id).limit(1)).one_or_none()


def find_draft(session: Session, subject: Subject) -> Draft | None:
    """The same, to read."""
    row = draft_row(session, subject)
    if row is None:
        return None
    return Draft(row.id, dict(row.cells), dict(row.base), row.round, row.words, row.decided_words)
