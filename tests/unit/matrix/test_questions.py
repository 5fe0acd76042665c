"""Whom to ask: each question goes to those who can answer it, and the few that settle most come first."""

from __future__ import annotations

from directory.matrix.findings import Finding, GapRule
from directory.matrix.questions import Asked, most_useful, whom_to_ask


def question(support_type: str, rule: GapRule = GapRule.NOT_CONFIRMED, *services: int) -> Finding:
    return Finding(rule, support_type, None, False, ("E06000031",), services=services)


WHO = {"G2.7": ("voluntary", "icb"), "G4.6": ("voluntary",), "G4.4": ("policing-body", "voluntary")}


def test_a_listing_is_asked_of_its_service_and_what_is_not_listed_of_somebody_one_can_ring() -> None:
    listed = question("G2.7", GapRule.NOT_CONFIRMED, 3, 5)
    assert whom_to_ask(listed, WHO["G2.7"]) == (Asked(service=3), Asked(service=5))
    unknown = question("G2.7", GapRule.NOT_KNOWN, 3)
    assert whom_to_ask(unknown, WHO["G2.7"]) == (Asked(commissioner="icb"),)
    assert whom_to_ask(question("G4.6", GapRule.NOT_KNOWN), WHO["G4.6"]) == (Asked(commissioner="voluntary"),)


def test_the_call_that_settles_most_is_first_and_nothing_is_asked_twice() -> None:
    one = question("G2.7", GapRule.NOT_CONFIRMED, 1, 2)
    two = question("G4.6", GapRule.NOT_TOLD, 2)
    three = question("G4.4", GapRule.NOT_KNOWN)
    first, second = most_useful([one, two, three], WHO, lambda _one: 10, most=5)
    assert (first.asked, first.findings, first.worth) == (Asked(service=2), (one, two), 20)
    assert (second.asked, second.findings) == (Asked(commissioner="policing-body"), (three,))


def test_what_is_worth_more_is_asked_before_what_is_more() -> None:
    few, many = question("G4.4", GapRule.NOT_KNOWN), [question("G2.7", GapRule.NOT_TOLD, 9) for _each in "ab"]
    worth = {id(few): 50, **{id(one): 5 for one in many}}
    found = most_useful([*many, few], WHO, lambda one: worth[id(one)], most=1)
    assert [one.asked for one in found] == [Asked(commissioner="policing-body")]


def test_no_question_needs_nobody() -> None:
    assert most_useful([], WHO, lambda _one: 1, most=5) == ()
