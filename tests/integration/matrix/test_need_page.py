"""The page of need: its words, its ways round, what it says where figures are missing, and wrong input."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from directory.app import create_app
from directory.config import Settings
from directory.geo.areas import areas
from tests.builders import make_database, make_listing


def page(client: FlaskClient, code: str, **query: str) -> html.HtmlElement:
    answer = client.get(f"/matrix/{code}/need", query_string=query)
    assert answer.status_code == 200, (code, answer.status_code)
    return html.document_fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    """What a reader sees, in one line; the pictures' words left out, as they stand in tables too."""
    return " ".join(" ".join(element.xpath(".//text()[not(ancestor::*[local-name()='svg'])]")).split())


def cells(tree: html.HtmlElement, group: str) -> dict[str, str]:
    """Head → cell of one group's line."""
    row = tree.xpath(f"//tbody[@id='need-{group}']/tr[1]")[0]
    return {cell.get("data-head"): words(cell) for cell in row.xpath("td")}


def test_a_calm_line_stands_before_the_figures_and_leads_past_them(client: FlaskClient) -> None:
    tree = page(client, "E06000031")
    assert words(tree.xpath("//h1")[0]) == "Need in Peterborough"
    assert tree.xpath("//title")[0].text == "Need in Peterborough – Support Directory"
    first = tree.xpath("//main//h1/following-sibling::*[1]")[0]
    assert "figures about child sexual abuse" in words(first)
    (target,) = first.xpath(".//a/@href")
    after = tree.xpath(f"//*[@id='{target[1:]}']")[0]
    assert after.xpath("following::a[@href='tel:116123']")
    assert after.xpath("following::table") == []


def test_each_group_shows_a_range_an_assumption_and_what_is_not_known(client: FlaskClient) -> None:
    found = cells(page(client, "E06000031"), "G2")
    assert found["People estimated"] == "about 2,300 (1,700 to 2,800) a year"
    assert found["Likely to seek support"] == "about 560 (420 to 700) a year 25 in 100 (our assumption)"
    assert "capacity not known for" in found["Places known"]
    assert found["Without a place"] == "at least 0, at most 700 a year"


def test_every_rate_says_that_it_is_national_and_where_it_is_from(client: FlaskClient) -> None:
    tree = page(client, "E06000031")
    assert "A national rate applied locally." in words(tree)
    for number in range(1, 10):
        details = tree.xpath(f"//tbody[@id='need-G{number}']//details")[0]
        assert "Source of the rate:" in words(details)
        assert details.xpath(".//a[starts-with(@href, 'https://')]")
        assert "Year:" in words(details) and "Ages:" in words(details)


def test_all_75_kinds_of_support_are_there_without_a_number_that_is_not_known(client: FlaskClient) -> None:
    tree = page(client, "E06000031")
    rows = tree.xpath("//details[preceding-sibling::h2[1][@id='by-type']]//tbody/tr")
    assert len(rows) == 75
    for row in rows:
        places, without = (words(cell) for cell in row.xpath("td"))
        assert without == "not known"
        assert "capacity not known for" in places or places.startswith("no")


def test_places_that_a_service_told_are_shown_and_narrow_the_range(empty_settings: Settings) -> None:
    database = make_database(empty_settings.database_url)
    make_listing(database, support_types="G4.6", groups="G4", capacity_per_year="120", free_to_person="yes")
    make_listing(database, support_types="G4.6", groups="G4", capacity_per_year="999", free_to_person="no",
                 cost_note="The person pays.")  # fmt: skip
    database.dispose()
    tree = page(create_app(empty_settings).test_client(), "E06000031")
    found = cells(tree, "G4")
    assert found["Places known"] == "120 places a year"
    # 13,615 to 16,603 adults × 25 % ÷ 10 years, less 120: 220 to 295.
    assert found["Without a place"] == "at least 220, at most 300 a year"
    kind = tree.xpath("//tr[th='Specialist one-to-one counselling']/td")
    assert [words(cell) for cell in kind] == ["120 places a year", "at least 220, at most 300 a year"]


def test_a_reader_tries_another_share_and_sees_it_marked_as_theirs(client: FlaskClient) -> None:
    tree = page(client, "E06000031", uptake="50", years="5")
    assert cells(tree, "G2")["Likely to seek support"].endswith("50 in 100 (your assumption)")
    adults = cells(tree, "G4")["Likely to seek support"]
    assert adults.endswith("50 in 100 (your assumption), over 5 years (your assumption)")
    ours = cells(page(client, "E06000031"), "G4")["Likely to seek support"]
    assert ours.endswith("25 in 100 (as published), over 10 years (our assumption)")
    assert "not known" not in cells(tree, "G5")["Likely to seek support"]
    assert tree.xpath("//input[@id='uptake']/@value") == ["50"]


@pytest.mark.parametrize("uptake", ["0", "101", "-5", "2.5", "half", "²", "9" * 5000, "<script>", "25 25"])
def test_a_wrong_share_is_answered_in_words_beside_its_box(client: FlaskClient, uptake: str) -> None:
    answer = client.get("/matrix/E06000031/need", query_string={"uptake": uptake})
    tree = html.document_fromstring(answer.text)
    assert answer.status_code == 400
    assert "whole number from 1 to 100" in words(tree.xpath("//p[@id='uptake-error']")[0])
    assert tree.xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href") == ["#uptake"]
    assert tree.xpath("//title")[0].text.startswith("There is a problem: ")
    assert cells(tree, "G2")["Likely to seek support"].endswith("25 in 100 (our assumption)")


@pytest.mark.parametrize("years", ["0", "51", "x", "1e1"])
def test_a_wrong_number_of_years_is_answered_too(client: FlaskClient, years: str) -> None:
    answer = client.get("/matrix/E06000031/need", query_string={"years": years})
    assert answer.status_code == 400
    assert "whole number from 1 to 50" in answer.text


@pytest.mark.parametrize("code", ["E99999999", "peterborough", "x" * 3000, "%00", "'", "E06000031%0a"])
def test_an_area_that_is_not_there_is_not_found(client: FlaskClient, code: str) -> None:
    assert client.get(f"/matrix/{code}/need").status_code == 404


def test_a_district_is_shown_the_countys_figure_and_told_so(client: FlaskClient) -> None:
    tree = page(client, "E07000192")
    text = words(tree)
    assert "In Cannock Chase children’s services are run by Staffordshire." in text
    assert "they cannot be divided" in text
    assert "Staffordshire" in words(tree.xpath("//figcaption")[0])


@pytest.mark.parametrize("code", ["W06000015", "W92000004", "W15000003"])
def test_wales_is_told_as_not_published_and_has_an_iceberg_without_a_tip(
    client: FlaskClient, code: str
) -> None:
    tree = page(client, code)
    assert "In Wales nobody publishes how often" in words(tree)
    assert tree.xpath("//*[contains(@class, 'iceberg__body')]")
    assert tree.xpath("//*[contains(@class, 'iceberg__tip')]") == []
    assert tree.xpath("//*[@id='trend-title']") == []


def test_south_tynesides_noughts_are_shown_with_a_caution(client: FlaskClient) -> None:
    text = words(page(client, "E08000023"))
    assert "South Tyneside recorded 0 among a hundred assessments or more in: 2023, 2024, 2025." in text
    assert "not that no child was abused" in text


def test_the_pictures_say_their_finding_and_stand_in_tables_too(client: FlaskClient) -> None:
    tree = page(client, "E06000031")
    iceberg, trend = (tree.xpath(f"//*[@id='{name}-title']")[0].text for name in ("iceberg", "trend"))
    assert "about 2,300 (1,700 to 2,800) children" in iceberg and iceberg.endswith(": 253.")
    assert trend == "Peterborough: 43.9 for each 10,000 children in 2025; England: 25.8."
    section = words(tree.xpath("//h2[@id='identified']/..")[0])
    assert "about 11 in 100 (9 to 15)" in section
    assert "may differ from those on the CSA Centre’s Data Insights Hub" in section
    years = tree.xpath("//h2[@id='identified']/following-sibling::details//tbody/tr/th")
    assert [words(each) for each in years] == [str(year) for year in range(2018, 2026)]


def test_a_visitor_is_shown_no_upper_bound_and_a_commissioner_is(
    listed_app: Flask, client: FlaskClient, commissioner_client: FlaskClient
) -> None:
    on_a_public_site = create_app(replace(listed_app.config["SETTINGS"], public=True)).test_client()
    for group in ("G7", "G8"):
        for visitor in (client, on_a_public_site):
            tree = page(visitor, "E06000031")
            assert "not shown here" in cells(tree, group)["People estimated"]
            assert "2,700" not in words(tree.xpath(f"//tbody[@id='need-{group}']")[0])
        hers = cells(page(commissioner_client, "E06000031"), group)
        assert hers["People estimated"] == "at most 2,700, an upper bound"


def test_every_area_has_its_page(client: FlaskClient) -> None:
    wide = {
        code
        for area in areas().values()
        for code in (area.utla_code, area.region_code, area.police_force_code)
    }
    for code in (*areas(), *sorted(wide - set(areas())), "E92000001", "W92000004", "K04000001"):
        answer = client.get(f"/matrix/{code}/need")
        assert answer.status_code == 200, code
        assert "None" not in answer.text and "Fraction(" not in answer.text, code


def test_the_page_keeps_nothing_on_the_device(client: FlaskClient) -> None:
    answer = client.get("/matrix/E06000031/need?uptake=30")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_says_where_staff_find_support(client: FlaskClient) -> None:
    text = words(page(client, "E06000031"))
    assert "People who work with these figures may be victims/survivors too." in text
