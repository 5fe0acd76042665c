"""Made-up services for the matrix in any number, over the real authorities and types, as mixed as real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from directory.geo.areas import areas
from directory.matrix.types import MatrixService

TODAY = date(2026, 11, 26)
NATIONS = ("E92000001", "W92000004")
_YES_NO_UNKNOWN = (True, True, True, False, None)


def generate(random: Random, count: int, types: Mapping[str, frozenset[str]]) -> list[MatrixService]:
    """types: support type → its modes. Common types have many services and rare ones few, so that every
    state comes up. Coverage: one authority 70 %, 2 to 8 of a region 18 %, a region 8 %, nations 4 %, of which
    an eighth takes only some people; nearly all national help is remote.
    """
    regions: dict[str, list[str]] = {}
    for one in areas().values():
        regions.setdefault(one.region_code, []).append(one.code)
    codes = list(types)
    random.shuffle(codes)
    # As words in a text: the tenth type has a tenth of the services of the first.
    weights = [1 / (place + 1) for place in range(len(codes))]
    return [
        _service(random, number, codes, weights, list(regions.values())) for number in range(1, count + 1)
    ]


def _service(
    random: Random, number: int, codes: Sequence[str], weights: Sequence[float], regions: Sequence[list[str]]
) -> MatrixService:
    region = random.choice(regions)
    reach = random.random()
    authorities: frozenset[str] = frozenset()
    nations: frozenset[str] = frozenset()
    if reach < 0.70:
        authorities = frozenset({random.choice(region)})
    elif reach < 0.88:
        authorities = frozenset(random.sample(region, min(len(region), random.randint(2, 8))))
    elif reach < 0.96:
        authorities = frozenset(region)
    else:
        nations = frozenset(random.sample(NATIONS, random.choice((1, 1, 2))))
        authorities = frozenset({random.choice(region)} if random.random() < 0.2 else ())
    covered = authorities | nations
    is_partial = random.random() < 0.125
    # National help is for the commonest types; local help for any.
    own = random.choices(codes[:15], weights[:15], k=2) if nations else random.choices(codes, weights, k=3)
    return MatrixService(
        id=number,
        name=f"Example Service {number}",
        types={code: random.random() < 0.8 for code in own},
        in_person=random.random() < 0.05 if nations else random.choice(_YES_NO_UNKNOWN),
        remote=True if nations else random.choice((True, False, False, None)),
        authorities=authorities,
        nations=nations,
        partly=frozenset(random.sample(sorted(covered), 1)) if is_partial else frozenset(),
        free=random.choice(_YES_NO_UNKNOWN),
        is_active=random.random() < 0.97,
        confirmed_on=TODAY - timedelta(days=random.randint(0, 400)) if random.random() < 0.1 else None,
        waiting_list=random.choice(("", "none", "open", "closed")),
        accepting=random.choice((True, True, False, None)),
    )
