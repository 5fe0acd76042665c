"""What may stand on a sheet for one person: ways in and kinds of support, and no word of abuse."""

from __future__ import annotations

import pytest

from directory.reference.terms import terms
from directory.search.sheet_rules import own_kinds, quiet_address, quiet_words, says_much


@pytest.mark.parametrize(
    "words",
    [
        "For parents whose child was sexually abused",
        "Rape Crisis",
        "Ring the ISVA",
        "Work with children who have harmed",
        "It knows about exploitation",
        "After an arrest",
        "Sexual Assault Referral Centre",
        "Surviving",
        "https://www.example.org/child-sexual-abuse",
    ],
)
def test_words_that_tell_what_the_help_is_about_are_left_off(words: str) -> None:
    assert says_much(words)
    assert quiet_words(words) == ""


@pytest.mark.parametrize(
    "words",
    [
        "Ring first: visits are by appointment only.",
        "Monday to Friday",
        "Example Service A",
        "In Middlesex",
        "",
    ],
)
def test_words_that_tell_nothing_stay_as_they_are(words: str) -> None:
    assert quiet_words(words) == words
    assert not says_much(words)


def test_a_kind_of_support_says_nothing_of_what_the_help_is_about() -> None:
    # 'Health and forensic' alone names a place that examines people: it stands on the sheet of those who need it.
    assert [code for code, each in terms("kind").items() if says_much(each.label)] == ["health"]


def test_a_sheet_tells_only_kinds_of_support_for_the_persons_own_groups() -> None:
    types = [("G2.7", True), ("G5.6", True), ("G5.2", False), ("nothing", True)]
    assert own_kinds(types, {"G5"}) == {"specialist-hsb": True, "helpline": False}
    assert own_kinds(types, {"G2"}) == {"therapy": True}
    assert own_kinds(types, {"G9"}) == {}
    assert own_kinds(types, ()).keys() == {"therapy", "specialist-hsb", "helpline"}


def test_one_certain_type_makes_its_kind_certain() -> None:
    assert own_kinds([("G3.2", False), ("G3.2", True), ("G3.2", False)], {"G3"}) == {"helpline": True}


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://www.example.org/", "https://www.example.org/"),
        ("https://www.example.org/contact", "https://www.example.org/contact"),
        ("https://www.example.org/sexual-abuse?x=1", "https://www.example.org/"),
        ("https://rape-help.example.org/contact", "https://rape-help.example.org/contact"),
        ("01632 960001", "01632 960001"),
    ],
)
def test_a_web_address_is_cut_to_its_host_where_the_rest_tells_too_much(address: str, told: str) -> None:
    assert quiet_address(address) == told
