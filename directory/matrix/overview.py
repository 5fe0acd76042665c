"""The first look: kinds of support by groups, each square a count of states that opens to its types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.matrix.types import State


@dataclass(frozen=True, slots=True)
class Square:
    """One kind of support for one group (or for a shown group, of one or two of the nine).

    types: the support types in it. counts: state → how many halves (in person or remote) of them are in it.
    A square without types does not apply, and is blank.
    """

    kind: str
    column: str
    types: tuple[str, ...]
    counts: Mapping[State, int]


def squares(
    columns: Mapping[str, Iterable[str]],
    kinds: Iterable[str],
    types: Mapping[str, tuple[str, str]],
    halves: Iterable[tuple[str, State]],
) -> tuple[tuple[Square, ...], ...]:
    """One row for each kind, one square for each column.

    columns: column → the groups in it. types: support type → (group, kind).
    halves: (support type, state) of every half cell, twice for each type.
    """
    counted: dict[str, dict[State, int]] = {}
    for code, state in halves:
        of_type = counted.setdefault(code, {})
        of_type[state] = of_type.get(state, 0) + 1
    rows = []
    held = {column: frozenset(groups) for column, groups in columns.items()}
    for kind in kinds:
        row = []
        for column, groups in held.items():
            inside = tuple(code for code, (group, own) in types.items() if own == kind and group in groups)
            counts = {
                state: total
                for state in State
                if (total := sum(counted.get(code, {}).get(state, 0) for code in inside))
            }
            row.append(Square(kind, column, inside, counts))
        rows.append(tuple(row))
    return tuple(rows)
