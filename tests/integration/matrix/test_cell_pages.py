"""A cell opened: its services with every test, what has been said and where it holds, and who may see what."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.actions.withdraw_statement import withdraw_statement
from directory.config import Settings
from directory.matrix.types import State
from tests.accounts import commissioner_of
from tests.builders import make_listing
from tests.integration.matrix.grid_pages import (
    PETERBOROUGH,
    confirm,
    database_of,
    half_states,
    page,
    small_site,
    state,
    today,
    words,
)

CELL = f"/matrix/{PETERBOROUGH}/G4.6"
FOR_COMMISSIONERS = ("Training records, 2026", "Works for some", "partnership manager")


@pytest.fixture
def site(empty_settings: Settings) -> Flask:
    return small_site(empty_settings)


def test_a_service_shows_what_it_passes_and_what_it_fails(site: Flask) -> None:
    number = make_listing(database_of(site), modes="in-person", free_to_person="no", name="Example Service B")
    tree = page(site.test_client(), CELL)
    (row,) = tree.cssselect("section[aria-labelledby='half-in-person'] tbody tr")
    assert row.cssselect("th a")[0].get("href") == f"/services/{number}"
    fails, passes = (words(row.cssselect(f"td[data-head='{head}']")[0]) for head in ("Fails", "Passes"))
    assert "Charges the person" in fails and "Not yet confirmed by the service" in fails
    assert "Takes everyone who lives here" in passes and "Free" not in passes
    assert half_states(tree) == {"in-person": "partly", "remote": "not-known"}


def test_a_confirmed_service_passes_everything_and_says_when(site: Flask) -> None:
    number = make_listing(database_of(site), modes="in-person", free_to_person="yes")
    confirm(site, number)
    tree = page(site.test_client(), CELL)
    (row,) = tree.cssselect("section[aria-labelledby='half-in-person'] tbody tr")
    assert words(row.cssselect("td[data-head='Fails']")[0]) == "Nothing"
    assert "Confirmed by the service on" in words(row.cssselect("td[data-head='Passes']")[0])


def test_words_of_a_listing_are_escaped(site: Flask) -> None:
    make_listing(database_of(site), name="<script>alert(1)</script>", modes="in-person")
    answer = site.test_client().get(CELL)
    assert "<script>alert(1)" not in answer.text and "&lt;script&gt;alert(1)" in answer.text


def test_a_confidential_place_is_nowhere_on_the_pages_of_the_matrix(client: FlaskClient) -> None:
    for path in ("G2.12", "calls"):
        assert "confidential" not in client.get(f"/matrix/{PETERBOROUGH}/{path}").text


def test_a_wider_statement_holds_until_a_more_local_one_is_made(site: Flask) -> None:
    client = site.test_client()
    cell = "/matrix/E07000195/G2.1"
    state(site, "E10000028", "G2.1", State.AVAILABLE, what="Everyone is trained.")
    told = words(page(client, cell))
    assert "Made for Staffordshire, and holds here until a more local one is made" in told
    assert half_states(page(client, cell))["in-person"] == "available"
    state(site, "E07000195", "G2.1", State.NOT_AVAILABLE)
    told = words(page(client, cell))
    assert half_states(page(client, cell))["in-person"] == "not-available"
    assert "Made for Staffordshire; another statement holds here now" in told
    assert told.index("Made for Newcastle-under-Lyme") < told.index("Made for Staffordshire;")


def test_what_was_taken_back_reads_as_past_before_what_it_said(site: Flask) -> None:
    state(site, PETERBOROUGH, "G2.8", State.NOT_AVAILABLE, what="There is no group.")
    state(site, PETERBOROUGH, "G2.8", State.NOT_AVAILABLE, what="Still no group.")
    with database_of(site).transaction() as session:
        withdraw_statement(
            session, 2, because="Secret reason", role="partnership manager", on=today(), today=today()
        )
    for reader in (site.test_client(), commissioner_of(site, PETERBOROUGH)):
        tree = page(reader, f"/matrix/{PETERBOROUGH}/G2.8")
        assert half_states(tree) == {"in-person": "not-known", "remote": "not-known"}
        section = tree.cssselect("section[aria-labelledby='half-in-person']")[0]
        told = words(section)
        assert "nobody says anything of it now" in told and "nobody has said" not in told
        taken_back = next(one for one in section.cssselect(".statement") if one.cssselect("details"))
        assert words(taken_back).startswith(f"Taken back on {today().day} ")
        assert "It said○ Not availableStill no group." in words(taken_back.cssselect("details")[0])
        assert "Made for Peterborough; it does not hold here now" in told
        assert not [one for one in section.cssselect("dt") if words(one) in {"Said", "Where it holds"}]
    assert "Secret reason" in told
    assert "Secret reason" not in words(page(site.test_client(), f"/matrix/{PETERBOROUGH}/G2.8"))


def test_two_statements_that_differ_are_disputed_and_both_are_shown(site: Flask) -> None:
    state(site, PETERBOROUGH, "G2.1", State.AVAILABLE)
    state(site, PETERBOROUGH, "G2.1", State.NOT_AVAILABLE, body="commissioner", role="health commissioner")
    tree = page(commissioner_of(site, PETERBOROUGH), f"/matrix/{PETERBOROUGH}/G2.1")
    section = tree.cssselect("section[aria-labelledby='half-in-person']")[0]
    assert "Disputed." in words(section)
    said = {words(one.cssselect(".state")[0]) for one in section.cssselect(".statement")}
    assert said == {"● Available", "○ Not available"}


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize(("area", "is_hers"), [("", False), (PETERBOROUGH, True), ("E08000035", False)])
def test_what_is_for_commissioners_is_for_those_of_the_area_alone(
    empty_settings: Settings, public: bool, area: str, is_hers: bool
) -> None:
    site = small_site(empty_settings, public=public)
    reader = commissioner_of(site, area) if area else site.test_client()
    state(
        site, PETERBOROUGH, "G2.1", State.AVAILABLE,
        effective="mixed", evidence="Training records, 2026", what="Everyone is trained.",
    )  # fmt: skip
    told = words(page(reader, f"/matrix/{PETERBOROUGH}/G2.1"))
    assert "Everyone is trained." in told
    assert [fact in told for fact in FOR_COMMISSIONERS] == [is_hers] * 3


def test_a_dispute_is_on_no_public_page(empty_settings: Settings) -> None:
    site = small_site(empty_settings, public=True)
    make_listing(database_of(site), modes="in-person")
    state(site, PETERBOROUGH, "G4.6", State.NOT_AVAILABLE)
    tree = page(site.test_client(), CELL)
    assert half_states(tree)["in-person"] == "partly"
    assert "Disputed" not in words(tree)
    in_person = tree.cssselect("section[aria-labelledby='half-in-person']")[0]
    assert "differ" not in words(in_person) and in_person.cssselect(".statement") == []


def test_a_public_page_invites_nothing_that_cannot_be_recorded(client: FlaskClient) -> None:
    for path in ("", "/G2.1", "/calls", "/views", "/views/effective"):
        tree = page(client, f"/matrix/{PETERBOROUGH}{path}")
        assert tree.cssselect("main form, main button, main input, main textarea") == []


def test_in_wales_the_leads_are_welsh_ones(client: FlaskClient) -> None:
    told = words(page(client, "/matrix/W06000015/G2.7"))
    assert "local health board" in told and "integrated care board" not in told
    assert "integrated care board (NHS)" in words(page(client, f"/matrix/{PETERBOROUGH}/G2.7"))
    assert "local health board" in words(page(client, "/matrix/W92000004/G2.7"))
