"""People likely to seek support, beside the places there are: a band, never one number that looks sure.

A service whose places nobody has told us widens the band and never turns a gap into
'met'. Numbers of support types are never added: one person may need several, and one
service may give several out of the same places.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from directory.matrix.need import Estimate
from directory.reference.need_assumptions import Uptake


@dataclass(frozen=True, slots=True)
class Offer:
    """One service as it may help one group, or one support type, in one area.

    places_a_year: people it can see in a year, all of them from anywhere and of any group; None: not known.
    is_certain: False where its source leaves open whether it gives this.
    is_shared: people from other areas or of other groups take these places too, in shares nobody knows;
      or not everybody here may take them.
    """

    service_id: int
    places_a_year: int | None
    is_certain: bool = True
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """What is known of the places of some services.

    services: those that certainly give this. not_known: those of them whose places nobody has told.
    possible: those that may give it; their places count for nothing and leave the band open.
    own: places a year for nobody else. shared: places that others may take.
    """

    services: int
    not_known: int
    possible: int
    own: int
    shared: int

    @property
    def known(self) -> int | None:
        """Places a year, where those of every service are known; None where any is not, or there is no service."""
        return None if self.not_known or not self.services else self.own + self.shared


@dataclass(frozen=True, slots=True)
class Seekers:
    """People likely to seek support in one year, not rounded."""

    low: Fraction
    central: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Unmet:
    """People a year likely to seek support for whom there is no place: from at_least to at_most, not rounded."""

    at_least: Fraction
    at_most: Fraction


def count_places(offers: Iterable[Offer]) -> Places:
    """The places of some services, each service once however often it stands among the offers.

    Of two offers of one service the surer one counts; it shares its places if either says so.
    """
    certain: dict[int, Offer] = {}
    possible: set[int] = set()
    shared: set[int] = set()
    for offer in offers:
        if offer.is_shared:
            shared.add(offer.service_id)
        if offer.is_certain:
            certain[offer.service_id] = offer
        else:
            possible.add(offer.service_id)
    told = [(one.service_id, one.places_a_year) for one in certain.values() if one.places_a_year is not None]
    return Places(
        services=len(certain),
        not_known=len(certain) - len(told),
        possible=len(possible - certain.keys()),
        own=sum(places for number, places in told if number not in shared),
        shared=sum(places for number, places in told if number in shared),
    )


def likely_to_seek(estimate: Estimate, uptake: Uptake) -> Seekers | None:
    """The estimate times the share that is assumed to seek support, in one year.

    An estimate of whole lives is spread evenly over uptake.years. None where no share, or no number of
    years, is assumed, or where only an upper bound of people is published.
    """
    if uptake.percent is None or estimate.low is None or estimate.central is None:
        return None
    if estimate.rate.per == "life" and uptake.years is None:
        return None
    years = uptake.years if estimate.rate.per == "life" and uptake.years else 1
    share = Fraction(uptake.percent, 100 * years)
    return Seekers(estimate.low * share, estimate.central * share, estimate.high * share)


def unmet(seekers: Seekers, places: Places) -> Unmet:
    """The band of people without a place.

    at_most: every seeker of the highest estimate, less only the places that nobody else takes.
    at_least: the lowest estimate less every place there may be; nought as soon as the places of one
    service are not known, for it may have enough. No more than this follows from what is known.
    """
    at_most = max(Fraction(0), seekers.high - places.own)
    if places.not_known or places.possible:
        return Unmet(Fraction(0), at_most)
    return Unmet(max(Fraction(0), seekers.low - places.own - places.shared), at_most)


def people_per_service(people: Fraction | int, services: int) -> Fraction | None:
    """People for each service, as the CSA Centre counts it; None, never infinity, where there is no service."""
    return Fraction(people) / services if services else None
