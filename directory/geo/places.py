"""Finds places by name, forgiving how it is typed, and names the place nearest to a point."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.geo.areas import areas
from directory.geo.distance import distance_km
from directory.geo.named import Entry, NamedPlace, Town, build_entries, read_towns
from directory.geo.names import key, shorter_key
from directory.geo.types import Point

# A place so much bigger than its namesakes is taken to be meant, without asking.
PLAINLY_BIGGER = 10
# Somebody who types a whole name means it rather than a longer name that starts so.
WHOLE_NAME = 10
# A longer name is offered beside a whole one only if its place is as big, or at least this share
# where the whole one is a by-name ('Newcastle').
LONGER_NAME_SHARE = 1 / 3
# Places this much smaller than the biggest are not worth a line among the choices.
WORTH_ASKING = 1 / 200
CHOICES_MAX = 8
SUGGESTIONS_MAX = 5
PREFIX_LETTERS_MIN = 4
# Shorter or longer than this, nothing like it can be told.
SUGGESTED_LETTERS = (3, 60)
# Places whose population is not known are mostly villages.
SMALLEST_POPULATION = 300
# How far a place's name reaches: about its built-up radius, were all places equally dense.
REACH_KM_PER_ROOT_PERSON = 0.02
REACH_KM_MIN = 0.5

_NATIONS = frozenset(
    {"england", "england and wales", "britain", "great britain", "gb", "uk", "united kingdom"}
)
_REGIONS = frozenset(key(area.region_name) for area in areas().values())


class Places:
    """The names of towns, authorities, counties, police areas and regions."""

    def __init__(self, entries: Iterable[Entry], towns: Iterable[Town]) -> None:
        self._entries = list(entries)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_authority: dict[str, list[Town]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            for name in entry.keys:
                self._by_key[name].append(number)
        self._keys = sorted(self._by_key)
        for town in towns:
            # 'London' is no help in saying where in London something is.
            if town.name != "London":
                self._by_authority[town.authority].append(town)

    @classmethod
    def load(cls) -> Places:
        """The places of data/places.csv and data/areas.csv."""
        towns = read_towns()
        return cls(build_entries(towns), towns)

    @property
    def all(self) -> tuple[NamedPlace, ...]:
        """Every named place."""
        return tuple(entry.place for entry in self._entries)

    def has(self, name: str) -> bool:
        """Whether some place has exactly this name."""
        return key(name) in self._by_key

    def find(self, name: str) -> tuple[NamedPlace, ...]:
        """The places that may be meant: one if it is plain which, several to choose from, none if unknown.

        Several come with the biggest first, whole names before longer ones.
        """
        typed = key(name)
        if not typed:
            return ()
        return self._places(self._whole_or_longer(typed) or self._qualified(name) or self._mistyped(typed))

    def suggest(self, name: str) -> tuple[NamedPlace, ...]:
        """Up to five places whose names look like what was typed, the likest first; may be none."""
        typed = key(name)
        if not SUGGESTED_LETTERS[0] <= len(typed) <= SUGGESTED_LETTERS[1]:
            return ()
        within = [name for name in self._keys if f" {typed} " in f" {name} "]
        close = process.extract(
            typed,
            self._keys,
            scorer=OSA.distance,
            score_cutoff=1 + len(typed) // 4,
            limit=4 * SUGGESTIONS_MAX,
        )
        alike = [(0, name) for name in within] + [(distance, name) for name, distance, _ in close]
        ranked = sorted(
            (distance, -self._size(number), number)
            for distance, name in alike
            for number in self._by_key[name]
        )
        unique = dict.fromkeys(number for _, _, number in ranked)
        return self._places(list(unique)[:SUGGESTIONS_MAX])

    def is_too_wide(self, name: str) -> bool:
        """Whether the name is of a nation or region with more authorities than one search may be about."""
        typed = key(name)
        is_wide = not {typed, shorter_key(typed)}.isdisjoint(_NATIONS | _REGIONS)
        return is_wide and not self._by_key.keys() & {typed, shorter_key(typed)}

    def nearest_name(self, point: Point, authorities: Iterable[str]) -> Town | None:
        """The town of those authorities that a place at `point` would be said to be in or near.

        Distance is divided by the town's reach, so that the edge of a city takes
        the city's name and not that of the hamlet beyond.
        """
        towns = [town for code in authorities for town in self._by_authority[code]]
        return min(towns, key=lambda town: (_nearness(point, town), town.name), default=None)

    def _whole_or_longer(self, typed: str) -> list[int]:
        """Entries of exactly this name, and of longer names that somebody may have cut short."""
        whole = self._by_key.get(typed) or self._by_key.get(shorter_key(typed)) or []
        starting = [number for number in self._starting(typed + " ") if number not in whole]
        if whole:
            starting = [number for number in starting if self._rivals(number, whole, typed)]
        elif not starting:
            starting = self._starting(typed)
        return self._weighed(
            [(self._size(n) * WHOLE_NAME, n) for n in whole] + [(self._size(n), n) for n in starting]
        )

    def _rivals(self, number: int, whole: list[int], typed: str) -> bool:
        """Whether somebody who typed the whole name of others may have meant this longer one.

        Not if it is the authority of one of them, or an area of many authorities.
        """
        place = self._entries[number].place
        others = [self._entries[other].place for other in whole]
        if len(place.authorities) > 1 or any(place.authorities == other.authorities for other in others):
            return False
        is_own_name = any(key(other.name) == typed for other in others)
        biggest = max(self._size(other) for other in whole)
        return self._size(number) >= biggest * (1 if is_own_name else LONGER_NAME_SHARE)

    def _starting(self, typed: str) -> list[int]:
        if len(typed) < PREFIX_LETTERS_MIN:
            return []
        found: dict[int, None] = {}
        for place in range(bisect_left(self._keys, typed), len(self._keys)):
            if not self._keys[place].startswith(typed):
                break
            found.update(dict.fromkeys(self._by_key[self._keys[place]]))
        return list(found)

    def _qualified(self, name: str) -> list[int]:
        """Places by a name and what it lies in: 'Newport, Isle of Wight', 'newport isle of wight'."""
        parts = name.split(",")
        if len(parts) > 1:
            splits = [
                (key(",".join(parts[:at])), key(",".join(parts[at:]))) for at in range(len(parts) - 1, 0, -1)
            ]
        else:
            words = key(name).split()
            splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(len(words) - 1, 0, -1)]
        for start, qualifier in splits:
            within = self._within(start, qualifier)
            if within:
                return self._weighed([(self._size(number), number) for number in within])
        if len(parts) > 1:
            # An address, or a county we do not know by that name: each part may still be a place.
            return self._whole_or_longer(key(parts[0])) or self._whole_or_longer(key(parts[-1]))
        return []

    def _within(self, name_key: str, qualifier: str) -> list[int]:
        """Places of a name that lie in what was typed after it; its own authority before a wider area."""
        named = self._by_key.get(name_key) or self._by_key.get(shorter_key(name_key)) or []
        within = [number for number in named if qualifier in self._entries[number].qualifiers]
        nearest = [
            number for number in within if key(self._entries[number].place.authority_name) == qualifier
        ]
        return nearest or within

    def _mistyped(self, typed: str) -> list[int]:
        """Places one slip of the finger away, if it is plain which is meant."""
        if len(typed) < 5:
            return []
        close = process.extract(typed, self._keys, scorer=OSA.distance, score_cutoff=1, limit=None)
        numbers = {number for found, _, _ in close for number in self._by_key[found]}
        weighed = self._weighed([(self._size(number), number) for number in numbers])
        return weighed if len(weighed) == 1 else []

    def _weighed(self, candidates: list[tuple[int, int]]) -> list[int]:
        """One entry if it is plainly the biggest, else those that somebody may well mean."""
        candidates = sorted(candidates, key=lambda pair: (-pair[0], pair[1]))
        if len(candidates) > 1 and candidates[0][0] < candidates[1][0] * PLAINLY_BIGGER:
            least = candidates[0][0] * WORTH_ASKING
            return [number for size, number in candidates[:CHOICES_MAX] if size >= least]
        return [number for _, number in candidates[:1]]

    def _size(self, number: int) -> int:
        return max(self._entries[number].place.population, SMALLEST_POPULATION)

    def _places(self, numbers: Iterable[int]) -> tuple[NamedPlace, ...]:
        return tuple(self._entries[number].place for number in numbers)


def _nearness(point: Point, town: Town) -> float:
    reach_km = max(REACH_KM_MIN, REACH_KM_PER_ROOT_PERSON * math.sqrt(town.population))
    return distance_km(point, town.point) / reach_km
