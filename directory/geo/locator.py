"""Turns what a person typed into the area a search is about, and back into plain words.

Pure: reads the packed store and the place names, writes and logs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from directory.errors import RuleBroken
from directory.geo.answers import Answer, Anywhere, Choose, Found, NotUnderstood, Outside
from directory.geo.areas import areas
from directory.geo.named import NamedPlace
from directory.geo.names import clean, key
from directory.geo.nations import Nation, OutsideNation, nation_of_name, nation_of_postcode_area
from directory.geo.places import Places
from directory.geo.postcodes import Outward, PostcodeStore
from directory.geo.squares import POSTCODES_MIN, Squares, square_around
from directory.geo.typed import Reading, likely_meant, readings
from directory.geo.types import AUTHORITIES_MAX, SQUARE_SIZES_KM, Point, SearchArea, Square

TEXT_MAX = 200
# An outward code astride the border with Scotland is ours if at least this share of it is.
OURS_MIN = 0.1
# An outward code covers far more than 1 km, so its square need not be finer.
OUTWARD_SQUARE_KM = 5
# A town may also lie in a neighbouring authority that has this share of the postcodes about its centre.
TOWN_SHARE_MIN = 0.25
NAMES_IN_LABEL_MAX = 3
LONDON = "E12000007"


class Locator:
    """Finds places, names areas, and checks the areas that addresses bring."""

    def __init__(self, store: PostcodeStore, squares: Squares, places: Places) -> None:
        self._store = store
        self._squares = squares
        self._places = places
        # Reversed, so that a county's name wins over that of a police area of the same authorities.
        self._groups = {
            frozenset(place.authorities): place
            for place in reversed(places.all)
            if len(place.authorities) > 1
        }

    def find(self, text: str) -> Answer:
        """The place that was typed. Never raises, whatever was typed."""
        if len(text) > TEXT_MAX:
            return NotUnderstood(text[:TEXT_MAX], "too-long")
        typed = clean(text)[:TEXT_MAX]
        if not typed:
            return Anywhere()
        has_digit = any(letter.isdigit() for letter in typed)
        answer = self._as_code(typed) if has_digit else self._as_name(typed)
        if answer is None:
            answer = self._as_name(typed) if has_digit else self._meant_code(typed)
        if answer is not None:
            return answer
        # The areas BT, EH and their like, by their letters alone.
        nation = nation_of_postcode_area(typed.upper()) if len(typed) == 2 else None
        if nation is not None:
            return Outside(nation)
        return NotUnderstood(typed, "no-such-place", self._places.suggest(typed))

    def describe(self, area: SearchArea) -> str:
        """A plain name for an area, worked out from the square and authorities alone: never a postcode.

        'Peterborough'; 'St Ives, Huntingdonshire'; 'Cambridgeshire' for all its districts. In London
        the borough alone: its suburbs lie so close that the nearest one is often not the one meant.
        """
        group = self._groups.get(frozenset(area.authorities))
        if group is not None and (area.square is None or group.point is not None):
            return group.name
        is_london = any(
            areas()[code].region_code == LONDON for code in area.authorities[:1] if code in areas()
        )
        if area.square is not None and not is_london:
            # The first authority is the one most of the area lies in.
            town = self._places.nearest_name(area.square.centre, area.authorities[:1])
            if town is not None:
                beside = areas()[town.authority].name
                return beside if key(beside) in town.keys else f"{town.name}, {beside}"
        names = [areas()[code].name for code in area.authorities if code in areas()]
        more = ["…"] if len(names) > NAMES_IN_LABEL_MAX else []
        return ", ".join(names[:NAMES_IN_LABEL_MAX] + more)

    def check(self, area: SearchArea) -> None:
        """Raises RuleBroken('at') when an authority is unknown, or square and authorities do not meet."""
        for code in area.authorities:
            if code not in areas():
                raise RuleBroken("at", "This address names a council we do not know. Please search again.")
        square = area.square
        if square is not None and not any(self._squares.holds(square, code) for code in area.authorities):
            raise RuleBroken(
                "at",
                "The square and the council in this address are not in the same place. Please search again.",
            )

    def _as_code(self, typed: str) -> Answer | None:
        """The text read as a postcode or the start of one, or None if it has no such shape."""
        found = readings(typed)
        for reading in found:
            answer = self._from_reading(reading)
            if answer is not None:
                return answer
        meant = self._meant_code(typed)
        if meant is not None or not found:
            return meant
        for reading in found:
            nation = self._outside(reading)
            if nation is not None:
                return Outside(nation)
        return NotUnderstood(typed, "no-such-postcode", self._outward_suggestions(r.outward for r in found))

    def _meant_code(self, typed: str) -> Answer | None:
        """The one postcode that O for 0 or I for 1 turns the text into, if there is exactly one."""
        held = [
            reading for reading in likely_meant(typed) if self._store.find(reading.outward + reading.inward)
        ]
        if len(held) == 1:
            return self._from_reading(held[0])
        if held:
            return NotUnderstood(
                typed, "no-such-postcode", self._outward_suggestions(r.outward for r in held)
            )
        return None

    def _from_reading(self, reading: Reading) -> Answer | None:
        if reading.is_whole:
            return self._whole(reading)
        if reading.inward:
            held = self._store.partial(reading.outward, reading.inward)
        else:
            held = self._store.outward(reading.outward)
        return None if held is None else self._many(held, is_outward=not reading.inward)

    def _whole(self, reading: Reading) -> Answer | None:
        row = self._store.find(reading.outward + reading.inward)
        if row is None:
            return None
        if row.point is not None and row.authority is not None and row.authority in areas():
            area = SearchArea(self._squares.smallest(row.point, row.authority), (row.authority,))
            return Found(area, self.describe(area), "postcode")
        nation = _outside(row.nation)
        if nation is not None:
            return Outside(nation)
        suggestions = self._outward_suggestions([reading.outward])
        return NotUnderstood(f"{reading.outward} {reading.inward}", "no-place-for-postcode", suggestions)

    def _many(self, held: Outward, *, is_outward: bool) -> Answer | None:
        """An area for all postcodes that start alike, with every authority any of them lies in."""
        nation = _outside(held.nation)
        if nation is not None and held.share_ours < OURS_MIN:
            return Outside(nation)
        if held.centre is None:
            return NotUnderstood(held.code, "no-place-for-postcode")
        at_least_km = OUTWARD_SQUARE_KM if is_outward else 1
        square = self._square(held.centre, held.authorities, at_least_km)
        area = SearchArea(square, held.authorities[:AUTHORITIES_MAX])
        return Found(area, held.code, "outward" if is_outward else "partial")

    def _square(self, centre: Point, authorities: Iterable[str], at_least_km: int) -> Square | None:
        """The smallest square allowed for any of the authorities; the point may lie beyond the first's."""
        squares = [self._squares.smallest(centre, code, at_least_km=at_least_km) for code in authorities]
        return min((square for square in squares if square), key=lambda square: square.size_km, default=None)

    def _square_of_any(self, middle: Point, authorities: Iterable[str]) -> Square | None:
        """For a town at its authority's edge: the smallest square with 50 postcodes of any authority.

        Only for names, which point at nobody's home.
        """
        for size_km in SQUARE_SIZES_KM:
            square = square_around(middle, size_km)
            counts = self._squares.counts(square)
            if sum(counts.values()) >= POSTCODES_MIN and any(code in counts for code in authorities):
                return square
        return None

    def _outside(self, reading: Reading) -> OutsideNation | None:
        """The nation outside ours of a postcode not in the data, by its outward code or its letters."""
        held = self._store.outward(reading.outward)
        if held is not None and held.share_ours >= OURS_MIN:
            return None
        by_letters = nation_of_postcode_area(reading.outward)
        return by_letters or (_outside(held.nation) if held is not None else None)

    def _as_name(self, typed: str) -> Answer | None:
        nation = nation_of_name(key(typed))
        if self._places.is_too_wide(typed):
            return NotUnderstood(typed, "too-wide")
        if nation is not None and not self._places.has(typed):
            return Outside(nation)
        found = self._places.find(typed)
        if len(found) > 1:
            return Choose(typed, found)
        return self._named(found[0]) if found else None

    def _named(self, place: NamedPlace) -> Found:
        is_alone = place.kind != "town" or key(place.name) == key(place.authority_name)
        label = place.name if is_alone else f"{place.name}, {place.authority_name}"
        if place.point is None:
            return Found(SearchArea(None, place.authorities), label, "authority")
        authorities = self._authorities_about(place, place.point)
        square = self._square(place.point, authorities, 1) or self._square_of_any(place.point, authorities)
        return Found(SearchArea(square, authorities), label, "town")

    def _authorities_about(self, place: NamedPlace, middle: Point) -> tuple[str, ...]:
        """A place's own authority, and for a town the neighbours that reach into its centre."""
        if place.kind != "town":
            return place.authorities
        counts = self._squares.counts(square_around(middle, 1))
        total = sum(counts.values())
        near = [
            code
            for code, count in counts.items()
            if total >= POSTCODES_MIN and count >= total * TOWN_SHARE_MIN
        ]
        near.sort(key=lambda code: -counts[code])
        return tuple(dict.fromkeys((*place.authorities, *near)))

    def _outward_suggestions(self, outwards: Iterable[str]) -> tuple[NamedPlace, ...]:
        """The outward codes among these that may be searched for in place of the whole postcode."""
        suggestions = []
        for code in dict.fromkeys(outwards):
            held = self._store.outward(code)
            if held is not None and held.centre is not None and held.share_ours >= OURS_MIN:
                beside = ", ".join(areas()[code].name for code in held.authorities[:NAMES_IN_LABEL_MAX])
                suggestions.append(
                    NamedPlace(code, beside, code, "postcodes", held.authorities, held.centre, 0)
                )
        return tuple(suggestions)


def _outside(nation: Nation | None) -> OutsideNation | None:
    return None if nation is None or nation == "england" or nation == "wales" else nation
