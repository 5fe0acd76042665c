"""How many listings there are, how sure, and how old: for /about/data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from directory.models.tables import Confirmation, Service
from directory.queries.facts import is_indexed
from directory.queries.holds import is_held

NOT_KNOWN = ""


@dataclass(frozen=True, slots=True)
class ListingCounts:
    """Counts of services. Only `needs_checking` and `not_running` count what the public does not find.

    by_confidence: 'high', 'medium', 'low' or '' (not known) → services.
    by_source_year: year of the source as text, '' for not known → services, newest first, '' last.
    by_seen_month: YYYY-MM in which the source was read → services, newest first.
    by_inclusion: (decision, profile) → services.
    """

    listed: int
    organisations: int
    confirmed: int
    charging: int
    cost_not_known: int
    needs_checking: int
    not_running: int
    by_confidence: Mapping[str, int]
    by_source_year: Mapping[str, int]
    by_seen_month: Mapping[str, int]
    by_inclusion: Mapping[tuple[str, str], int]


def listing_counts(session: Session) -> ListingCounts:
    """The counts as they stand."""
    query = select(
        Service.organisation_id,
        Service.free_to_person,
        Service.confidence,
        Service.source_date,
        Service.seen_on,
        Service.inclusion_decision,
        Service.inclusion_profile,
    ).where(is_indexed())
    rows = session.execute(query).all()
    confirmed = select(func.count(distinct(Confirmation.service_id))).where(
        Confirmation.service_id.in_(select(Service.id).where(is_indexed()))
    )
    needs_checking = (
        select(func.count()).select_from(Service).where(Service.listing == "needs checking", ~is_held())
    )
    everything = session.scalar(select(func.count()).select_from(Service).where(~is_held())) or 0
    checking = session.scalar(needs_checking) or 0
    return ListingCounts(
        listed=len(rows),
        organisations=len({row.organisation_id for row in rows}),
        confirmed=session.scalar(confirmed) or 0,
        charging=sum(row.free_to_person is False for row in rows),
        cost_not_known=sum(row.free_to_person is None for row in rows),
        needs_checking=checking,
        not_running=everything - checking - len(rows),
        by_confidence=Counter(row.confidence for row in rows),
        by_source_year=_newest_first(Counter(row.source_date[:4] for row in rows)),
        by_seen_month=_newest_first(
            Counter(row.seen_on.isoformat()[:7] if row.seen_on else NOT_KNOWN for row in rows)
        ),
        by_inclusion=Counter((row.inclusion_decision, row.inclusion_profile) for row in rows),
    )


def _newest_first(counts: Mapping[str, int]) -> dict[str, int]:
    return {when: counts[when] for when in sorted(counts, reverse=True)}
