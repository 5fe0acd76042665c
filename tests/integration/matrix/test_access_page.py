"""The page of how near support is: right figures, in words, for any area, and nothing of a private place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.geo.areas import areas
from directory.migrations.upgrade import upgrade
from tests.builders import make_listing

PETERBOROUGH = "E06000031"
ADDRESS = f"/matrix/{PETERBOROUGH}/access"
COUNSELLING = "Specialist one-to-one counselling"


@pytest.fixture
def new_site(empty_settings: Settings) -> Iterator[Flask]:
    """A site whose database has tables and no listings."""
    site = create_app(empty_settings)
    upgrade(site.extensions["database"])
    yield site
    site.extensions["database"].dispose()


def row_of(site: Flask, label: str, *, part: int = 4, table: int = 0) -> list[str]:
    """The cells of a support type's row. part: the group's number; table: 0 in person, 1 by phone or online."""
    page = html.fromstring(site.test_client().get(ADDRESS).text)
    section = page.xpath(f"//section[@aria-labelledby='part-{part}']")[0]
    for row in section.xpath(".//table")[table].xpath(".//tbody/tr"):
        cells = [" ".join(cell.text_content().split()) for cell in row.xpath("th|td")]
        if cells[0] == label:
            return cells[1:]
    raise AssertionError(f"no row {label}")


def add(site: Flask, **what: object) -> int:
    """Counselling in person for adults abused in childhood, unless said otherwise."""
    database: Database = site.extensions["database"]
    return make_listing(
        database,
        **({"modes": "in-person", "groups": "G4", "support_types": "G4.6", "free_to_person": "yes"} | what),
    )


def adults(number_of_people: int) -> str:
    """Two figures, as the page has it."""
    step = 10 ** (len(str(number_of_people)) - 2)
    return f"{round(number_of_people / step) * step:,} adults"


def test_one_service_in_its_own_town_is_near_and_shared_by_all_its_adults(new_site: Flask) -> None:
    add(new_site, locations="town | Peterborough | |")
    services, nearest, _within_5, _within_10, within_20, in_reach, compared = row_of(new_site, COUNSELLING)
    assert (services, within_20) == ("1", "100%")
    assert nearest in {"about 2 miles", "about 3 miles"}
    assert in_reach == f"1 service for {adults(areas()[PETERBOROUGH].population_18_and_over)}"
    assert compared == "More here. In the middle: None in reach"


def test_the_page_follows_the_listings(new_site: Flask) -> None:
    page = new_site.test_client().get(ADDRESS).text
    assert "In person, we list no service anywhere" in page
    add(new_site)
    services, distance, in_reach, _compared = row_of(new_site, COUNSELLING)
    assert services == "1"
    assert distance == "No distance: the place is not known or kept private"
    assert in_reach.endswith("All of it from places not known or kept private")


def test_a_private_place_has_no_distance_and_is_nowhere_on_the_page(new_site: Flask) -> None:
    number = add(
        new_site, confidential="yes", confidential_reason="A refuge.", locations="town | Huntingdon | |"
    )
    page = new_site.test_client().get(ADDRESS).text
    assert "Huntingdon" not in page
    assert f"/services/{number}" in page
    assert row_of(new_site, COUNSELLING)[1] == "No distance: the place is not known or kept private"


def test_a_service_that_takes_nobody_from_here_is_none_listed(new_site: Flask) -> None:
    add(new_site, coverage="Huntingdonshire", locations="town | Peterborough | |")
    assert row_of(new_site, COUNSELLING) == ["None listed", "None in reach", "The same: none in reach"]


def test_help_by_phone_stands_in_its_own_table(new_site: Flask) -> None:
    add(new_site, modes="remote", coverage="England and Wales")
    everybody = sum(area.population_18_and_over for area in areas().values())
    services, in_reach, compared = row_of(new_site, COUNSELLING, table=0)
    assert services == "1"
    assert in_reach == f"1 service for {adults(everybody)}"
    assert compared.startswith("About the same")


def test_what_a_listing_says_is_shown_as_words_and_never_run(new_site: Flask) -> None:
    add(new_site, name="<script>alert(1)</script>")
    page = new_site.test_client().get(ADDRESS).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("code", ["E06000053", "E09000001", "W06000023", "E07000242"])
def test_every_table_of_an_authority_has_a_caption_heads_and_no_empty_cell(
    client: FlaskClient, code: str
) -> None:
    page = html.fromstring(client.get(f"/matrix/{code}/access").text)
    tables = page.xpath("//main//table")
    assert len(tables) >= 12
    for table in tables:
        assert table.xpath("caption")
        width = len(table.xpath("thead/tr/th[@scope='col']"))
        for row in table.xpath("tbody/tr"):
            assert len(row.xpath("th[@scope='row']")) == 1
            assert sum(int(cell.get("colspan", 1)) for cell in row.xpath("th|td")) == width
            assert all(cell.text_content().strip() for cell in row.xpath("th|td"))
            assert all(cell.get("data-head") for cell in row.xpath("td"))


def test_what_was_assumed_is_told(client: FlaskClient) -> None:
    page = html.fromstring(client.get(ADDRESS).text)
    told = " ".join(page.xpath("//section[@aria-labelledby='how']")[0].text_content().split())
    for assumption in (
        "straight lines",
        "Postcodes no longer in use are counted too",
        "Up to 20 km (12.4 miles) away: a place counts 100%",
        "Up to 60 km (37.3 miles) away: a place counts 22%",
        "Every service counts as one",
        "First we ask whose residents a service takes",
        "shared out evenly among all the people it takes",
    ):
        assert assumption in told


def test_a_wider_area_leads_to_its_authorities(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/matrix/W92000004/access").text)
    rows = page.xpath("//main//tbody/tr")
    assert len(rows) == 22
    listed, placed = (int(cell.text_content()) for cell in rows[0].xpath("td"))
    authority = html.fromstring(client.get(rows[0].xpath("th/a/@href")[0]).text).text_content()
    assert f"For {listed} of them we list a service that takes people from here." in authority
    assert f"For {placed} of them we know a place as well." in authority


@pytest.mark.parametrize(
    "code", ["nowhere", "E06999999", "e06000031", "E06000031'--", "<b>", "%00", "..", "E" * 3000]
)
def test_an_area_that_does_not_exist_is_not_found(client: FlaskClient, code: str) -> None:
    answer = client.get(f"/matrix/{code}/access")
    assert answer.status_code == 404
    assert "<b>" not in answer.text


def test_reading_it_keeps_nothing_and_leaves_nothing(client: FlaskClient) -> None:
    answer = client.get(ADDRESS)
    assert "Set-Cookie" not in answer.headers
    assert "no-store" in answer.headers["Cache-Control"]
    title = html.fromstring(answer.text).xpath("//title")[0].text_content()
    assert title.strip() == "How near support is: Peterborough – Support Directory"
