"""Each rule of the register, on a world worked out by hand: when it is a gap, when a question, when neither."""

from __future__ import annotations

from datetime import date

import pytest

from directory.geo.types import Point
from directory.matrix.findings import Firmness, GapRule, Limits, Told
from directory.matrix.types import State, Test
from tests.builders import make_matrix_service, make_statement
from tests.unit.matrix.gap_worlds import (
    COUNSELLING,
    DUTY,
    HELPLINE,
    PARTNERSHIP,
    findings,
    names,
    only,
    said_none,
    told_service,
)

SOUTH = Point(519_000, 270_000)
"""28.5 km from the middle of Peterborough: within 20 miles, and not within 17."""


def test_a_cell_with_a_service_of_which_all_is_known_has_nothing_in_either_list() -> None:
    assert findings([told_service()]) == ()


def test_where_nobody_said_anything_it_is_a_question_and_no_gap() -> None:
    found = findings()
    assert names(found, gaps=True) == []
    assert names(found, gaps=False) == ["G4.6-not-known"]


def test_a_statement_that_there_is_none_is_a_gap_as_firm_as_it_is_new() -> None:
    one = only(findings(statements=[said_none(id=7)]), GapRule.NONE)
    assert (one.is_gap, one.name, one.statements) == (True, "G4.6-none", (7,))
    assert (one.firmness, one.dates) == (Firmness.SAID, ("2026-11-01",))
    old = only(findings(statements=[said_none(stated_on=date(2025, 11, 25))]), GapRule.NONE)
    assert old.firmness is Firmness.SAID_LONG_AGO


def test_none_in_person_leaves_help_by_phone_alone() -> None:
    found = findings([told_service(in_person=False)], [said_none(mode="in-person")])
    assert names(found, gaps=True) == ["G4.6-none-in-person"]
    assert names(found, gaps=False) == []


def test_a_helpline_has_one_half_and_its_gap_names_none() -> None:
    assert names(findings(statements=[said_none()], cell=HELPLINE), gaps=True) == ["G4.6-none"]


def test_a_service_near_that_confirms_it_takes_others_alone_is_a_gap_for_residents() -> None:
    near = make_matrix_service(authorities=frozenset({"E07000011"}), points=(SOUTH,))
    found = findings([near])
    one = only(found, GapRule.NOT_FOR_RESIDENTS)
    assert (one.is_gap, one.services, one.firmness) == (True, (near.id,), Firmness.CONFIRMED)
    assert names(found, gaps=False) == ["G4.6-not-known-remote"]


@pytest.mark.parametrize(
    ("what", "rules"),
    [
        ({"confirmed_on": None}, [("not-for-residents", False)]),
        ({"points": (Point(519_000, 200_000),)}, [("not-known", False)]),
        ({"authorities": frozenset()}, [("not-known", False)]),
        ({"types": {"G4.6": False}}, [("not-known", False)]),
        ({"in_person": None}, [("not-known", False)]),
        ({"is_active": False}, [("not-known", False)]),
        ({"points": ()}, [("not-known", False)]),
    ],
)
def test_what_is_not_sure_of_a_service_near_is_never_a_gap_for_residents(
    what: dict[str, object], rules: list[tuple[str, bool]]
) -> None:
    near = {"authorities": frozenset({"E07000011"}), "points": (SOUTH,)}
    found = findings([make_matrix_service(**near | what)])
    here = [(one.rule.value, one.is_gap) for one in found if one.name != "G4.6-not-known-remote"]
    assert here == rules


def test_how_near_is_near_may_be_set() -> None:
    near = make_matrix_service(authorities=frozenset({"E07000011"}), points=(SOUTH,))
    assert names(findings([near], limits=Limits(near_miles=17)), gaps=True) == []


@pytest.mark.parametrize(
    ("what", "is_gap"),
    [
        ({"waiting_list": "open", "waiting_weeks": 19}, True),
        ({"waiting_list": "open", "waiting_weeks": 18}, False),
        ({"waiting_list": "open", "waiting_weeks": None}, False),
        ({"waiting_list": "open", "waiting_weeks": 40, "confirmed_on": None, "waiting_as_at": "2024"}, False),
        (
            {"waiting_list": "open", "waiting_weeks": 40, "confirmed_on": None, "waiting_as_at": "2026-01"},
            True,
        ),
        ({"waiting_list": "closed"}, True),
        ({"accepting": False}, True),
        ({"is_active": False}, True),
    ],
)
def test_a_wait_is_too_long_by_a_dated_figure_or_a_closed_list(what: dict[str, object], is_gap: bool) -> None:
    found = findings([told_service(**what)])
    assert (names(found, gaps=True) == ["G4.6-waiting"]) is is_gap


def test_a_closed_list_read_long_ago_has_to_be_asked() -> None:
    old = told_service(waiting_list="closed", confirmed_on=None, waiting_as_at="2023")
    found = findings([old])
    assert names(found, gaps=True) == []
    assert only(found, GapRule.WAITING).is_shut


def test_one_service_without_a_wait_or_of_which_none_is_known_is_no_gap() -> None:
    long = told_service(waiting_list="open", waiting_weeks=40)
    assert findings([long, told_service()]) == ()
    asked = only(findings([long, told_service(waiting_list="")]), GapRule.NOT_TOLD)
    assert asked.not_told == (Told.WAITING,)


def test_help_that_must_be_paid_for_is_a_gap_only_while_nothing_else_takes_people() -> None:
    paid = told_service(free=False)
    assert names(findings([paid]), gaps=True) == ["G4.6-charges"]
    assert names(findings([paid, told_service()]), gaps=True) == []
    shut = told_service(waiting_list="closed")
    assert names(findings([paid, shut]), gaps=True) == ["G4.6-charges"]


def test_said_to_exist_only_in_part_is_a_gap_and_said_to_exist_unlisted_a_question() -> None:
    partly = make_statement(support_type="G4.6", exists=State.PARTLY)
    assert names(findings(statements=[partly]), gaps=True) == ["G4.6-only-part"]
    there = make_statement(support_type="G4.6", exists=State.AVAILABLE)
    found = findings(statements=[there])
    assert (names(found, gaps=True), names(found, gaps=False)) == ([], ["G4.6-not-listed"])
    assert findings(statements=[there], cell=PARTNERSHIP) == ()


def test_only_through_a_professional_where_the_ways_in_of_all_are_known() -> None:
    closed = told_service(referral=frozenset({"professional", "police"}))
    assert names(findings([closed]), gaps=True) == ["G4.6-professional-only"]
    assert names(findings([closed, told_service(referral=frozenset({"parent"}))]), gaps=True) == []
    unknown = findings([closed, told_service(referral=frozenset())])
    assert names(unknown, gaps=True) == []
    assert only(unknown, GapRule.NOT_TOLD).not_told == (Told.REFERRAL,)


def test_no_evening_or_weekend_where_the_hours_of_all_are_known() -> None:
    day = told_service(is_out_of_hours=False)
    assert names(findings([day]), gaps=True) == ["G4.6-no-evening-weekend"]
    assert names(findings([day, told_service()]), gaps=True) == []
    assert names(findings([day, told_service(is_out_of_hours=None)]), gaps=True) == []


def test_a_rule_says_nothing_of_types_that_are_so_by_nature() -> None:
    closed = told_service(referral=frozenset({"professional"}))
    limits = Limits(not_for={GapRule.PROFESSIONAL_ONLY: frozenset({"G4.6"})})
    assert findings([closed], limits=limits) == ()
    unknown = told_service(referral=frozenset())
    assert findings([unknown], limits=limits) == ()


@pytest.mark.parametrize(
    ("what", "details"),
    [
        ({"only_for": frozenset({"girls-women"})}, ["boys-men"]),
        ({"only_for": frozenset({"boys-men"})}, ["girls-women"]),
        ({"only_for": frozenset({"deaf"})}, ["others"]),
        ({"minimum_age": 26}, ["age-18-25"]),
        ({"maximum_age": 25}, ["age-26-plus"]),
        ({"minimum_age": 18}, []),
        ({"adapted_for": frozenset({"deaf"})}, []),
    ],
)
def test_who_is_left_out_by_the_words_of_every_service(what: dict[str, object], details: list[str]) -> None:
    found = findings([told_service(**what)])
    assert [one.detail for one in found if one.rule is GapRule.NOT_ADAPTED and one.is_gap] == details
    assert findings([told_service(**what), told_service()]) == ()


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ({"free": False}, "G4.6-charges"),
        ({"only_for": frozenset({"girls-women"})}, "G4.6-not-adapted-boys-men"),
        ({"referral": frozenset({"police"})}, "G4.6-professional-only"),
        ({"is_out_of_hours": False}, "G4.6-no-evening-weekend"),
    ],
)
@pytest.mark.parametrize("confirmed_on", [None, date(2024, 1, 1)])
def test_what_was_only_read_of_a_service_has_to_be_asked_and_is_no_gap(
    what: dict[str, object], name: str, confirmed_on: date | None
) -> None:
    assert names(findings([told_service(**what)]), gaps=True) == [name]
    found = findings([told_service(**what, confirmed_on=confirmed_on)])
    assert names(found, gaps=True) == []
    read = next(one for one in found if one.name == f"{name}-to-ask")
    assert (read.firmness, len(read.services)) == (Firmness.OPEN, 1)
    both = [told_service(**what), told_service(**what, confirmed_on=confirmed_on)]
    assert names(findings(both), gaps=True) == []


def test_money_that_ends_soon_is_a_gap_only_where_the_cell_would_fall() -> None:
    one, other = told_service(), told_service()
    soon = {one.id: date(2027, 5, 26)}
    assert only(findings([one], funding=soon), GapRule.FUNDING_ENDS).ends_on == date(2027, 5, 26)
    assert findings([one, other], funding=soon) == ()
    assert findings([one], funding={one.id: date(2027, 5, 27)}) == ()
    weaker = told_service(free=None)
    assert names(findings([one, weaker], funding=soon), gaps=True) == ["G4.6-funding-ends"]


def test_money_that_was_to_have_ended_has_to_be_asked() -> None:
    one = told_service()
    found = findings([one], funding={one.id: date(2026, 11, 25)})
    assert (names(found, gaps=True), names(found, gaps=False)) == ([], ["G4.6-funding-ends-to-ask"])


def test_one_call_asks_all_that_a_service_has_not_told() -> None:
    found = findings([make_matrix_service(confirmed_on=None, free=None, remote=True)])
    assert names(found, gaps=True) == []
    asked = only(found, GapRule.NOT_CONFIRMED)
    assert asked.tests == (Test.COST_NOT_KNOWN, Test.NOT_CONFIRMED)
    assert asked.not_told == (Told.WAITING, Told.HOURS, Told.REFERRAL)


def test_those_who_differ_are_a_question() -> None:
    found = findings([told_service()], [said_none()])
    assert [one.rule for one in found] == [GapRule.THEY_DIFFER]
    said = [said_none(), make_statement(support_type="G4.6", exists=State.AVAILABLE, body="commissioner")]
    assert names(findings(statements=said), gaps=False) == ["G4.6-not-known", "G4.6-they-differ"]
    assert names(findings(statements=said), gaps=True) == []


def test_a_duty_of_everyday_services_is_asked_of_the_partnership_whatever_is_listed() -> None:
    closed = told_service(referral=frozenset({"professional"}))
    found = findings([closed], cell=DUTY)
    assert (names(found, gaps=True), names(found, gaps=False)) == ([], ["G4.6-not-known"])


def test_what_follows_from_listings_is_dated_by_confirmations_and_sources() -> None:
    day = {"is_out_of_hours": False}
    confirmed = told_service(**day, source_date="2024-03")
    read = told_service(**day, confirmed_on=None, free=True, source_date="2023")
    both = only(findings([confirmed, read]), GapRule.NO_EVENING_WEEKEND)
    assert (both.is_gap, both.dates) == (False, ("2023", "2026-11-01"))
    alone = only(findings([confirmed]), GapRule.NO_EVENING_WEEKEND)
    assert (alone.firmness, alone.dates) == (Firmness.CONFIRMED, ("2026-11-01",))


def test_halves_that_differ_are_told_apart_and_halves_that_agree_are_one() -> None:
    services = [told_service(remote=False, is_out_of_hours=False), told_service(in_person=False)]
    assert names(findings(services, cell=COUNSELLING), gaps=True) == ["G4.6-no-evening-weekend-in-person"]
