"""No address, log line, session or cookie holds the postcode, the words typed, or the group."""

from __future__ import annotations

import logging
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from tests.integration.finder.pages import ask, page


def test_the_address_holds_no_postcode_no_words_and_no_group(client: FlaskClient) -> None:
    address = unquote(
        ask(client, "PE1 1QL", ["children-hsb"], text="counselling after images", kind="therapy")
    )
    for told in ("PE1", "1QL", "hsb", "children", "counsel", "images", "therapy"):
        assert told.lower() not in address.lower()


def test_the_square_in_the_address_is_never_finer_than_fifty_postcodes(client: FlaskClient) -> None:
    # A farm in the fens: its own square kilometre would point at a handful of homes.
    assert "at=1-" not in ask(client, "PE28 2PH")


def test_every_link_of_the_results_page_keeps_the_same_silence(client: FlaskClient) -> None:
    tree = page(client, ask(client, "PE1 1QL", ["parents"], text="counselling"))
    links = [unquote(link).lower() for link in tree.xpath("//a/@href | //iframe/@src | //form/@action")]
    ours = [link for link in links if link.startswith("/")]
    assert ours
    assert [link for link in ours if "pe1" in link or "counsel" in link or "parents" in link] == []
    assert "PE1 1QL" not in tree.text_content()


def test_finding_sets_no_cookie_and_keeps_nothing(client: FlaskClient) -> None:
    answer = client.post("/find", data={"place": "PE1 1QL"})
    assert "Set-Cookie" not in answer.headers
    shown = client.get(answer.headers["Location"])
    assert "Set-Cookie" not in shown.headers
    assert shown.headers["Cache-Control"] == "no-store"


def test_no_log_line_holds_what_was_asked(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get(ask(client, "PE1 1QL", ["parents"], text="zebra"))
        client.post("/find", data={"place": "XX99 9XX"})
    logged = caplog.text.lower()
    assert "pe1" not in logged and "zebra" not in logged and "xx99" not in logged


def test_the_same_search_has_the_same_address_and_can_be_shared(client: FlaskClient) -> None:
    first = ask(client, "PE1 1QL", ["parents"], text="counselling")
    assert first == ask(client, "PE1 1QL", ["parents"], text="counselling")
    assert page(client, first).xpath("string(//h1)") == page(client, first).xpath("string(//h1)")
