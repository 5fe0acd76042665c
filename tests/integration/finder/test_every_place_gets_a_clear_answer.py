"""What people type, and worse: each gets an answer in words, never an error of ours."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.integration.finder.pages import ask, page


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("PE1 1QL", "Peterborough"),
        ("pe11ql", "Peterborough"),
        ("  Pe1   1qL ", "Peterborough"),
        ("PE1", "Peterborough"),
        ("Peterborough", "Peterborough"),
        ("Peterboro", "Peterborough"),
        ("Hull", "Hull"),
        ("Caerdydd", "Cardiff"),
        ("stoke", "Stoke-on-Trent"),
    ],
)
def test_a_place_is_understood_as_people_write_it(client: FlaskClient, typed: str, near: str) -> None:
    assert near in page(client, ask(client, typed)).xpath("string(//h1)")


# Counted in the postcode package itself. PE28 met seven councils until Northamptonshire's merged in 2021.
@pytest.mark.parametrize(("typed", "authorities"), [("PE28", 6), ("DE7", 7), ("PE1", 1)])
def test_an_outward_code_in_several_authorities_is_answered_with_all_of_them(
    client: FlaskClient, typed: str, authorities: int
) -> None:
    address = ask(client, typed)
    assert sum(address.count(prefix) for prefix in ("E06", "E07", "E08", "E09")) == authorities
    told = "more than one council area" in page(client, address).text_content()
    assert told == (authorities > 1)


def test_newport_asks_which_with_the_council_beside_each(client: FlaskClient) -> None:
    answer = client.post("/find", data={"place": "Newport", "group": "parents"})
    assert answer.status_code == 200
    tree = html.fromstring(answer.text)
    options = [" ".join(button.text_content().split()) for button in tree.xpath("//button[@name='place']")]
    assert any("Isle of Wight" in option for option in options)
    assert len(options) >= 3
    assert tree.xpath("//input[@type='hidden'][@name='group'][@value='parents']")


@pytest.mark.parametrize("typed", ["BT1 5GS", "EH1 1YZ", "JE2 3AB", "GY1 1AA", "IM1 1AA", "BT1"])
def test_a_place_outside_england_and_wales_gets_a_kind_page(client: FlaskClient, typed: str) -> None:
    answer = client.post("/find", data={"place": typed})
    assert answer.status_code == 200
    assert "England and Wales" in answer.text
    assert "999" in answer.text


@pytest.mark.parametrize(
    "typed",
    [
        "XX99 9XX",
        "x" * 10_000,
        "😀😀😀",
        "<script>alert(1)</script>",
        "'; DROP TABLE service; --",
        "%s%n",
        "{{7*7}}",
    ],
)
def test_nonsense_gets_the_form_back_with_what_to_do(client: FlaskClient, typed: str) -> None:
    answer = client.post("/find", data={"place": typed, "group": "parents"})
    assert answer.status_code == 400
    tree = html.fromstring(answer.text)
    assert tree.xpath("//*[contains(@class, 'govuk-error-summary')]//a[@href='#place']")
    assert tree.xpath("//input[@name='group'][@value='parents'][@checked]"), "what was ticked is not lost"
    assert "<script>alert" not in answer.text
    assert "49" not in tree.xpath("string(//main)").split("England")[0]


@pytest.mark.parametrize("typed", ["\x00", "\u200b", " \t\n ", "."])
def test_what_nobody_can_see_is_no_place_at_all(client: FlaskClient, typed: str) -> None:
    assert client.post("/find", data={"place": typed}).status_code in {303, 400}


def test_a_form_too_large_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.post("/find", data={"place": "x" * 200_000})
    assert answer.status_code == 413
    assert "<h1" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "at=nonsense",
        "at=1-519-298.E06000021",
        "at=1-0-0.E06000031",
        "at=E99999999",
        "at=W06000031",
        "f=zzz",
        "f=a",
        "t=not-sealed",
        "t=AAAA",
        "s=everything",
        "p=0",
        "p=-1",
        "p=1e9",
        "p=²",
        "at=x%00",
    ],
)
def test_a_crafted_address_gets_a_clear_answer(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/find/results?{query}")
    assert answer.status_code == 400
    assert "We cannot read that" in answer.text
    assert "call" in answer.text


def test_a_page_that_is_too_far_shows_the_last_one(client: FlaskClient) -> None:
    last, too_far = (
        html.fromstring(client.get(f"/find/results?s=further&p={page_number}").text).xpath(
            "//span[@class='card__number']/text()"
        )
        for page_number in (len_of_further(client), 9999)
    )
    assert last == too_far
    assert last[0] != "1."


def len_of_further(client: FlaskClient) -> int:
    """How many pages the section has."""
    tree = html.fromstring(client.get("/find/results?s=further").text)
    return max(
        int(number)
        for number in tree.xpath("//a[contains(@class, 'govuk-pagination__link')]/text()")
        if number.isdecimal()
    )


def test_a_choice_not_on_the_list_is_named(client: FlaskClient) -> None:
    answer = client.post("/find", data={"place": "", "group": "everyone"})
    assert answer.status_code == 400
    assert "everyone" in answer.text
