"""Which listings are like another one: they may help where it cannot.

They share a group and a kind with it, for certain, can be reached, and wholly take people from every
authority and nation that it takes people from. A listing for people who were harmed is never answered
with one that shares only the groups of those who harm and their families.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from directory.search.bits import RowSpace, unpack
from directory.search.facets import Columns
from directory.search.types import Facet, Listing

ALIKE_MAX = 4
HARMED = frozenset({"children", "parents", "adult-survivors"})
_NOTHING: frozenset[str] = frozenset()
_NATIONS = {"E": "E92000001", "W": "W92000004"}
_EVERYWHERE = frozenset(_NATIONS.values())


def alike(
    listing: Listing, ordered: Sequence[Listing], columns: Columns, space: RowSpace, at_most: int = ALIKE_MAX
) -> tuple[int, ...]:
    """Ids, the most alike first: by groups shared, kinds shared, local before national, rank, name and id.

    ordered: the listings in row order, as `columns` has them; `listing` need not be among them.
    """
    groups = listing.facets.get(Facet.GROUP, _NOTHING)
    # Who was harmed must find nobody through the groups of those who harm.
    groups = groups & HARMED or groups
    kinds = listing.facets.get(Facet.KIND, _NOTHING)
    fitting = (
        columns.by_facet[Facet.GROUP].answer(groups).yes & columns.by_facet[Facet.KIND].answer(kinds).yes
    )
    rows = np.flatnonzero(unpack(fitting)[: space.size])
    found = []
    for row in rows.tolist():
        other = ordered[row]
        if other.id == listing.id or not other.reachable or not _takes_the_same(listing, other):
            continue
        shared_groups = len(groups & other.facets[Facet.GROUP])
        shared_kinds = len(kinds & other.facets[Facet.KIND])
        found.append((-shared_groups, -shared_kinds, bool(other.nations), row, other.id))
    return tuple(each[-1] for each in sorted(found)[:at_most])


def _takes_the_same(listing: Listing, other: Listing) -> bool:
    """Whether the other one wholly takes people from everywhere this one does; not known: from both nations."""
    wholly = (other.authorities | other.nations) - other.partly
    if not listing.authorities and not listing.nations:
        return wholly >= _EVERYWHERE
    if not listing.nations <= wholly:
        return False
    return all(code in wholly or _NATIONS.get(code[:1]) in wholly for code in listing.authorities)
