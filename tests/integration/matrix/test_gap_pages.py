"""The pages of a gap register, as a commissioner reads them."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.reference.hours import LONDON
from tests.integration.matrix.gap_site import NONE, REGISTER, commissioner, ids, page, say, site, words

__all__ = ["commissioner", "site"]
COUNTY = "/gaps/cambridgeshire-and-peterborough"


def test_the_answer_stands_before_the_register(commissioner: FlaskClient) -> None:
    tree = page(commissioner, REGISTER)
    heads = [words(head) for head in tree.xpath("//h2")]
    assert heads[:2] == ["The answer on one page", "The register"]
    firm = [words(line) for line in tree.xpath("//section[@aria-labelledby='answer']//ol[1]/li")]
    assert firm[0].startswith("Early emotional support and needs assessment, Children who have been")
    assert "Somebody who knows has said that there is none." in firm[0]
    assert "about" in firm[0] and "a year" in firm[0]
    assert "Of 141 answers," in words(tree)


def test_gaps_and_questions_are_two_lists(commissioner: FlaskClient) -> None:
    tree = page(commissioner, REGISTER)
    assert set(ids(tree, "gaps")) == {
        NONE,
        "E06000031-G4.6-professional-only-in-person",
        "E06000031-G4.4-funding-ends",
    }
    assert ids(tree, "gaps")[0] == NONE
    every = [
        one
        for number in (1, 2)
        for one in ids(page(commissioner, f"{REGISTER}?list=questions&p={number}"), "questions")
    ]
    assert {"E06000031-G4.4-not-confirmed", "E06000031-G4.6-not-told-in-person"} <= set(every)
    assert len(every) == len(set(every)) > 70
    assert not set(every) & set(ids(tree, "gaps"))


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("group=G2", {NONE}),
        ("group=G5", set()),
        ("lead=icb", {NONE, "E06000031-G4.6-professional-only-in-person"}),
        ("duty=outside", set()),
        ("status=planned", set()),
        ("months=1", {NONE, "E06000031-G4.6-professional-only-in-person"}),
    ],
)
def test_filters_and_limits_narrow_the_register(
    commissioner: FlaskClient, query: str, there: set[str]
) -> None:
    assert set(ids(page(commissioner, f"{REGISTER}?{query}"), "gaps")) == there


@pytest.mark.parametrize(
    "query",
    ["group=G10", "lead=me", "duty=maybe", "list=all", "status=done", "p=0", "p=99", "p=x", "list=gaps&p=2"],
)
def test_a_filter_that_does_not_exist_is_answered_in_words(commissioner: FlaskClient, query: str) -> None:
    assert "This address asks for a" in words(page(commissioner, f"{REGISTER}?{query}", 400))


@pytest.mark.parametrize(
    ("query", "box"),
    [("weeks=0", "weeks"), ("miles=ten", "miles"), ("w-people=101", "w-people"), ("months=-1", "months")],
)
def test_a_number_that_cannot_be_used_is_kept_with_what_is_wrong(
    commissioner: FlaskClient, query: str, box: str
) -> None:
    tree = page(commissioner, f"{REGISTER}?{query}", 400)
    (field,) = tree.xpath(f"//input[@id='{box}']")
    assert field.get("value") == query.split("=")[1]
    assert "Write a whole number from" in words(tree)
    assert tree.xpath(f"//div[contains(@class,'error-summary')]//a[@href='#{box}']")


def test_weights_of_the_readers_own_change_the_order_and_say_so(commissioner: FlaskClient) -> None:
    nothing = "&".join(
        f"w-{part}=0"
        for part in ("shortfall", "firmness", "people", "distance", "waiting", "equality", "duty")
    )
    tree = page(commissioner, f"{REGISTER}?{nothing}")
    assert "These are your weights." in words(tree)
    points = {
        words(cell) for cell in tree.xpath("//section[@aria-labelledby='gaps']//td[@data-head='Priority']")
    }
    assert points == {"100", "60"}
    tree = page(commissioner, f"{REGISTER}?{nothing}&w-level=0", 400)
    assert "At least one weight must be above 0." in words(tree)


def test_one_gap_tells_its_evidence_its_parts_and_what_would_change_it(commissioner: FlaskClient) -> None:
    told = words(page(commissioner, f"{REGISTER}/{NONE}"))
    for part in (
        "partnership manager", "Evidence: Audit of the spring", "What made its priority", "How firm the evidence is",
        "A listed service that passes every test or a later statement that it exists would close it.",
        "Within the duty", "Check whether this part of the Act is in force", "Nobody has decided anything yet.",
    ):  # fmt: skip
        assert part in told, part
    points = page(commissioner, f"{REGISTER}/{NONE}").xpath("//td[@data-head='Points']/text()")
    assert f"What made its priority: {sum(map(int, points))} of 100" in told


def test_a_decision_is_told_and_outlives_the_gap(site: Flask, commissioner: FlaskClient) -> None:
    day = str(datetime.now(LONDON).date())
    who = ("--by", "commissioning manager", "--on", day)
    say(site, "gaps", "set", NONE, "--status", "disputed", "--because", "There is one.", *who)
    told = words(page(commissioner, f"{REGISTER}/{NONE}"))
    assert "There is one." in told and "commissioning manager" in told
    say(site, "matrix", "withdraw", "1", "--because", "mistaken", *who)
    tree = page(commissioner, REGISTER)
    assert NONE not in ids(tree, "gaps")
    assert "No longer found (1)" in words(tree)
    assert "No longer found." in words(page(commissioner, f"{REGISTER}/{NONE}"))


def test_a_decision_follows_a_gap_that_comes_to_hold_for_one_half_alone(
    site: Flask, commissioner: FlaskClient
) -> None:
    day = str(datetime.now(LONDON).date())
    say(site, "gaps", "set", NONE, "--status", "accepted", "--by", "commissioning manager", "--on", day)
    say(site, "matrix", "state", "E06000031", "G2.3", "--exists", "none", "--for", "partnership", "--by",
        "partnership manager", "--mode", "in-person", "--on", day, "--evidence", "Audit")  # fmt: skip
    say(site, "matrix", "state", "E06000031", "G2.3", "--exists", "available", "--for", "partnership", "--by",
        "partnership manager", "--mode", "remote", "--on", day, "--evidence", "Audit")  # fmt: skip
    tree = page(commissioner, f"{REGISTER}?status=accepted")
    assert ids(tree, "gaps") == [f"{NONE}-in-person"]
    assert "No longer found" not in words(tree)
    answer = commissioner.get(f"{REGISTER}/{NONE}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{REGISTER}/{NONE}-in-person")
    assert f"Accepted (as {NONE})" in words(page(commissioner, f"{REGISTER}/{NONE}-in-person"))


def test_a_wider_area_says_in_how_many_authorities_and_counts_people_once(commissioner: FlaskClient) -> None:
    tree = page(commissioner, COUNTY)
    county = "cambridgeshire-and-peterborough-G2.3-none"
    assert county in ids(tree, "gaps")
    assert "in 1 of 6 authorities" in words(tree)
    there = page(commissioner, f"{COUNTY}/{county}").xpath("//dt[.='People of the group']/../dd/text()")
    alone = page(commissioner, f"{REGISTER}/{NONE}").xpath("//dt[.='People of the group']/../dd/text()")
    assert there == alone and "a year" in alone[0]
    assert f"{REGISTER}/{NONE}" in commissioner.get(f"{COUNTY}/{county}").text


def test_the_plain_page_speaks_plainly(commissioner: FlaskClient) -> None:
    told = words(page(commissioner, f"{REGISTER}/plain"))
    assert "For 2, somebody who knows has told us that there is none." in told
    assert "we are sure that 1 is there" in told and "nobody has checked it yet" in told
    assert "What is wrong: There is none." in told
    assert "When it ends: It ends when such help is there." in told


@pytest.mark.parametrize(
    "path",
    [
        "/gaps/nowhere",
        "/gaps/nowhere.csv",
        f"{REGISTER}/E06000031-G2.3-waiting",
        f"{REGISTER}/x",
        "/gaps/E06000031.pdf",
    ],
)
def test_what_does_not_exist_is_not_found(commissioner: FlaskClient, path: str) -> None:
    assert commissioner.get(path).status_code == 404


def test_an_area_is_chosen_from_a_list(commissioner: FlaskClient) -> None:
    tree = page(commissioner, "/gaps")
    assert len(tree.xpath("//option")) > 350
    assert commissioner.get("/gaps?area=E12000006").headers["Location"] == "/gaps/E12000006"
    assert "Choose one from the list" in words(page(commissioner, "/gaps?area=zz", 400))
