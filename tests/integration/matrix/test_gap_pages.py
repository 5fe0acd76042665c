"""The pages of a gap register, as a commissioner reads them, and as anybody reads them on a public site."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from openpyxl import load_workbook

from directory.app import create_app
from directory.config import Settings
from directory.migrations.upgrade import upgrade
from directory.reference.hours import LONDON
from tests.builders import make_listing

REGISTER = "/gaps/E06000031"
COUNTY = "/gaps/cambridgeshire-and-peterborough"
NONE = "E06000031-G2.3-none"


@pytest.fixture
def site(empty_settings: Settings) -> Flask:
    """Peterborough: no early support for children by word of the partnership, and two listings."""
    app = create_app(replace(empty_settings, rate_limits=False))
    upgrade(app.extensions["database"])
    day = datetime.now(LONDON).date() - timedelta(days=3)
    say(app, "matrix", "state", "E06000031", "G2.3", "--exists", "none", "--for", "partnership",
        "--by", "partnership manager", "--on", str(day), "--evidence", "Audit of the spring")  # fmt: skip
    told = {"contact_routes": "telephone | 01632 960001", "free_to_person": "yes"}
    database = app.extensions["database"]
    by_referral = make_listing(
        database, name="<b>Example</b> Service A", modes="in-person", referral_routes="professional", **told
    )
    say(app, "listings", "confirm", str(by_referral), "--by", "service manager", "--on", str(day))
    number = make_listing(database, support_types="G4.4", modes="in-person;remote", **told)
    say(app, "matrix", "funding", str(number), "--ends", str(day + timedelta(days=60)), "--by", "manager")
    return app


def say(app: Flask, *arguments: str) -> None:
    result = app.test_cli_runner().invoke(args=list(arguments))
    assert result.exit_code == 0, result.output


@pytest.fixture
def commissioner(site: Flask) -> FlaskClient:
    """A reader of a site that is not public: only those who run it can reach it."""
    return site.test_client()


@pytest.fixture
def public(site: Flask) -> FlaskClient:
    """A reader of the same data on a public site."""
    return create_app(replace(site.config["SETTINGS"], public=True)).test_client()


def page(client: FlaskClient, address: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return html.fromstring(answer.text)


def words(tree: html.HtmlElement) -> str:
    return " ".join(tree.text_content().split())


def ids(tree: html.HtmlElement, name: str) -> list[str]:
    """The gap ids of one list of the page."""
    links = tree.xpath(f"//section[@aria-labelledby='{name}']//tbody//th//a/@href")
    return [link.split("?")[0].rsplit("/", 1)[1] for link in links]


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


def test_what_is_for_commissioners_never_leaves_a_public_site(
    site: Flask, commissioner: FlaskClient, public: FlaskClient
) -> None:
    say(site, "gaps", "set", NONE, "--status", "disputed", "--because", "There is one.",
        "--by", "commissioning manager", "--on", str(datetime.now(LONDON).date()))  # fmt: skip
    secret = (
        "There is one.", "commissioning manager", "partnership manager", "Audit of the spring", "Disputed",
        "Priority", "points", "funding-ends", "The money of",
    )  # fmt: skip
    addresses = (
        REGISTER,
        f"{REGISTER}?w-people=99",
        f"{REGISTER}/{NONE}",
        f"{REGISTER}.csv",
        f"{REGISTER}/plain",
    )
    for address in addresses:
        answer = public.get(address)
        assert answer.status_code == 200
        assert [one for one in secret if one in answer.text] == [], address
    assert public.get(f"{REGISTER}/E06000031-G4.4-funding-ends").status_code == 404
    book = load_workbook(io.BytesIO(public.get(f"{REGISTER}.xlsx").data))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [one for one in secret if any(one in cell for cell in cells)] == []
    assert ids(page(public, REGISTER), "gaps")[0] == NONE
    held = words(page(commissioner, REGISTER))
    assert "Disputed" in held and "Priority" in held


def test_upper_bounds_are_not_for_the_public(commissioner: FlaskClient, public: FlaskClient) -> None:
    query = f"{REGISTER}?group=G7&list=questions"
    assert "at most" in words(page(commissioner, query))
    assert "at most" not in words(page(public, query)) and "not told here" in words(page(public, query))


def test_the_register_is_taken_away_with_its_types_and_sources(commissioner: FlaskClient) -> None:
    answer = commissioner.get(f"{REGISTER}.csv?list=gaps")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="register-E06000031-')
    assert answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert {row["Id"] for row in rows} == set(ids(page(commissioner, REGISTER), "gaps"))
    (none,) = (row for row in rows if row["Id"] == NONE)
    parts = [int(value) for name, value in none.items() if name.endswith(", points")]
    assert sum(parts) == int(none["Priority, of 100"])
    book = load_workbook(io.BytesIO(commissioner.get(f"{REGISTER}.xlsx").data))
    assert book.sheetnames == ["Register of Peterborough", "Decisions", "Sources"]
    heads = [cell.value for cell in book.worksheets[0][1]]
    high = book.worksheets[0].cell(2, heads.index("People, high") + 1).value
    assert isinstance(high, int) and high >= 10


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


def test_names_are_escaped_and_no_reason_is_run_by_a_spreadsheet(
    site: Flask, commissioner: FlaskClient
) -> None:
    told = commissioner.get(f"{REGISTER}/E06000031-G4.6-professional-only-in-person").text
    assert "&lt;b&gt;Example&lt;/b&gt; Service A" in told and "<b>Example" not in told
    say(site, "gaps", "set", NONE, "--status", "planned", "--because", "'=1+1",
        "--by", "manager", "--on", str(datetime.now(LONDON).date()))  # fmt: skip
    assert "'=1+1" in commissioner.get(f"{REGISTER}.csv").text
