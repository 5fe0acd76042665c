"""What the finder must show, worked out straight from data/services.csv."""

from __future__ import annotations

import csv
import re

import pytest
from flask.testing import FlaskClient

from directory.config import ROOT
from directory.reference.coverage import read_coverage
from tests.integration.finder.pages import COUNTED, SECTIONS, ask, everything, page

NATION_OF = {"E": "E92000001", "W": "W92000004"}


def rows() -> list[dict[str, str]]:
    with (ROOT / "data" / "services.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def accepts_people_from(authority: str) -> set[int]:
    """The services not marked low whose coverage includes the authority."""
    found = set()
    for row in rows():
        coverage = read_coverage(row["coverage"])
        covered = authority in coverage.authorities or NATION_OF[authority[0]] in coverage.nations
        if row["confidence"] != "low" and row["listing"] == "listed" and covered:
            found.add(int(row["id"]))
    return found


@pytest.mark.parametrize(("postcode", "authority"), [("PE1 1QL", "E06000031"), ("ST4 1AA", "E06000021")])
def test_every_service_that_accepts_people_from_there_stands_in_exactly_one_section(
    client: FlaskClient, postcode: str, authority: str
) -> None:
    sections = everything(client, ask(client, postcode))
    accepted = accepts_people_from(authority)
    assert len(accepted) > 30
    for service in accepted:
        assert [name for name in SECTIONS if service in sections[name]].__len__() == 1, service
        assert service not in sections["not-for-area"]


def test_only_rows_marked_low_are_kept_back() -> None:
    assert {row["confidence"] for row in rows() if row["listing"] != "listed"} <= {"low", "medium", "high"}
    assert [row["id"] for row in rows() if row["confidence"] == "low" and row["listing"] == "listed"] == []


def test_a_parent_in_peterborough_is_shown_acts_fast_with_its_number_and_website(client: FlaskClient) -> None:
    tree = page(client, ask(client, "PE1 1QL", ["parents"]))
    cards = [
        card
        for card in tree.xpath("//section[@id='anywhere']//article")
        if "ACTS FAST" in card.text_content()
    ]
    assert len(cards) == 1
    assert "01202 797217" in cards[0].text_content()
    assert "https://www.actsfast.org.uk" in cards[0].xpath(".//a/@href")


@pytest.mark.parametrize("closed", ["Savana", "Glebe House", "BLAST", "Truth Project", "Suffolk Rape Crisis"])
def test_a_service_that_closed_is_not_even_in_the_file(closed: str) -> None:
    assert [
        row["id"] for row in rows() if closed.lower() in (row["name"] + row["organisation"]).lower()
    ] == []


def test_a_charity_that_closed_its_centre_is_not_shown_until_somebody_has_checked(
    client: FlaskClient,
) -> None:
    shown = page(client, ask(client, "Nottingham", text="Safer Living Foundation"))
    assert "Safer Living" not in "".join(shown.xpath("//article//text()"))


def test_an_empty_place_gives_helplines_and_online_help_first(client: FlaskClient) -> None:
    tree = page(client, ask(client, ""))
    assert tree.xpath("//section[@class='found']/@id")[0] == "anywhere"


def test_the_heading_counts_what_the_three_sections_hold(client: FlaskClient) -> None:
    address = ask(client, "PE1 1QL", ["parents"])
    sections = everything(client, address)
    total = len(set().union(*(sections[name] for name in COUNTED)))
    fit, maybe = (int(number) for number in re.findall(r"\d+", page(client, address).xpath("string(//h1)")))
    assert fit + maybe == total


def test_a_service_kept_back_has_no_page(client: FlaskClient) -> None:
    kept_back = next(row["id"] for row in rows() if row["listing"] != "listed")
    assert client.get(f"/services/{kept_back}").status_code == 404
