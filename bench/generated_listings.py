"""Made-up listings and searches in any number, spread as real ones are: dense about towns, mostly local."""

from __future__ import annotations

import math
from random import Random

from directory.geo.types import Point, SearchArea, Square
from directory.search.limits import NEAR_KM
from directory.search.types import Facet, Listing, Query, Spot

GROUPS = ("children", "parents", "adult-survivors", "children-hsb", "at-risk", "families")
KINDS = tuple(f"kind-{number:02}" for number in range(12))
TERMS = {
    Facet.GROUP: GROUPS,
    Facet.KIND: KINDS,
    Facet.FORM: tuple(f"form-{number}" for number in range(8)),
    Facet.AGE: ("under-5", "5-10", "11-15", "16-17", "18-25", "26-plus"),
    Facet.MODE: ("in-person", "remote"),
    Facet.WAITING: ("none", "open", "closed"),
    Facet.LANGUAGE: ("en", "cy", "pa", "ur", "pl"),
    Facet.ACCESS: tuple(f"access-{number}" for number in range(6)),
    Facet.ONLY_FOR: tuple(f"specialism-{number}" for number in range(9)),
    Facet.ADAPTED_FOR: tuple(f"specialism-{number}" for number in range(9)),
    Facet.SECTOR: ("voluntary", "statutory", "private"),
}
HOURS = ("Mo-Fr 09:00-17:00; PH off", "24/7", "Mo-Su 10:00-22:00", "Tu,Th 18:00-21:00; PH off")
NATIONS = ("E92000001", "W92000004")


class Country:
    """Authorities with a centre each, and the words that names and descriptions are made of."""

    def __init__(self, random: Random, words: int) -> None:
        codes = [f"E07{number:06}" for number in range(296)] + [f"W06{number:06}" for number in range(22)]
        self.centres = {
            code: Point(random.randrange(260_000, 640_000), random.randrange(60_000, 560_000))
            for code in codes
        }
        syllables = [c + v for c in "bcdfghlmnprstvw" for v in "aeiou"]
        self.words = ["".join(random.choices(syllables, k=random.randint(2, 5))) for _each in range(words)]

    def neighbours(self, code: str, count: int) -> frozenset[str]:
        """The authority and those with the nearest centres."""
        here = self.centres[code]
        return frozenset(sorted(self.centres, key=lambda other: apart_m2(self.centres[other], here))[:count])


def apart_m2(one: Point, other: Point) -> int:
    """Square of the distance in metres."""
    return (one.easting_m - other.easting_m) ** 2 + (one.northing_m - other.northing_m) ** 2


def generate(country: Country, random: Random, count: int) -> list[Listing]:
    """Coverage: its own authority 70 %, 2 to 8 neighbours 18 %, about a region 8 %, national 4 %."""
    codes = list(country.centres)
    regions = {code: country.neighbours(code, 35) for code in codes[::35]}
    return [_listing(country, random, codes, regions, listing_id) for listing_id in range(count)]


def _listing(
    country: Country, random: Random, codes: list[str], regions: dict[str, frozenset[str]], listing_id: int
) -> Listing:
    home = random.choice(codes)
    reach = random.random()
    national = reach >= 0.96
    if reach < 0.70:
        covered = frozenset({home})
    elif reach < 0.88:
        near = sorted(country.neighbours(home, 12))
        covered = frozenset(random.sample(near, random.randint(2, 8))) | {home}
    else:
        covered = regions[random.choice(list(regions))]
    facets = {
        facet: frozenset(random.sample(terms, random.randint(1, 3 if len(terms) > 3 else 1)))
        for facet, terms in TERMS.items()
        if random.random() < 0.7
    }
    for facet in Facet:
        if facet not in TERMS and facet is not Facet.OPEN_NOW and random.random() < 0.5:
            facets[facet] = frozenset({random.choice(("yes", "no"))})
    centre = country.centres[home]
    spots = tuple(
        Spot(
            number,
            "exact",
            Point(round(random.gauss(centre.easting_m, 9000)), round(random.gauss(centre.northing_m, 9000))),
        )
        for number in range(random.choice((0, 1, 1, 1, 2)))
    )
    return Listing(
        id=listing_id,
        name=" ".join(random.choices(country.words, k=3)),
        organisation=" ".join(random.choices(country.words, k=2)),
        words=" ".join(random.choices(country.words, k=25)),
        facets=facets,
        maybe={Facet.KIND: frozenset({random.choice(KINDS)})} if random.random() < 0.2 else {},
        authorities=frozenset() if national else covered,
        nations=frozenset(NATIONS) if national else frozenset(),
        remote=national or random.random() < 0.3,
        reachable=random.random() < 0.95,
        spots=spots,
        hours=(random.choice(HOURS),) if random.random() < 0.6 else (),
    )


def searches(country: Country, random: Random, listings: list[Listing], count: int) -> list[Query]:
    """A mix: place alone, with filters, words as typed, one slip of the pen, and no place at all."""
    spots = [spot.point for listing in listings for spot in listing.spots]
    made: list[Query] = []
    while len(made) < count:
        code = random.choice(list(country.centres))
        centre = country.centres[code]
        square = Square(1, centre.easting_m // 1000, centre.northing_m // 1000)
        if any(_on_the_line(spot, square.centre) for spot in spots):
            continue
        area = SearchArea(square, (code,))
        chosen: dict[Facet, frozenset[str]] = {}
        text = ""
        part = random.random()
        if 0.25 <= part < 0.70:
            chosen[Facet.GROUP] = frozenset(random.sample(GROUPS, random.randint(1, 2)))
        if 0.45 <= part < 0.60:
            chosen[Facet.KIND] = frozenset({random.choice(KINDS)})
            chosen[Facet.OPEN_NOW] = frozenset({"yes"})
        if part >= 0.70:
            text = random.choice(random.choice(listings).name.split())
        if part >= 0.90 and len(text) > 3:
            text = text[:2] + text[3:]
        made.append(Query(None if 0.60 <= part < 0.70 else area, chosen, text))
    return made


def _on_the_line(spot: Point, centre: Point) -> bool:
    """Within 0.2 % of the border of 'near', where grid and ellipsoid may disagree."""
    return abs(math.sqrt(apart_m2(spot, centre)) / 1000 - NEAR_KM) < 0.002 * NEAR_KM
