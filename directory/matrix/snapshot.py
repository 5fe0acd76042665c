"""What a snapshot holds: everything that gives the matrix of a day again, in one form that never varies.

The same content gives the same bytes, and so the same fingerprint, on every machine.
No place of a service is in it, so that none which becomes confidential stays here.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import msgspec

from directory.errors import NotFound
from directory.matrix.areas import KnownAuthority, NamedArea
from directory.matrix.statements import Statement
from directory.matrix.types import MatrixService, Rules
from directory.reference.support_types import SupportType

FORM = 3
"""One more whenever what is held, or how a state follows from it, changes its meaning.

The first form held the states alone; the second holds what gaps, need and access rest on too; of the third, a
confirmation counts no more from the day on which it has its age, as reminders and calls go by days.
"""

CONTENT_BYTES_MAX = 512 * 1024 * 1024
"""No snapshot is opened that would grow larger than this."""


@dataclass(frozen=True, slots=True)
class KeptAuthority:
    """An authority as it was: its wider areas, its people (in all, under 18, 18 and over), its centre (WGS84)."""

    code: str
    name: str
    utla_code: str
    utla_name: str
    region_code: str
    region_name: str
    nation: str
    police_force_code: str
    police_force_area: str
    population: int
    population_under_18: int
    population_18_and_over: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class KeptDecision:
    """What anybody may know of a decision about a gap: neither its reason nor who took it."""

    status: str
    on: date


@dataclass(frozen=True, slots=True)
class Labels:
    """The English words of a day's tables, so that a file of that day can be written again to the letter.

    types: code → support type, in the table's order. groups: code → label, likewise.
    terms: taxonomy → code → label.
    """

    types: Mapping[str, SupportType]
    groups: Mapping[str, str]
    terms: Mapping[str, Mapping[str, str]]

    def term(self, taxonomy: str, code: str) -> str:
        """The label of a code; the code itself where there was none."""
        return self.terms.get(taxonomy, {}).get(code, code)


@dataclass(frozen=True, slots=True)
class SnapshotContent:
    """All of it. Sequences keep their order, sets have none.

    versions: of the listings and of the statements. tables: data file → fingerprint of it.
    states: authority → a digit for each half cell, types in order and in person before remote:
      the place of its state in State. What the rules of that day gave, to hold today's against.
    texts: data file → its text, of every table that a figure rests on; none in the first form.
    postcodes: the stamp of the packed postcodes, which are too large to keep.
    decisions: area → gap id → what was decided about it, the oldest first; what anybody may know.
    """

    form: int
    rules: Rules
    versions: tuple[int, int]
    services: tuple[MatrixService, ...]
    statements: tuple[Statement, ...]
    named_areas: tuple[NamedArea, ...]
    authorities: tuple[KeptAuthority, ...]
    support_types: tuple[SupportType, ...]
    groups: tuple[tuple[str, str], ...]
    terms: Mapping[str, Mapping[str, str]]
    tables: Mapping[str, str]
    states: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict)
    postcodes: str = ""
    decisions: Mapping[str, Mapping[str, tuple[KeptDecision, ...]]] = field(default_factory=dict)

    @property
    def labels(self) -> Labels:
        """Its words."""
        return Labels({one.code: one for one in self.support_types}, dict(self.groups), self.terms)


def kept(authority: KnownAuthority) -> KeptAuthority:
    """What is kept of an authority."""
    return KeptAuthority(**{name: getattr(authority, name) for name in KeptAuthority.__slots__})


def canonical(content: SnapshotContent) -> bytes:
    """UTF-8 JSON with sorted keys and sorted sets."""
    return msgspec.json.encode(content, order="sorted")


def fingerprint(data: bytes) -> str:
    """SHA-256 of canonical bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def packed(data: bytes) -> bytes:
    """Canonical bytes as they are stored."""
    return zlib.compress(data, 9)


def unpacked(stored: bytes) -> SnapshotContent:
    """The content of stored bytes. Raises NotFound for what this version of the site cannot read."""
    try:
        unzip = zlib.decompressobj()
        data = unzip.decompress(stored, CONTENT_BYTES_MAX)
        if not unzip.eof:
            raise NotFound("The snapshot is damaged or too large to open.")
        content = msgspec.json.decode(data, type=SnapshotContent)
    except (zlib.error, msgspec.DecodeError) as cause:
        raise NotFound("The snapshot cannot be read by this version of the site.") from cause
    if content.form >= 3:
        return content
    return replace(content, rules=replace(content.rules, last_day_counts=True))
