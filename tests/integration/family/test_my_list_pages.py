"""My list on the page: adding, taking off, full, gone; and the address that shares services alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from directory.queries.listings import listings_version
from directory.search.my_list import ENTRIES_MAX
from tests.integration.family.visits import add_people, choose, headings, page, words
from tests.integration.finder.test_every_listing_has_its_page import listed_ids


@pytest.fixture
def visitor(listed_app: Flask) -> FlaskClient:
    """A visitor of their own: no list of another test."""
    return listed_app.test_client()


def test_adding_leads_back_to_the_card_it_was_added_on(visitor: FlaskClient) -> None:
    came_from = {"Referer": "http://localhost/find/results?f=&p=1"}
    answer = visitor.post("/my-list/add", data={"service": 1, "entry": 3}, headers=came_from)
    assert answer.headers["Location"] == "/find/results?f=&p=1#entry-3"


@pytest.mark.parametrize(
    "came_from",
    [
        "https://example.org/find/results",
        "http://localhost//example.org/",
        "http://localhost/\\example.org/",
        "http://localhost/my-list/add",
        "http://localhost/find",
        "http://localhost/nothing",
        "javascript:alert(1)",
        "nonsense",
        "http://[",
    ],
)
def test_going_back_leads_only_to_pages_of_ours_that_can_be_read(
    visitor: FlaskClient, came_from: str
) -> None:
    answer = visitor.post("/my-list/add", data={"service": 1}, headers={"Referer": came_from})
    assert answer.headers["Location"] == "/my-list"


def test_what_was_chosen_stands_under_the_person_or_under_nobody(visitor: FlaskClient) -> None:
    add_people(visitor)
    choose(visitor, 1, 1)
    choose(visitor, 22, 3)
    choose(visitor, 11)
    tree = page(visitor, "/my-list")
    assert headings(tree)[:5] == ["Mother", "Daughter", "Brother", "Grandparent", "Not for one person"]
    assert "Support for parents, carers and families" in words(tree, "//section[@aria-labelledby='chosen-1']")
    assert "Nothing chosen yet." in words(tree, "//section[@aria-labelledby='chosen-2']")
    visitor.post("/my-list/remove", data={"service": "22-3"})
    assert "Nothing chosen yet." in words(page(visitor, "/my-list"), "//section[@aria-labelledby='chosen-3']")


def test_a_full_list_says_so_and_takes_nothing_more(visitor: FlaskClient) -> None:
    ids = [int(number) for number in listed_ids()[: ENTRIES_MAX + 1]]
    for number in ids[:-1]:
        choose(visitor, number)
    answer = visitor.post("/my-list/add", data={"service": ids[-1]})
    assert answer.status_code == 400
    assert "Your list is full: it holds 30. Take something off it first." in answer.text
    assert "30 services of 30 at most." in words(page(visitor, "/my-list"))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"service": ""},
        {"service": "x"},
        {"service": "0"},
        {"service": "-1"},
        {"service": "99999999999"},
        {"service": "4000000000"},
        {"service": "999999"},
        {"service": "١"},
        {"service": "1", "person": "1"},
        {"service": "1", "person": "99"},
        {"service": "1-9"},
        {"service": "1-1-1"},
    ],
)
def test_a_form_that_somebody_changed_is_answered_in_words(
    visitor: FlaskClient, fields: dict[str, str]
) -> None:
    answer = visitor.post("/my-list/add", data=fields)
    assert answer.status_code == 400
    assert "<h1" in answer.text and "Set-Cookie" not in answer.headers


def test_a_service_that_cannot_be_reached_may_be_kept_but_not_put_on_a_sheet_and_the_page_says_why(
    small_visitor: FlaskClient, listed: Callable[..., int]
) -> None:
    choose(small_visitor, listed(contact_routes="", url="", name="Example Service B"))
    choose(small_visitor, listed(name="Example Service A"))
    told = words(page(small_visitor, "/my-list"))
    assert "These cannot go on a sheet: nobody has yet told us how to reach them. Example Service B" in told
    sheet = words(page(small_visitor, "/my-list/sheet/0"))
    assert "Example Service A" in sheet and "Example Service B" not in sheet


def test_a_name_that_says_much_is_pointed_out_before_the_sheet_is_made(
    small_visitor: FlaskClient, listed: Callable[..., int]
) -> None:
    choose(small_visitor, listed(name="Example Rape Support"))
    choose(small_visitor, listed(name="Example Service A"))
    notices = page(small_visitor, "/my-list").xpath("//p[@class='my-list__notice']")
    assert [words(each.getparent(), ".//label") for each in notices] == ["Example Rape Support"]


def test_the_page_says_first_that_files_stay_on_this_device(visitor: FlaskClient) -> None:
    choose(visitor, 1)
    told = words(page(visitor, "/my-list"))
    assert told.index("stay on this device") < told.index("See and print the sheet")
    sheet = words(page(visitor, "/my-list/sheet/0"))
    assert sheet.index("stays on this device") < sheet.index("Download this sheet")


def test_a_shared_list_shows_services_and_names_by_number_what_is_no_longer_listed(
    visitor: FlaskClient,
) -> None:
    tree = page(visitor, "/list/22-99999-1-22")
    assert words(tree, "//h1") == "2 services on this list"
    assert "Listing 99999 is no longer listed." in words(tree)
    assert tree.xpath("//a[starts-with(@href, '/compare/')]/@href") == ["/compare/22-1"]
    links = list(tree.xpath("//article//h2//a/@href"))
    assert links == ["/services/22", "/services/1"]
    assert "http://localhost/list/22-99999-1" in words(tree)


def test_the_address_to_share_holds_each_service_once_and_no_person(visitor: FlaskClient) -> None:
    add_people(visitor)
    choose(visitor, 22, 3)
    choose(visitor, 1, 1)
    choose(visitor, 22, 1)
    assert words(page(visitor, "/my-list"), "//code") == "http://localhost/list/22-1"


@pytest.mark.parametrize(
    "address",
    [
        "/list/x",
        "/list/1--2",
        "/list/0",
        "/list/4000000000",
        "/compare/1-2-3-4-5",
        "/compare/x",
        "/compare?n=x",
    ]
    + ["/compare", "/compare?n=1&n=2&n=3&n=4&n=5", "/list/" + "-".join(map(str, range(1, 33)))],
)
def test_an_address_of_numbers_that_cannot_be_read_is_answered_in_words(
    visitor: FlaskClient, address: str
) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 400
    assert "<h1" in answer.text


def test_a_comparison_is_a_table_with_heads_and_says_what_is_not_known(visitor: FlaskClient) -> None:
    choice = visitor.get("/compare?n=22&n=1&n=22")
    assert choice.headers["Location"] == "/compare/22-1"
    tree = page(visitor, "/compare/22-1-99999")
    assert len(tree.xpath("//table/thead//th[@scope='col']")) == 3
    rows = tree.xpath("//table/tbody/tr")
    assert all(len(row.xpath("th[@scope='row']")) == 1 and len(row.xpath("td")) == 2 for row in rows)
    (waiting,) = [row for row in rows if words(row, "th") == "Waiting list"]
    assert [words(cell, ".") for cell in waiting.xpath("td")] == ["Not known", "Not known"]
    assert "Listing 99999 is no longer listed." in words(tree)
    assert len(tree.xpath("//div[@class='compare-stack']//h2")) == 2


def test_reading_a_list_changes_no_listing(visitor: FlaskClient, listed_app: Flask) -> None:
    database = listed_app.extensions["database"]
    with database.reading() as session:
        before = listings_version(session)
    add_people(visitor)
    choose(visitor, 1, 1)
    page(visitor, "/my-list/working-sheet")
    with database.reading() as session:
        assert listings_version(session) == before


def test_who_has_nothing_yet_is_one_tap_from_the_services_and_their_place(visitor: FlaskClient) -> None:
    results = add_people(visitor)
    answer = visitor.get("/my-list", headers={"Referer": f"http://localhost{results}"})
    tree = html.fromstring(answer.text)
    (link,) = tree.xpath("//section[@aria-labelledby='chosen-2']//a/@href")
    assert link == results
    assert "Find services for the daughter" in words(tree, "//section[@aria-labelledby='chosen-2']")
    elsewhere = visitor.get("/my-list", headers={"Referer": "https://example.org/family/results"})
    (link,) = html.fromstring(elsewhere.text).xpath("//section[@aria-labelledby='chosen-2']//a/@href")
    assert link == "/family"


def test_a_filter_for_everyone_without_a_voice_holds_for_the_help_lines(visitor: FlaskClient) -> None:
    results = add_people(visitor)
    answer = visitor.post("/family/filters", data={"at": results.split("at=")[1], "without_speaking": "yes"})
    tree = page(visitor, answer.headers["Location"])
    assert tree.xpath("//section[@class='help-now']/ul//h3/text()")[0] == "999 BSL"
