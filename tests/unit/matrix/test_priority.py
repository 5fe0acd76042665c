"""A priority is the sum of its parts, each in view; weights may be anything and still come to a hundred."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.matrix.findings import Finding, Firmness, GapRule
from directory.matrix.priority import Component, Setting, out_of_a_hundred, score
from directory.matrix.types import Mode
from directory.reference.priority_weights import priority_weights

OURS = {Component(code): row.weight for code, row in priority_weights().items()}


def finding(**what: object) -> Finding:
    """Somebody who knows has said that there is none."""
    fields: dict[str, object] = {
        "rule": GapRule.NONE,
        "support_type": "G2.7",
        "mode": None,
        "is_gap": True,
        "authorities": ("E06000031",),
        "firmness": Firmness.SAID,
    }
    return Finding(**fields | what)  # type: ignore[arg-type]  # a builder takes any field


def setting(**what: object) -> Setting:
    """All that can count, in full, but for equality."""
    fields: dict[str, object] = {
        "severity": 100,
        "equality": 0,
        "level": "specialist",
        "people": 100_000,
        "far_share": 1.0,
        "is_duty": True,
    }
    return Setting(**fields | what)  # type: ignore[arg-type]  # a builder takes any field


def points(one: Finding, of: Setting) -> dict[str, int]:
    return {part.component.value: part.points for part in score(one, of, OURS).parts}


def test_our_weights_are_a_hundred_in_all() -> None:
    assert sum(OURS.values()) == 100
    assert out_of_a_hundred(OURS) == OURS


def test_a_score_worked_out_by_hand() -> None:
    one = finding(mode=Mode.IN_PERSON, firmness=Firmness.READ, rule=GapRule.WAITING, wait_weeks=26)
    of = setting(severity=70, people=1_000, level="targeted or specialist", far_share=0.5, is_duty=False)
    # 30 × 0.7 × 0.8; 20 × 0.4; 20 × half of four tenfolds; 10 × 1; 5 × 0.5 (to even); 5 × 26/52 (to even).
    assert points(one, of) == {
        "shortfall": 17,
        "firmness": 8,
        "people": 10,
        "level": 10,
        "distance": 2,
        "waiting": 2,
        "equality": 0,
        "duty": 0,
    }
    assert score(one, of, OURS).points == 49


@pytest.mark.parametrize(
    ("people", "given"),
    [(0, 0), (10, 0), (100, 5), (1_000, 10), (10_000, 15), (100_000, 20), (5_000_000, 20)],
)
def test_each_tenfold_of_people_gives_a_quarter(people: int, given: int) -> None:
    assert points(finding(), setting(people=people))["people"] == given


def test_people_of_whom_no_middle_is_published_count_half_and_say_so() -> None:
    (part,) = (one for one in score(finding(), setting(people=None), OURS).parts if not one.is_known)
    assert (part.component, part.points, part.out_of) == (Component.PEOPLE, 10, 20)
    changes = {one.component for one in score(finding(), setting(people=None), OURS).could_change}
    assert changes == {Component.PEOPLE}


def test_firmer_evidence_could_change_what_was_only_read() -> None:
    found = score(finding(firmness=Firmness.READ), setting(), OURS)
    assert [part.component for part in found.could_change] == [Component.FIRMNESS]
    assert [part.component for part in found.explained][:2] == [Component.SHORTFALL, Component.PEOPLE]
    assert Component.EQUALITY not in [part.component for part in found.explained]


def test_a_closed_list_counts_as_the_longest_wait() -> None:
    assert points(finding(is_shut=True), setting())["waiting"] == 5
    assert points(finding(wait_weeks=200), setting())["waiting"] == 5


WEIGHTS = st.fixed_dictionaries({part: st.integers(0, 100) for part in Component}).filter(
    lambda weights: any(weights.values())
)


@given(
    WEIGHTS,
    st.sampled_from(list(Firmness)),
    st.sampled_from([None, *Mode]),
    st.one_of(st.none(), st.floats(0, 1e7)),
    st.integers(0, 100),
    st.floats(0, 1),
    st.booleans(),
)
def test_a_score_is_the_sum_of_its_parts_and_never_beyond_a_hundred(
    weights: dict[Component, int],
    firmness: Firmness,
    mode: Mode | None,
    people: float | None,
    severity: int,
    far_share: float,
    is_duty: bool,
) -> None:
    whole = out_of_a_hundred(weights)
    of = setting(severity=severity, people=people, far_share=far_share, is_duty=is_duty, equality=severity)
    found = score(finding(firmness=firmness, mode=mode), of, whole)
    assert found.points == sum(part.points for part in found.parts)
    assert sum(part.out_of for part in found.parts) == 100
    assert all(0 <= part.points <= part.out_of for part in found.parts)


@given(WEIGHTS)
def test_weights_keep_their_proportions_to_a_point(weights: dict[Component, int]) -> None:
    total = sum(weights.values())
    for part, whole in out_of_a_hundred(weights).items():
        assert abs(whole - 100 * weights[part] / total) < 1


@pytest.mark.parametrize("weights", [dict.fromkeys(Component, 0), {**OURS, Component.DUTY: -1}])
def test_weights_that_weigh_nothing_or_less_are_refused(weights: dict[Component, int]) -> None:
    with pytest.raises(ValueError, match="above nought"):
        out_of_a_hundred(weights)
