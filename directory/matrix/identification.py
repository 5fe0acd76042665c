"""What children's services recorded in an area, as far as it may be told. It is not need.

A figure belongs to the authority that made it. It is never spread over the districts of a
county, and added over a wider area only as far as its authorities lie in it whole and are
published. Only the latest table is read, so the same authority stands for all its years.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from directory.geo.areas import Area, areas
from directory.matrix.areas import ENGLAND
from directory.matrix.need import Estimate
from directory.matrix.small_numbers import FEWEST, AtLeast, Hidden, Told, ToldTotal, told, with_total_kept
from directory.reference.identification import FIRST_YEAR, LAST_YEAR, Mark, YearRecorded

RATE_PER = 10_000
"""Rates are per this many children of 0 to 17."""
NOUGHT_IS_ODD_FROM = 100
"""With this many assessments, none that records child sexual abuse says something of the recording."""

Part = Told | Mark
Total = ToldTotal | Mark


class Whose(StrEnum):
    """Whose figures an area is shown."""

    OWN = "own"
    COUNTY = "county"
    ENGLAND_ONLY = "england-only"
    SUM = "sum"
    NOBODYS = "not-published"


class WhyLeftOut(StrEnum):
    """Why an authority is not in a sum, or not all of it."""

    WALES = "wales"
    PARTLY_HERE = "partly-here"
    SMALL = "small"
    SUPPRESSED = "suppressed"
    NOT_PUBLISHED = "not-published"
    NOT_THERE_YET = "not-there-yet"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An authority that a sum leaves out, wholly or in part."""

    name: str
    why: WhyLeftOut


@dataclass(frozen=True, slots=True)
class YearFigure:
    """The year that ends in March of `year`: assessments, not children; one child may be assessed twice.

    total: a Mark where nothing can be told of it; AtLeast where part of it is missing.
    parts: by an adult, by another child, not said; () where they are not told. exploitation: apart.
    per_10k: per 10,000 children of 0 to 17; None unless the whole total is told.
    """

    year: int
    total: Total
    parts: tuple[Part, ...] = ()
    exploitation: Part = Mark.NOT_AVAILABLE
    per_10k: Fraction | None = None
    left_out: tuple[LeftOut, ...] = ()
    is_odd_nought: bool = False


@dataclass(frozen=True, slots=True)
class Identified:
    """What may be shown for an area: whose figures, of which authorities, and their years, oldest first."""

    whose: Whose
    code: str
    name: str
    authorities: tuple[Area, ...]
    years: tuple[YearFigure, ...]

    @property
    def latest(self) -> YearFigure | None:
        """The last year published; None where none is."""
        return self.years[-1] if self.years else None


@dataclass(frozen=True, slots=True)
class ShareIdentified:
    """Assessments that recorded abuse for each child estimated to be abused in a year: 0.06 is 6 in 100.

    low goes with the high estimate. is_at_least: part of what was recorded is missing.
    """

    low: Fraction
    central: Fraction
    high: Fraction
    is_at_least: bool


class AreaWithMembers(Protocol):
    """Any area of the matrix: a code, a name, and the authorities in it."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def members(self) -> tuple[str, ...]: ...


def identified_in(area: AreaWithMembers, recorded: Mapping[str, tuple[YearRecorded, ...]]) -> Identified:
    """What may be shown for an area. Raises KeyError for a member that is no authority.

    recorded: code of a children's services authority, a region or England → its years.
    """
    members = tuple(areas()[code] for code in area.members)
    if area.code in recorded:
        return _one(Whose.OWN, area.code, area.name, members, recorded)
    english = tuple(one for one in members if one.nation == "England")
    upper = {one.utla_code: one.utla_name for one in english}
    if not english:
        return Identified(Whose.NOBODYS, area.code, area.name, members, ())
    if len(english) == sum(one.nation == "England" for one in areas().values()):
        return _one(Whose.ENGLAND_ONLY, ENGLAND, "England", english, recorded)
    if len(upper) == 1 and len(english) == len(members):
        ((code, name),) = upper.items()
        return _one(Whose.COUNTY, code, name, _of_upper(code), recorded)
    return _sum(area, members, recorded)


def _one(
    whose: Whose,
    code: str,
    name: str,
    authorities: tuple[Area, ...],
    recorded: Mapping[str, tuple[YearRecorded, ...]],
) -> Identified:
    return Identified(whose, code, name, authorities, tuple(map(year_figure, recorded[code])))


def _of_upper(code: str) -> tuple[Area, ...]:
    return tuple(area for area in areas().values() if area.utla_code == code)


def year_figure(line: YearRecorded) -> YearFigure:
    """One line of the table as it may be told.

    What the publisher left out stays left out. Of its own numbers, none from one to nine is told,
    nor can be worked out: see `with_total_kept`; beside a part left out, a total goes only as far as
    the parts that are told.
    """
    numbers = [part for part in line.parts if isinstance(part, int)]
    parts: tuple[Part, ...]
    total: Total
    if Mark.SUPPRESSED in line.parts:
        parts = tuple(part if isinstance(part, Mark) else told(part) for part in line.parts)
        known = sum(part for part in parts if isinstance(part, int))
        total = AtLeast(known) if known else Mark.SUPPRESSED
    elif not numbers:
        parts, total = line.parts, next(part for part in line.parts if isinstance(part, Mark))
    else:
        table = with_total_kept(numbers)
        filled = iter(table.parts)
        parts = tuple(part if isinstance(part, Mark) else next(filled) for part in line.parts)
        total = table.total
    assessed = line.assessments
    return YearFigure(
        line.year,
        total,
        parts,
        line.exploitation if isinstance(line.exploitation, Mark) else told(line.exploitation),
        _per_10k(total, line.children),
        is_odd_nought=total == 0 and isinstance(assessed, int) and assessed >= NOUGHT_IS_ODD_FROM,
    )


def _per_10k(total: Total, children: int) -> Fraction | None:
    """The rate; none for a hidden total, which it would tell."""
    return Fraction(total * RATE_PER, children) if isinstance(total, int) else None


def _sum(
    area: AreaWithMembers, members: Collection[Area], recorded: Mapping[str, tuple[YearRecorded, ...]]
) -> Identified:
    here = {one.code for one in members}
    whole: list[str] = []
    always_out: list[LeftOut] = []
    names = {one.utla_code: one.utla_name for one in members}
    for code, name in names.items():
        if code.startswith("W"):
            always_out.append(LeftOut(name, WhyLeftOut.WALES))
        elif {one.code for one in _of_upper(code)} <= here:
            whole.append(code)
        else:
            always_out.append(LeftOut(name, WhyLeftOut.PARTLY_HERE))
    if not whole:
        return Identified(Whose.NOBODYS, area.code, area.name, tuple(members), ())
    by_year = {code: {line.year: line for line in recorded[code]} for code in whole}
    years = tuple(
        _sum_of_year(year, {names[code]: lines.get(year) for code, lines in by_year.items()}, always_out)
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
    )
    authorities = tuple(one for one in members if one.utla_code in by_year)
    return Identified(Whose.SUM, area.code, area.name, authorities, years)


def _sum_of_year(
    year: int, lines: Mapping[str, YearRecorded | None], always_out: Iterable[LeftOut]
) -> YearFigure:
    """Only what each authority's own page tells goes in: a hidden one cannot be had by taking the others away."""
    left_out = list(always_out)
    known = 0
    for name, line in lines.items():
        if line is None:
            left_out.append(LeftOut(name, WhyLeftOut.NOT_THERE_YET))
            continue
        total = year_figure(line).total
        known += total if isinstance(total, int) else total.count if isinstance(total, AtLeast) else 0
        why = _why(total)
        if why is not None:
            left_out.append(LeftOut(name, why))
    if not left_out:
        children = sum(line.children for line in lines.values() if line is not None)
        return YearFigure(year, known, per_10k=_per_10k(known, children))
    total_told: Total = AtLeast(known) if known >= FEWEST else Mark.NOT_AVAILABLE
    return YearFigure(year, total_told, left_out=tuple(left_out))


def _why(total: Total) -> WhyLeftOut | None:
    """Why a total does not go into a sum whole; None where it does."""
    match total:
        case Hidden():
            return WhyLeftOut.SMALL
        case AtLeast() | Mark.SUPPRESSED:
            return WhyLeftOut.SUPPRESSED
        case Mark():
            return WhyLeftOut.NOT_PUBLISHED
        case _:
            return None


def share_identified(total: Total, estimate: Estimate) -> ShareIdentified | None:
    """What was recorded in a year beside the children estimated to be abused in one, in the same area.

    None where the total is hidden or missing, or where nobody is estimated.
    """
    count = total.count if isinstance(total, AtLeast) else total
    if not isinstance(count, int) or not estimate.low or not estimate.central:
        return None
    return ShareIdentified(
        low=count / estimate.high,
        central=count / estimate.central,
        high=count / estimate.low,
        is_at_least=isinstance(total, AtLeast),
    )
