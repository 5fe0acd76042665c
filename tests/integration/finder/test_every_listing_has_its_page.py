"""Each service and each organisation that is listed has a page, and the page says what is not known."""

from __future__ import annotations

import csv
import re

from flask.testing import FlaskClient
from lxml import html

from directory.config import ROOT


def listed_ids() -> list[str]:
    with (ROOT / "data" / "services.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file) if row["listing"] == "listed"]


def test_every_listed_service_has_a_page_that_gives_its_source_and_whether_it_is_confirmed(
    client: FlaskClient,
) -> None:
    for service in listed_ids():
        answer = client.get(f"/services/{service}")
        assert answer.status_code == 200, service
        tree = html.fromstring(answer.text)
        words = tree.xpath("string(//article)")
        assert "Not yet confirmed by the service. Details from" in words
        assert len(tree.xpath("//h1")) == 1
        title = tree.xpath("string(//title)")
        assert re.fullmatch(r"Listing \d+ – Support Directory", title)


def test_every_organisation_has_a_page_with_the_services_it_runs(client: FlaskClient) -> None:
    organisations = {
        link
        for service in listed_ids()[:60]
        for link in html.fromstring(client.get(f"/services/{service}").text).xpath("//a/@href")
        if link.startswith("/organisations/")
    }
    assert len(organisations) > 20
    for address in organisations:
        tree = html.fromstring(client.get(address).text)
        assert tree.xpath("//article[contains(@class, 'card')]")


def test_a_service_shows_what_is_not_known_as_not_known(client: FlaskClient) -> None:
    tree = html.fromstring(client.get("/services/1").text)
    rows = {
        " ".join(row.xpath("string(dt)").split()): " ".join(row.xpath("string(dd)").split())
        for row in tree.xpath("//div[contains(@class, 'govuk-summary-list__row')]")
    }
    assert rows["Waiting list"] == "Not known"
    assert rows["Cost"] == "Free to the person"
    assert rows["Confirmed by the service"] == "Not yet"


def test_a_correction_is_suggested_on_a_page_of_ours_and_leaves_nothing_in_a_sent_folder(
    client: FlaskClient,
) -> None:
    links = html.fromstring(client.get("/services/1").text).xpath("//a/@href")
    assert "/services/1/correct" in links
    assert not [link for link in links if link.startswith("mailto:listings@example.org")]
