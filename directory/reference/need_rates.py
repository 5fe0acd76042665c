"""How many people each group may hold, as published or as we assume. From data/need_rates.csv.

A rate is of the whole country; applied to an area it says what there would be if the area
were like the country. Each line keeps its definition, its source and what to beware of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from directory.reference.files import DATA, BadDataFile, Row, read_rows, split
from directory.reference.groups import groups
from directory.tables_of_day import of_the_tables

POPULATIONS = frozenset(
    {
        "pop_total",
        "pop_under16",
        "pop_under18",
        "pop_18plus",
        "pop_18_74",
        "pop_female_under16_est",
        "pop_male_under16_est",
    }
)
"""The columns of data/areas.csv that a rate may multiply."""

COLUMNS = (
    "group",
    "measure",
    "label",
    "definition",
    "population",
    "age_band",
    "reference_year",
    "per",
    "unit",
    "low",
    "central",
    "high",
    "out_of",
    "kind",
    "bound",
    "visibility",
    "survey",
    "shown",
    "source_name",
    "source_url",
    "caution",
)


@dataclass(frozen=True, slots=True)
class NeedRate:
    """One rate: shares, 0 to 1, of the people in one column of data/areas.csv.

    measure: what is counted; several lines of one measure (girls, boys) are added.
    per: 'year' counts people in a year; 'life' counts everyone to whom it happened, or will, at any time.
    unit: 'people', or 'families' where each stands for one.
    low, central: None where only an upper bound is published (bound 'upper').
    kind: 'published', or 'assumption' where part of it is ours.
    visibility: 'anyone' or 'commissioner'.
    survey: the survey it was asked in, '' for none. Two surveys are never set side by side.
    is_shown: False for a line that is held only so that nobody adds it by mistake.
    """

    group: str
    measure: str
    label: str
    definition: str
    population: str
    age_band: str
    reference_year: str
    per: str
    unit: str
    low: Fraction | None
    central: Fraction | None
    high: Fraction
    kind: str
    bound: str
    visibility: str
    survey: str
    is_shown: bool
    source_name: str
    source_urls: tuple[str, ...]
    caution: str


def read_need_rates(path: Path, group_codes: Collection[str]) -> tuple[NeedRate, ...]:
    """The rates in the file's order. Raises BadDataFile.

    Refused besides a wrong cell: a measure twice for one population, two surveys in one measure,
    a group with more than one shown measure, a group without any.
    """
    found: dict[tuple[str, str, str], NeedRate] = {}
    for row in read_rows(path, COLUMNS):
        rate = _read_rate(row, group_codes)
        key = (rate.group, rate.measure, rate.population)
        if key in found:
            raise row.wrong("measure", "This measure has a line for this population already.")
        _refuse_mixture(row, rate, found.values())
        found[key] = rate
    shown = {rate.group for rate in found.values() if rate.is_shown}
    missing = sorted(set(group_codes) - shown)
    if missing:
        raise BadDataFile(path, 1, "group", missing[0], "Each group needs one measure that is shown.")
    return tuple(found.values())


def _refuse_mixture(row: Row, rate: NeedRate, before: Iterable[NeedRate]) -> None:
    for other in before:
        if other.group != rate.group:
            continue
        is_same = other.measure == rate.measure
        if is_same and (other.survey, other.per, other.unit, other.bound) != (
            rate.survey,
            rate.per,
            rate.unit,
            rate.bound,
        ):
            remedy = "Lines of one measure must share survey, per, unit and bound: they are added."
            raise row.wrong("survey", remedy)
        if not is_same and rate.is_shown and other.is_shown:
            raise row.wrong("shown", f"{other.measure!r} is shown for {rate.group} already; only one may be.")


def _read_rate(row: Row, group_codes: Collection[str]) -> NeedRate:
    bound = row.one_of("bound", ("range", "upper"))
    out_of = _number(row, "out_of")
    if not out_of:
        raise row.wrong("out_of", "This must be more than 0.")
    low, central, high = _range(row, bound, out_of)
    urls = split(row.needed("source_url"), " ; ")
    if any(not url.startswith("https://") for url in urls):
        raise row.wrong("source_url", "Write https addresses, separated by ' ; '.")
    return NeedRate(
        group=row.one_of("group", frozenset(group_codes)),
        measure=row.needed("measure"),
        label=row.needed("label"),
        definition=row.needed("definition"),
        population=row.one_of("population", POPULATIONS),
        age_band=row.needed("age_band"),
        reference_year=row.needed("reference_year"),
        per=row.one_of("per", ("year", "life")),
        unit=row.one_of("unit", ("people", "families")),
        low=low,
        central=central,
        high=high,
        kind=row.one_of("kind", ("published", "assumption")),
        bound=bound,
        visibility=row.one_of("visibility", ("anyone", "commissioner")),
        survey=row["survey"],
        is_shown=row.one_of("shown", ("yes", "no")) == "yes",
        source_name=row.needed("source_name"),
        source_urls=urls,
        caution=row.needed("caution"),
    )


def _range(row: Row, bound: str, out_of: Fraction) -> tuple[Fraction | None, Fraction | None, Fraction]:
    """low, central, high as shares."""
    high = _number(row, "high")
    if high > out_of:
        raise row.wrong("high", "This is more than out_of: no rate is above one in one.")
    if bound == "upper":
        for column in ("low", "central"):
            if row[column]:
                raise row.wrong(column, "Leave this blank: only an upper bound is published.")
        return None, None, high / out_of
    low, central = _number(row, "low"), _number(row, "central")
    if not low <= central <= high:
        raise row.wrong("central", "Write low, central and high in rising order.")
    return low / out_of, central / out_of, high / out_of


def _number(row: Row, column: str) -> Fraction:
    """A plain number such as 9.1, kept exactly; 1e3, 1/3, 1_000 and signs are refused."""
    text = row.needed(column)
    whole, _point, part = text.partition(".")
    if not (
        len(text) <= 20 and text.isascii() and whole.isdecimal() and (part.isdecimal() or "." not in text)
    ):
        raise row.wrong(column, "Write a plain number such as 500000 or 9.1.")
    return Fraction(text)


@of_the_tables
def need_rates() -> tuple[NeedRate, ...]:
    """Every rate of data/need_rates.csv, G1 first."""
    return read_need_rates(DATA / "need_rates.csv", groups())


def shown_measures(rates: Iterable[NeedRate]) -> Mapping[str, tuple[NeedRate, ...]]:
    """Group → the lines of its one shown measure."""
    found: dict[str, list[NeedRate]] = {}
    for rate in rates:
        if rate.is_shown:
            found.setdefault(rate.group, []).append(rate)
    return MappingProxyType({group: tuple(lines) for group, lines in found.items()})
