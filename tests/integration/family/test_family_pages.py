"""A family at PE1 1QL: a heading for each, what helps several, and a gentle word where two should not meet."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from tests.integration.family.visits import THE_FAMILY, add_people, headings, page, words
from tests.integration.finder.pages import everything


@pytest.fixture
def visitor(listed_app: Flask) -> FlaskClient:
    """A visitor of their own: no list of another test."""
    return listed_app.test_client()


def test_everyone_has_a_heading_with_their_count_and_three_sections(visitor: FlaskClient) -> None:
    tree = page(visitor, add_people(visitor))
    assert words(tree, "//h1") == "Services for 4 people near Peterborough"
    people = [heading.split(":")[0] for heading in headings(tree) if "service" in heading and ":" in heading]
    assert people == ["Mother", "Daughter", "Brother", "Grandparent"]
    assert len(tree.xpath("//section[@id='person-2']//h3")) == 3
    identifiers = tree.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))


def test_each_persons_part_says_as_many_as_their_whole_results(visitor: FlaskClient) -> None:
    tree = page(visitor, add_people(visitor))
    for number in range(1, 5):
        whole = tree.xpath(f"//section[@id='person-{number}']//a[starts-with(., 'All results')]/@href")[0]
        found = everything(visitor, whole)
        total = sum(len(found[section]) for section in ("near", "further", "anywhere"))
        said = words(tree, f"//section[@id='person-{number}']/h2")
        certain, maybe = said.split(": ")[1].split(" service")[0], 0
        if "(" in said:
            maybe = int(said.split("(")[1].split(" ")[0])
        assert int(certain) + maybe == total


def test_no_address_holds_a_person_a_place_or_a_word(visitor: FlaskClient) -> None:
    address = add_people(visitor)
    assert set(parse_qs(urlsplit(address).query)) == {"at"}
    tree = page(visitor, address)
    ours = [unquote(link).lower() for link in tree.xpath("//a/@href | //form/@action") if link[0] == "/"]
    for told in ("mother", "brother", "daughter", "pe1", "g5", "hsb", "parents", "11-15"):
        assert [link for link in ours if told in link] == []


def test_the_ninth_person_is_refused_in_words_and_the_eight_stay(visitor: FlaskClient) -> None:
    add_people(visitor, THE_FAMILY * 2)
    answer = visitor.post("/family", data={"relation": "mo", "group": "G3", "do": "add"})
    assert answer.status_code == 400
    assert "up to 8 people" in answer.text
    assert "8 people so far" in visitor.get("/family").text


def test_two_of_one_relation_are_told_apart_by_number(visitor: FlaskClient) -> None:
    add_people(visitor, [("si", ("G2",), ""), ("si", ("G3",), "")])
    assert "Sister (1)" in words(page(visitor, "/family"))
    assert "Sister (2)" in words(page(visitor, "/family"))


@pytest.mark.parametrize(
    ("filled", "problem"),
    [
        ({}, "Choose who this person is."),
        ({"relation": "mo"}, "Choose at least one reason."),
        ({"relation": "uncle bob", "group": "G3"}, "Choose who this person is."),
        ({"relation": "mo", "group": ["G3", "G10"]}, "not on our list"),
        ({"relation": "mo", "group": "G3", "age": "young"}, "Choose an age from the list."),
        ({"relation": "mo", "group": "G3", "place": "XX99 9XX"}, "We do not know that postcode."),
        ({"relation": "mo", "group": "G3", "place": "x" * 300}, "Enter a postcode or the name of a place"),
        ({"relation": "mo", "group": "G3", "place": "Newport"}, "Choose yours."),
        ({"relation": "mo", "group": "G3", "place": "EH1 1YZ"}, "We cover England and Wales only."),
    ],
)
def test_what_cannot_be_read_is_said_by_its_field_and_nobody_is_added(
    visitor: FlaskClient, filled: dict[str, object], problem: str
) -> None:
    answer = visitor.post("/family", data={"do": "add", **filled})
    assert answer.status_code == 400
    assert problem in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "fields",
    [
        {"remove": "1"},
        {"remove": "x"},
        {"remove": "99"},
        {"change": "2"},
        {"person": "7", "relation": "mo", "group": "G3"},
        {"at": "nonsense"},
        {"at": "1-1-1.E06000031"},
    ],
)
def test_a_form_that_somebody_changed_is_answered_in_words(
    visitor: FlaskClient, fields: dict[str, str]
) -> None:
    answer = visitor.post("/family", data=fields)
    assert answer.status_code == 400
    assert "<h1" in answer.text and "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("query", ["at=x", "f=zzz", "f3=zzz", "who=9", "who=12", "who=x", "f1=a"])
def test_an_address_that_somebody_changed_is_answered_in_words(visitor: FlaskClient, query: str) -> None:
    add_people(visitor)
    assert visitor.get(f"/family/results?{query}").status_code == 400


def test_a_place_with_two_meanings_is_asked_for_and_an_answer_goes_on(visitor: FlaskClient) -> None:
    asked = visitor.post("/family", data={"relation": "mo", "group": "G3", "place": "Newport", "do": "show"})
    assert 'name="which"' in asked.text
    filled = {"relation": "mo", "group": "G3", "place": "Newport", "which": "Newport, Isle of Wight"}
    answer = visitor.post("/family", data=filled)
    assert answer.status_code == 303 and "E06000046" in answer.headers["Location"]


def test_enter_in_the_place_field_goes_on_when_there_is_nobody_to_add(visitor: FlaskClient) -> None:
    add_people(visitor, THE_FAMILY[:1], place="")
    answer = visitor.post("/family", data={"do": "add", "place": "PE1 1QL"})
    assert answer.headers["Location"].startswith("/family/results?at=")


def test_a_person_can_be_changed_and_removed(visitor: FlaskClient) -> None:
    add_people(visitor, THE_FAMILY[:2])
    form = visitor.post("/family", data={"change": "2"})
    assert 'value="G2" checked' in " ".join(form.text.split())
    visitor.post("/family", data={"person": "2", "relation": "so", "group": "G2", "do": "add"})
    assert "Son" in words(page(visitor, "/family")) and "Daughter," not in words(page(visitor, "/family"))
    visitor.post("/family", data={"remove": "1"})
    assert "1 person so far" in words(page(visitor, "/family"))


def test_without_people_the_answer_leads_to_the_form_and_keeps_the_place(visitor: FlaskClient) -> None:
    answer = visitor.get("/family/results?at=E06000031&f=")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/family?at=E06000031"


def test_a_filter_holds_for_everyone_or_for_one_and_comes_off_again(visitor: FlaskClient) -> None:
    address = add_people(visitor)
    at = parse_qs(urlsplit(address).query)["at"][0]
    before = headings(page(visitor, address))
    everyone = visitor.post("/family/filters", data={"at": at, "for": "0", "mode": "in-person"})
    assert "in-person" not in everyone.headers["Location"]
    after = page(visitor, everyone.headers["Location"])
    assert all(one != other for one, other in zip(_people(before), _people(headings(after)), strict=True))
    (off,) = after.xpath("//ul[@class='chosen-filters']//a/@href")
    assert headings(page(visitor, off)) == before

    one = visitor.post("/family/filters", data={"at": at, "for": "3", "mode": "in-person"})
    narrowed = _people(headings(page(visitor, one.headers["Location"])))
    assert [old == new for old, new in zip(_people(before), narrowed, strict=True)] == [
        True,
        True,
        False,
        True,
    ]


def _people(found: list[str]) -> list[str]:
    return [heading for heading in found if heading.startswith(("Mother", "Daughter", "Brother", "Grandp"))]


TWO = [("da", ("G2",), "5-10"), ("br", ("G5",), "11-15")]


def entry(tree: html.HtmlElement, service: int) -> str:
    """What stands with the card of one service."""
    return words(tree, f"//div[@class='family-entry'][.//h4/a[@href='/services/{service}']]")


def test_one_place_for_the_child_harmed_and_the_child_who_harmed_is_said_gently_with_others(
    small_visitor: FlaskClient, listed: Callable[..., int]
) -> None:
    house = {"locations": "town | Peterborough", "modes": "in-person", "organisation": "Example House"}
    trust = house | {"organisation": "Example Trust"}
    for_him = {"groups": "G5", "support_types": "G5.6"}
    hers = listed(**house, name="Example Service A", groups="G2", support_types="G2.7")
    his = listed(**house, **for_him, name="Example Service B")
    unsure = listed(**trust, **for_him, name="Example Service C")
    sure = listed(**trust, **for_him, name="Example Service D", minimum_age=10, maximum_age=17)
    tree = page(small_visitor, add_people(small_visitor, TWO))
    assert "The same place might be used by the daughter and the brother." in entry(tree, hers)
    assert "The same place might be used by the brother and the daughter." in entry(tree, his)
    others = "Others for the brother: Example Service D; Example Service C (may fit)"
    assert others in entry(tree, his)
    assert "Others for" not in entry(tree, hers)
    assert "The same place" not in entry(tree, sure) + entry(tree, unsure)


def test_a_telephone_line_for_both_is_no_place_to_meet(
    small_visitor: FlaskClient, listed: Callable[..., int]
) -> None:
    line = {"modes": "remote", "coverage": "England and Wales", "locations": ""}
    listed(**line, groups="G2;G5", support_types="G2.2;G5.2", minimum_age=5, maximum_age=18)
    listed(**line, groups="G2;G5?", support_types="G2.2", minimum_age=5, maximum_age=18)
    tree = page(small_visitor, add_people(small_visitor, TWO))
    assert "The same place" not in words(tree)
    assert "Also for: the brother." in words(tree, "//section[@id='person-1']")
    assert "Perhaps also for: the brother." in words(tree, "//section[@id='person-1']")
    assert "Also for: the daughter." in words(tree, "//section[@id='person-2']")


def test_a_confidential_place_is_told_to_nobody_on_these_pages(
    small_visitor: FlaskClient, listed: Callable[..., int]
) -> None:
    number = listed(
        groups="G2;G5", support_types="G2.7;G5.6", modes="in-person", locations="confidential | Huntingdon",
        confidential="yes", confidential_reason="Example reason",
    )  # fmt: skip
    tree = page(small_visitor, add_people(small_visitor, TWO))
    small_visitor.post("/my-list/add", data={"service": number, "person": 1})
    for address in ("/my-list", "/my-list/sheet/1", "/my-list/working-sheet", f"/compare/{number}"):
        assert "Huntingdon" not in words(page(small_visitor, address)), address
    assert "Huntingdon" not in words(tree)
