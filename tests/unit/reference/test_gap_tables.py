"""The tables behind the register: rules, weights, the Act's scope, and who usually leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.matrix.findings import Firmness, GapRule, Told
from directory.matrix.priority import LEVELS, Component
from directory.matrix.told import ADULT_BANDS, AGE_BANDS
from directory.reference.collaboration_duty import duty_scope, read_scope
from directory.reference.commissioners import commissioners_of
from directory.reference.files import BadDataFile
from directory.reference.gap_rules import gap_rules, read_gap_rules
from directory.reference.priority_weights import priority_weights, read_priority_weights
from directory.reference.support_types import support_types
from directory.reference.terms import terms


def test_every_code_has_its_words_in_the_order_of_the_code() -> None:
    for taxonomy, codes in (
        ("gap_rule", GapRule),
        ("gap_close", GapRule),
        ("gap_firmness", Firmness),
        ("gap_component", Component),
        ("told_fact", Told),
    ):
        assert list(terms(taxonomy)) == [code.value for code in codes], taxonomy
    assert set(terms("left_out")) == {"boys-men", "girls-women", "others", *AGE_BANDS, *ADULT_BANDS}


def test_every_rule_and_part_has_its_line() -> None:
    assert set(gap_rules()) == set(GapRule)
    assert set(priority_weights()) == set(Component)
    assert {level for row in support_types().values() for level in row.level.split(" or ")} == set(LEVELS)


def test_the_duty_reaches_support_after_abuse_alone_and_no_place_to_live() -> None:
    scope = duty_scope()
    assert set(scope) == set(support_types())
    inside = {code for code, one in scope.items() if one.is_in_scope}
    assert {support_types()[code].group for code in inside} == {"G2", "G3", "G4"}
    assert "G2.13" not in inside and "G4.4" in inside
    assert all("Act 2024" in one.source for one in scope.values())


def test_every_usual_commissioner_has_a_code() -> None:
    assert set(commissioners_of()) == set(support_types())
    assert commissioners_of()["G2.3"] == ("icb", "policing-body")


RULES = "rule,severity,equality,limit,limit_least,limit_most,limit_unit,not_for,reason,source\n"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("none,101,0,,,,,,Why,Who", "severity"),
        ("none,ten,0,,,,,,Why,Who", "severity"),
        ("none,1,,,,,,,Why,Who", "equality"),
        ("none,1,0,5,6,9,weeks,,Why,Who", "limit"),
        ("none,1,0,5,1,9,days,,Why,Who", "limit_unit"),
        ("none,1,0,5,,9,weeks,,Why,Who", "limit_least"),
        ("none,1,0,,,,,G9.99,Why,Who", "not_for"),
        ("none,1,0,,,,,,,Who", "reason"),
        ("none,1,0,,,,,,Why,", "source"),
        ("magic,1,0,,,,,,Why,Who", "rule"),
        ("none,1,0,,,,,,Why,Who\nnone,1,0,,,,,,Why,Who", "rule"),
        ("waiting,1,0,,,,,,Why,Who", "rule"),
    ],
)
def test_a_wrong_rule_is_refused(tmp_path: Path, cells: str, column: str) -> None:
    path = tmp_path / "gap_rules.csv"
    path.write_text(RULES + cells + "\n", encoding="utf-8")
    with pytest.raises(BadDataFile) as caught:
        read_gap_rules(path, ["none", "waiting"] if column != "rule" else ["none"], ["G4.6"])
    assert caught.value.column == column


@pytest.mark.parametrize(
    "cells",
    [
        "a,60,Why,Who",
        "a,60,Why,Who\na,40,Why,Who",
        "a,60,Why,Who\nb,41,Why,Who",
        "a,-1,Why,Who\nb,101,Why,Who",
    ],
)
def test_wrong_weights_are_refused(tmp_path: Path, cells: str) -> None:
    path = tmp_path / "priority_weights.csv"
    path.write_text(f"component,weight,reason,source\n{cells}\n", encoding="utf-8")
    with pytest.raises(BadDataFile):
        read_priority_weights(path, ["a", "b"])


@pytest.mark.parametrize(
    "cells", ["G1.1,perhaps,Why,Act", "G1.1,yes,,Act", "G1.1,yes,Why,Act\nG1.1,no,Why,Act", ""]
)
def test_a_wrong_scope_is_refused(tmp_path: Path, cells: str) -> None:
    path = tmp_path / "duty_scope.csv"
    path.write_text(f"support_type,in_scope,reason,source\n{cells}\n", encoding="utf-8")
    with pytest.raises(BadDataFile):
        read_scope(path, ["G1.1"])
