"""The search index: listings in, answers out. Pure, in memory, built once for each version of the listings.

What a search answers
---------------------
*Candidates.* A listing is a candidate if its text matches and no chosen facet says a known 'no'. For a
chosen facet with values V a listing answers
  - YES if it has any of V;
  - else NOT TOLD if it says nothing of the facet, or possibly has any of V (`Listing.maybe`);
  - else it is dropped.
OPEN_NOW follows from `hours` at the minute of `Query.at`: 'yes' if any route is open, 'no' if all are
closed; without hours, with hours that do not say, or without a moment it is not told. A hit's fit is
NOT_TOLD if any chosen facet is.

*Who takes people from the area.* A listing covers its authorities and every authority of its nations, wholly
unless `partly` names what leads there. 'yes': it wholly covers all authorities of the area; 'part': it covers
some of them, or some of their people; 'no': its coverage is known and has none of them; 'not-known': its
coverage is not known. Without an area nothing can be said: 'not-known'.

*Sections, with a square.* First what cannot be reached: UNREACHABLE, unless the answer is 'no' (left out).
'no': NOT_FOR_AREA if it has a place within NEAR_KM of the square's centre (shown once, at the nearest), else
left out. All others:
  - a place within NEAR_KM: NEAR, once for each such place;
  - else remote, for a whole nation: ANYWHERE;
  - else with places, all further away: FURTHER, once, at the nearest;
  - else local coverage (authorities, no nation): NEAR, without a distance;
  - else FURTHER, without a distance.
*Without a square* no distance is known: UNREACHABLE and 'no' as above (nothing is NOT_FOR_AREA); local
coverage is NEAR; remote for a whole nation is ANYWHERE; all others are FURTHER; each once, without a place.
*Without an area* (or with one that names no authority) remote for a whole nation is ANYWHERE, all others that
can be reached are FURTHER.

*Order.* Fit YES first; then in NEAR and FURTHER by distance (unrounded; without one comes last); then, if
words were typed, by how many of them are not held letter for letter (and how many leaning words not at all);
then by rank, breadth (lower first), name (case folded), id, location id.
A confidential listing has no spots, so no distance, and no order by distance.

*Text.* Words are compared in lower case without accents and apostrophes; small words ('for', 'my', 'help')
are left out. A typed word matches a word that equals it or begins with it (from four letters); but one that is a
plain synonym matches only words that equal it, and its meanings (all their words, or longer words that begin
with them: from four letters, too). Only a word of letters that has none of these may be a slip:
one mistake (from four letters), or two (from eight) where one finds nothing. A listing must match every
understood word; a word that is not understood is left out and said in `understood`. With no word
understood the text filters nothing: there is no dead end, and the page can say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import and_

import numpy as np

from directory.errors import NotFound
from directory.reference import hours
from directory.search.alike import alike
from directory.search.bits import Mask, RowSpace, count, counts, pack, unpack
from directory.search.facets import Column, Columns
from directory.search.hits import Hits, Ranking
from directory.search.opening import IsOpen, Opening
from directory.search.reach import Reach
from directory.search.sections import LEFT_OUT, SECTION_BITS, SECTIONS
from directory.search.types import Facet, Listing, Query, Results, Section, Spot
from directory.search.vocabulary import Vocabulary

COUNTED_UP_TO = SECTIONS.index(Section.ANYWHERE)
"""NEAR, FURTHER and ANYWHERE are support that can be had: all totals and counts are about these."""


class SearchIndex:
    """Columns over the listings. Never changed once built, so that any number of threads may search it."""

    def __init__(
        self, listings: Sequence[Listing], synonyms: Mapping[str, tuple[str, ...]], is_open: IsOpen
    ) -> None:
        # Rows stand in the order of rank, breadth and name, so that rows in order are listings in order.
        ordered = sorted(listings, key=lambda each: (each.rank, each.breadth, each.name.casefold(), each.id))
        self._by_id = {listing.id: listing for listing in ordered}
        if len(self._by_id) != len(ordered):
            raise ValueError("two listings have the same id")
        self._ordered = ordered
        self._space = space = RowSpace(len(ordered))
        self._everything = space.all()
        self._columns = Columns.build(ordered, space)
        self._opening = Opening(ordered, space, is_open)
        self._reach = Reach(ordered, space)
        self._vocabulary = Vocabulary(ordered, space, synonyms)
        self._hits = Hits(ordered, self._reach)
        placed = zip(self._reach.spot_rows.tolist(), self._reach.spots, strict=True)
        by_name = sorted(
            ((ordered[row], spot) for row, spot in placed),
            key=lambda pair: (pair[0].name.casefold(), pair[0].id),
        )
        self._spots = tuple((listing.id, spot) for listing, spot in by_name)

    @classmethod
    def build(
        cls,
        listings: Sequence[Listing],
        *,
        synonyms: Mapping[str, tuple[str, ...]] | None = None,
        is_open: IsOpen | None = None,
    ) -> SearchIndex:
        """An index over these listings, in any order. Raises ValueError if an id stands twice.

        synonyms: as `directory.search.synonyms` reads them; none by default.
        is_open: what `directory.reference.hours.is_open` is; that one by default.
        """
        return cls(listings, synonyms or {}, is_open or hours.is_open)

    def __len__(self) -> int:
        return len(self._by_id)

    def listing(self, listing_id: int) -> Listing:
        """The listing as it was handed in. Raises NotFound."""
        try:
            return self._by_id[listing_id]
        except KeyError:
            raise NotFound(f"listing {listing_id}") from None

    def spots(self) -> tuple[tuple[int, Spot], ...]:
        """Every place that may be shown, with its listing's id; by name, id and location id."""
        return self._spots

    def alike(self, listing: Listing) -> tuple[int, ...]:
        """Ids of a few listings that might help in the place of this one, the most alike first."""
        return alike(listing, self._ordered, self._columns, self._space)

    def search(self, query: Query) -> Results:
        """The answer to a query. Never raises for anything a person can type or choose."""
        opening = self._opening.column(query.at)
        answers = {
            facet: self._column(facet, opening).answer(values)
            for facet, values in query.chosen.items()
            if values
        }
        text = self._vocabulary.find(query.text, query.leaning)
        placement = self._reach.place(query.area)
        sections = placement.codes & SECTION_BITS
        support = pack(sections <= COUNTED_UP_TO) & self._everything
        worded = support if text.mask is None else support & text.mask
        fitting = _all(self._everything, [answer.passes for answer in answers.values()])
        counted = worded & fitting
        total = count(counted)
        # For each chosen facet: what would be counted if its choice were dropped.
        dropped = {}
        for facet in answers:
            others = [answer.passes for other, answer in answers.items() if other is not facet]
            dropped[facet] = _all(worded, others)
        matching = unpack(fitting if text.mask is None else fitting & text.mask)
        alive = matching & (sections != LEFT_OUT)
        totals = np.bincount(sections[alive], minlength=len(SECTIONS)).tolist()
        not_told = ~_all(self._everything, [answer.yes for answer in answers.values()])
        ranking = Ranking(unpack(not_told).view(np.uint8) if answers else None, text.inexact)
        return Results(
            hits=self._hits.of(alive, placement, ranking),
            totals=dict(zip(SECTIONS, totals, strict=True)),
            total=total,
            counts=self._counts(counted, dropped, opening),
            without={facet: count(mask) for facet, mask in dropped.items()},
            total_without_text=total if text.mask is None else count(support & fitting),
            understood=text.understood,
        )

    def _column(self, facet: Facet, opening: Column) -> Column:
        return opening if facet is Facet.OPEN_NOW else self._columns.by_facet[facet]

    def _counts(
        self, counted: Mask, dropped: Mapping[Facet, Mask], opening: Column
    ) -> dict[Facet, dict[str, int]]:
        """Facet → value → listings known to have it, the facet's own choice left out."""
        numbers = counts(self._columns.known & counted)
        found = {
            facet: dict(zip(values, numbers[start:end], strict=True))
            for facet, values, start, end in self._columns.spans
        }
        found[Facet.OPEN_NOW] = dict(zip(opening.values, counts(opening.known & counted), strict=True))
        for facet, mask in dropped.items():
            column = self._column(facet, opening)
            found[facet] = dict(zip(column.values, counts(column.known & mask), strict=True))
        return found


def _all(start: Mask, masks: Sequence[Mask]) -> Mask:
    return reduce(and_, masks, start)
