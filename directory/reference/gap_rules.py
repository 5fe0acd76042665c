"""How heavy each rule of the gap register is, and the limits that some of them have. From data/gap_rules.csv."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from directory.reference.files import DATA, Row, read_rows
from directory.reference.support_types import support_types
from directory.reference.terms import terms
from directory.tables_of_day import of_the_tables

UNITS = ("weeks", "months", "miles")


@dataclass(frozen=True, slots=True)
class RuleLimit:
    """A number that a rule turns on, and between which two numbers somebody may set it instead."""

    value: int
    least: int
    most: int
    unit: str


@dataclass(frozen=True, slots=True)
class RuleWeight:
    """One rule.

    severity, equality: 0 to 100: how much is missing where it holds; how far it leaves people out by who they are.
    not_for: support types of which it says nothing, because they are so by their nature.
    """

    rule: str
    severity: int
    equality: int
    limit: RuleLimit | None
    not_for: frozenset[str]
    reason: str
    source: str


def read_gap_rules(path: Path, rules: Collection[str], types: Collection[str]) -> Mapping[str, RuleWeight]:
    """Code → rule, in the file's order; each of `rules` must stand there. Raises BadDataFile."""
    columns = (
        "rule", "severity", "equality", "limit", "limit_least", "limit_most", "limit_unit", "not_for", "reason",
        "source",
    )  # fmt: skip
    found: dict[str, RuleWeight] = {}
    row = None
    for row in read_rows(path, columns):
        code = row.one_of("rule", frozenset(rules))
        if code in found:
            raise row.wrong("rule", "This rule is there already.")
        not_for = frozenset(row.parts("not_for"))
        if not not_for <= set(types):
            raise row.wrong("not_for", "Name support types of data/support_types.csv, with ; between them.")
        found[code] = RuleWeight(
            code,
            _number(row, "severity", 0, 100),
            _number(row, "equality", 0, 100),
            _limit(row),
            not_for,
            row.needed("reason"),
            row.needed("source"),
        )
    if row is not None and (missing := [code for code in rules if code not in found]):
        raise row.wrong("rule", f"There is no line for {missing[0]}.")
    return MappingProxyType(found)


def _limit(row: Row) -> RuleLimit | None:
    if not row["limit"]:
        return None
    least, most = _number(row, "limit_least", 0, 1_000), _number(row, "limit_most", 0, 1_000)
    return RuleLimit(_number(row, "limit", least, most), least, most, row.one_of("limit_unit", UNITS))


def _number(row: Row, column: str, least: int, most: int) -> int:
    text = row.needed(column)
    if not (text.isascii() and text.isdecimal() and len(text) <= 4 and least <= int(text) <= most):
        raise row.wrong(column, f"Write a whole number from {least} to {most}.")
    return int(text)


@of_the_tables
def gap_rules() -> Mapping[str, RuleWeight]:
    """Every rule of the register."""
    return read_gap_rules(DATA / "gap_rules.csv", terms("gap_rule"), support_types())
