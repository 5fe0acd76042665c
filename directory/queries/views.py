"""What pages see of the listings: frozen, complete, and without any confidential place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from directory.geo.types import Point


@dataclass(frozen=True, slots=True)
class TagView:
    """A code of groups.csv or support_types.csv. is_certain False: *possible*, to be shown as such."""

    code: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class RouteView:
    """One way to reach a service. `kind` is a code of taxonomy `route`.

    hours: opening_hours notation, '' is not known. href: a tel:, sms:, mailto: or
      https: address, or '' where there is nothing to follow.
    """

    kind: str
    value: str
    hours: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place that may be shown: 'exact' (with postcode) or 'town' (the point is the town's centre)."""

    location_id: int
    precision: str
    town: str
    postcode: str
    note: str
    point: Point


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One criterion of the inclusion decision; answer: 'yes', 'no' or 'not known'."""

    criterion: str
    answer: str
    evidence: str
    evidence_date: str


@dataclass(frozen=True, slots=True)
class ListingView:
    """A listing with everything a page shows. '', None and () mean 'not known', never 'no'.

    places: empty for a confidential service, and for one found by coverage alone.
    is_confidential: its place must not be told; say so, and how to ask.
    authorities, nations: codes behind coverage_names. coverage_is_partial: only some people there; ask.
    free_to_person: False is a service that charges the person: never shown as free help.
    source_date: YYYY, YYYY-MM or YYYY-MM-DD, the source's own date. seen_on: the day it was read.
    last_confirmed: a person at the service, or a moderator who rang it, said so (confirmed_by: their role).
    """

    id: int
    organisation_id: int
    organisation: str
    organisation_url: str
    name: str
    alternate_names: tuple[str, ...]
    description: str
    status: str
    groups: tuple[TagView, ...]
    shown_groups: frozenset[str]
    """The six groups as shown (slugs) that it certainly supports."""
    possible_groups: frozenset[str]
    """Those of the six that it only possibly supports."""
    support_types: tuple[TagView, ...]
    forms_of_abuse: tuple[str, ...]
    only_for: tuple[str, ...]
    adapted_for: tuple[str, ...]
    minimum_age: int | None
    maximum_age: int | None
    age_note: str
    modes: tuple[str, ...]
    coverage_names: tuple[str, ...]
    coverage_note: str
    coverage_is_partial: bool
    authorities: frozenset[str]
    nations: frozenset[str]
    is_confidential: bool
    places: tuple[PlaceView, ...]
    contact_routes: tuple[RouteView, ...]
    url: str
    referral_routes: tuple[str, ...]
    referral_note: str
    free_to_person: bool | None
    cost_note: str
    languages: tuple[str, ...]
    interpreters: bool | None
    accessibility: tuple[str, ...]
    accepting_referrals: bool | None
    waiting_list: str
    waiting_weeks: int | None
    waiting_as_at: str
    waiting_note: str
    capacity_per_year: int | None
    sector: str
    advice_to_professionals: bool | None
    can_stay_anonymous: bool | None
    when_they_must_tell: str
    safe_contact: str
    before_you_call: str
    before_you_refer: str
    inclusion_decision: str
    inclusion_profile: str
    inclusion_evidence: tuple[EvidenceView, ...]
    source_name: str
    source_urls: tuple[str, ...]
    source_note: str
    source_date: str
    seen_on: date | None
    confidence: str
    last_confirmed: date | None
    confirmed_by: str
    being_checked: tuple[str, ...] = ()
    """What is held, and therefore not in it: kinds of contact routes, 'website', 'place'."""

    @property
    def says_until_when_it_is_closed(self) -> bool:
        """Whether its note begins with the day on which it opens again (actions/changes/closing.py writes it)."""
        return self.status == "temporarily closed" and self.waiting_note.startswith("Closed until ")

    @property
    def is_reachable(self) -> bool:
        """Whether anybody can tell how to reach it: by some route, or by its website."""
        return bool(self.url or any(route.value for route in self.contact_routes))


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation and those of its services that are listed, by name."""

    id: int
    name: str
    url: str
    services: tuple[ListingView, ...]
