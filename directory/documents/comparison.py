"""A comparison of authorities as tables to take away. Takes frozen views whose words are ready."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from directory.documents.table import Table, Value
from directory.matrix.compare import Compared
from directory.matrix.rates import RankRange, Rate
from directory.matrix.types import State

_NOT_KNOWN = "Not known"


def comparison_table(
    rows: Iterable[Compared],
    words: Mapping[State, str],
    ranks: tuple[Mapping[str, RankRange], Mapping[str, RankRange]],
    *,
    as_at: date,
    address: str,
) -> Table:
    """One row for each authority. words: state → its English word. ranks: of the rates for children, for adults."""
    columns = (
        "Area code", "Authority", "Kilometres between centres", *(f"Half cells: {word}" for word in words.values()),
        "Half cells that apply", "Services that take people from this authority",
        "Services that take people from its whole nation",
        *_rate_heads("people under 18"), *_rate_heads("adults"), "As at", "Address that shows this again",
    )  # fmt: skip
    for_children, for_adults = ranks
    return Table(
        "Comparison",
        columns,
        tuple(
            (
                one.code,
                one.name,
                None if one.distance_km is None else round(one.distance_km, 1),
                *(one.counts[state] for state in words),
                one.halves,
                one.local,
                one.wide,
                *_rate(one.children, for_children.get(one.code)),
                *_rate(one.adults, for_adults.get(one.code)),
                as_at,
                address or None,
            )
            for one in rows
        ),
    )


def _rate_heads(who: str) -> Sequence[str]:
    return (
        f"Services for each 10,000 {who}",
        f"Low end, for each 10,000 {who}",
        f"High end, for each 10,000 {who}",
        f"Highest rank it may have, by services for each 10,000 {who}",
        f"Lowest rank it may have, by services for each 10,000 {who}",
        f"Authorities ranked by services for each 10,000 {who}",
    )


def _rate(rate: Rate | None, rank: RankRange | None) -> tuple[Value, ...]:
    if rate is None or rank is None:
        return (_NOT_KNOWN,) * 6
    low, high = rate.interval
    return round(rate.value, 3), round(low, 3), round(high, 3), rank.best, rank.worst, rank.of
