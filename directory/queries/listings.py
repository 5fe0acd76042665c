"""Listings for pages: the version number, one listing, or the twenty of a page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from directory.errors import NotFound
from directory.models.tables import Confirmation, Inclusion, ListingsVersion, Service
from directory.queries.facts import RouteFacts, ServiceFacts, is_shown, service_facts
from directory.queries.index import index_listings
from directory.queries.views import EvidenceView, ListingView, PlaceView, RouteView, TagView
from directory.reference.groups import shown_as
from directory.reference.telephones import digits_to_dial

__all__ = [
    "ListingView",
    "get_listing",
    "get_listings",
    "index_listings",
    "listings_version",
    "listings_where",
]

# Columns of the table that a page shows as they are.
_AS_STORED = tuple(
    """id organisation_id organisation_url name description status minimum_age maximum_age age_note
    coverage_note coverage_is_partial url referral_note free_to_person cost_note interpreters
    accepting_referrals waiting_list waiting_weeks waiting_as_at waiting_note capacity_per_year
    sector advice_to_professionals can_stay_anonymous when_they_must_tell safe_contact
    before_you_call before_you_refer inclusion_decision inclusion_profile source_name source_note
    source_date seen_on confidence is_confidential""".split()
)


def listings_version(session: Session) -> int:
    """The number that changes with every write to the listings."""
    return session.scalars(select(ListingsVersion.version)).one()


def get_listing(session: Session, service_id: int) -> ListingView:
    """One listing. Raises NotFound when there is none, or when it is not for the public."""
    found = get_listings(session, (service_id,))
    if service_id not in found:
        raise NotFound(f"No listing has the number {service_id}.")
    return found[service_id]


def get_listings(session: Session, ids: Collection[int]) -> dict[int, ListingView]:
    """Id → listing, for those of the ids that are for the public. Eight queries, however many ids."""
    return listings_where(session, Service.id.in_(sorted(ids))) if ids else {}


def listings_where(session: Session, condition: ColumnElement[bool]) -> dict[int, ListingView]:
    """Id → listing, for those that are for the public and meet a condition on `service`."""
    where = and_(condition, is_shown())
    facts = service_facts(session, where)
    if not facts:
        return {}
    evidence = _evidence(session, where)
    confirmed = _confirmed(session, where)
    return {
        number: _view(one, evidence.get(number, ()), confirmed.get(number)) for number, one in facts.items()
    }


def _view(
    facts: ServiceFacts, evidence: tuple[EvidenceView, ...], confirmed: tuple[date, str] | None
) -> ListingView:
    columns = facts.columns
    certain_groups = shown_as(facts.certain("group"))
    if facts.held:
        evidence = tuple(replace(one, evidence=facts.held.cleaned(one.evidence)) for one in evidence)
    return ListingView(
        **{name: columns[name] for name in _AS_STORED},
        organisation=facts.organisation,
        alternate_names=_lines(columns["alternate_name"]),
        groups=_tags(facts, "group"),
        shown_groups=certain_groups,
        possible_groups=shown_as(facts.terms("group")) - certain_groups,
        support_types=_tags(facts, "support_type"),
        forms_of_abuse=facts.terms("form"),
        only_for=facts.terms("only_for"),
        adapted_for=facts.terms("adapted_for"),
        modes=facts.terms("mode"),
        coverage_names=_lines(columns["coverage_names"]),
        authorities=facts.authorities,
        nations=facts.nations,
        places=tuple(
            PlaceView(place.location_id, place.precision, place.town, place.postcode, place.note, place.point)
            for place in facts.places
        ),
        contact_routes=tuple(_route(route) for route in facts.routes),
        referral_routes=facts.terms("referral"),
        languages=facts.terms("language"),
        accessibility=facts.terms("access"),
        inclusion_evidence=evidence,
        source_urls=_lines(columns["source_url"]),
        last_confirmed=confirmed[0] if confirmed else None,
        confirmed_by=confirmed[1] if confirmed else "",
        being_checked=facts.being_checked,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def _tags(facts: ServiceFacts, taxonomy: str) -> tuple[TagView, ...]:
    return tuple(TagView(code, sure) for code, sure in facts.tags.get(taxonomy, {}).items())


def _route(route: RouteFacts) -> RouteView:
    return RouteView(route.kind, route.value, route.hours, route.note, route_href(route.kind, route.value))


@lru_cache(maxsize=20_000)
def route_href(kind: str, value: str) -> str:
    """The address behind a route: tel:, sms:, mailto: or a web address; '' where there is none to follow."""
    number = digits_to_dial(value)
    if kind in {"telephone", "Relay UK"} and number:
        return f"tel:{number}"
    if kind == "text" and number:
        return f"sms:{number}"
    if kind == "email" and "@" in value:
        return f"mailto:{quote(value, safe='@')}"
    # An address to walk to is never a link, whatever stands there.
    is_web = kind in {"web chat", "form", "BSL video"} and value.startswith(("https://", "http://"))
    return value if is_web else ""


def _evidence(session: Session, where: ColumnElement[bool]) -> dict[int, tuple[EvidenceView, ...]]:
    query = (
        select(
            Inclusion.service_id,
            Inclusion.criterion,
            Inclusion.answer,
            Inclusion.evidence,
            Inclusion.evidence_date,
        )
        .where(Inclusion.service_id.in_(select(Service.id).where(where).scalar_subquery()))
        .order_by(Inclusion.service_id, Inclusion.position)
    )
    found: dict[int, tuple[EvidenceView, ...]] = {}
    for number, *parts in session.execute(query):
        found[number] = (*found.get(number, ()), EvidenceView(*parts))
    return found


def _confirmed(session: Session, where: ColumnElement[bool]) -> dict[int, tuple[date, str]]:
    """Service → (day, role) of its latest confirmation."""
    query = (
        select(Confirmation.service_id, Confirmation.confirmed_on, Confirmation.role)
        .where(Confirmation.service_id.in_(select(Service.id).where(where).scalar_subquery()))
        .order_by(Confirmation.confirmed_on, Confirmation.id)
    )
    return {number: (day, role) for number, day, role in session.execute(query)}
