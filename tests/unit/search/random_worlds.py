"""Small made-up worlds of listings and searches, full of ties, borders, blanks and look-alike words."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from directory.geo.types import Point, SearchArea, Square
from directory.search.types import Facet, Listing, Query, Spot
from tests.unit.search.example_listings import ENGLAND, FAR_AWAY, HOME, NEXT, NOON, WALES, WELSH

AUTHORITIES = (HOME, NEXT, FAR_AWAY, WELSH)
VALUES = dict.fromkeys(Facet, ("yes", "no")) | {
    Facet.GROUP: ("children", "parents", "families"),
    Facet.KIND: ("helpline", "therapy", "advocacy"),
    Facet.WAITING: ("none", "open", "closed"),
}
HOURS = ("open", "closed", "from 12", "from 13", "no idea")
WORDS = (
    "child children childhood therapy therapist counselling advocacy advocate family families parent parents "
    "isva independent sexual violence adviser advisers harmful behaviour Siân sian Barnardo's straße café "
    "trust trusts truth helpline helplines online 24 247 art arts for the and help my abc ab bc"
).split()
SLIPS = "chilld therpay cuonselling theropist advcoate independant familly truts zzzz th chi 248 hsb".split()
TYPED = (*WORDS, *SLIPS)
SYNONYMS = {
    "isva": ("independent sexual violence adviser",),
    "hsb": ("harmful sexual behaviour",),
    "counselling": ("therapy", "therapist"),
    "kid": ("child",),
    "trust": ("truth",),
    "child": ("family", "child"),
    "nonsense": ("no such words",),
}


def some(random: Random, values: tuple[str, ...], least: int = 0) -> frozenset[str]:
    return frozenset(random.sample(values, random.randint(least, len(values))))


def a_listing(random: Random, listing_id: int) -> Listing:
    """Any mixture of what a listing may say; names and places are shared on purpose."""
    facets = {facet: some(random, VALUES[facet]) for facet in Facet if random.random() < 0.6}
    maybe = {facet: some(random, VALUES[facet]) for facet in Facet if random.random() < 0.2}
    spots = tuple(
        Spot(location_id, random.choice(("exact", "town")), a_point(random))
        for location_id in random.sample(range(10), random.choice((0, 0, 1, 1, 2, 4)))
    )
    return Listing(
        id=listing_id,
        name=random.choice(("Example Service A", "example service a", "Example Service B", "Éxample")),
        organisation=random.choice(("Example Trust", "")),
        words=" ".join(random.choices(WORDS, k=random.randint(0, 6))),
        facets=facets,
        maybe=maybe,
        authorities=some(random, AUTHORITIES) if random.random() < 0.7 else frozenset(),
        nations=some(random, (ENGLAND, WALES)) if random.random() < 0.5 else frozenset(),
        partly=some(random, (*AUTHORITIES, ENGLAND, WALES)) if random.random() < 0.4 else frozenset(),
        remote=random.random() < 0.5,
        reachable=random.random() < 0.85,
        spots=spots,
        hours=tuple(random.sample(HOURS, random.choice((0, 1, 1, 2)))),
        rank=random.choice((0, 0, 1, 2)),
        breadth=random.choice((0, 0, 1, 12)),
    )


def a_point(random: Random) -> Point:
    """On a coarse grid about the square 1-500-300, so that equal distances and exactly 40 km come up."""
    centre = Square(1, 500, 300).centre
    east_km, north_km = random.choice(((40, 0), (24, 32), (0, 5), (3, 4), (random.randint(-60, 60), 7)))
    return Point(centre.easting_m + east_km * 1000, centre.northing_m + north_km * 1000)


def a_query(random: Random) -> Query:
    """Any search: with or without a square, up to four facets, up to three words."""
    square = random.choice((Square(1, 500, 300), Square(10, 50, 30), None))
    authorities = tuple(random.sample(AUTHORITIES, random.choice((1, 1, 2, 3))))
    chosen = {
        facet: some(random, (*VALUES[facet], "unheard of"), least=random.choice((0, 1)))
        for facet in random.sample(list(Facet), random.choice((0, 0, 1, 1, 2, 4)))
    }
    return Query(
        area=random.choice((SearchArea(square, authorities),) * 5 + (None,)),
        chosen=chosen,
        text=" ".join(random.sample(TYPED, random.choice((0, 0, 1, 1, 2, 3)))),
        at=random.choice((NOON, NOON + timedelta(hours=1), None)),
        leaning=" ".join(random.sample(TYPED, random.choice((0, 0, 1, 2)))),
    )
