"""Somebody who acts for several organisations sees all of them, and what is said of each listing."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.config import Settings
from directory.matrix.types import State
from directory.models.confirmation import Confirmation
from tests.accounts import make_account, make_organisation, signed_in
from tests.builders import make_listing
from tests.integration.matrix.grid_pages import database_of, page, small_site, state, words

FIRST, SECOND, THIRD = "Example Organisation", "Another <Example>", "Example of others"


@pytest.fixture
def site(empty_settings: Settings) -> Flask:
    """Three organisations with one listing each."""
    site = small_site(empty_settings)
    for name in (FIRST, SECOND, THIRD):
        make_listing(database_of(site), organisation=name, name=f"Service of {name}")
    return site


def member(site: Flask, *, owner_of: tuple[str, ...] = (), editor_of: tuple[str, ...] = ()) -> FlaskClient:
    database = database_of(site)
    numbers = {name: make_organisation(database, name) for name in (FIRST, SECOND, THIRD)}
    return signed_in(
        site,
        make_account(
            database,
            owner_of=[numbers[name] for name in owner_of],
            editor_of=[numbers[name] for name in editor_of],
        ),
    )


def links(client: FlaskClient, address: str, within: str) -> dict[str, str]:
    """Words → address of the links in a part of a page."""
    found = page(client, address).xpath(f"{within}//a")
    return {" ".join(link.text_content().split()): link.get("href") for link in found}


def test_the_bar_and_the_account_name_every_organisation(site: Flask) -> None:
    both = member(site, owner_of=(FIRST,), editor_of=(SECOND,))
    for address, within in (("/matrix", "//nav[contains(@class, 'signed-in')]"), ("/account", "//main")):
        found = links(both, address, within)
        assert found[f"People of {FIRST}"] == "/organisations/1/people"
        assert found[f"People of {SECOND}"] == "/organisations/2/people"
        assert not [one for one in found if THIRD in one]
    for link in (f"/organisations/{number}/people" for number in (1, 2)):
        assert both.get(link).status_code == 200
    one = links(member(site, owner_of=(THIRD,)), "/matrix", "//nav[contains(@class, 'signed-in')]")
    assert one["People"] == "/organisations/3/people"


def test_each_of_several_has_its_own_file_and_way_to_send_it_back(site: Flask) -> None:
    both = member(site, owner_of=(FIRST,), editor_of=(SECOND,))
    found = links(both, "/my-listings", "//main")
    for number, name in ((1, FIRST), (2, SECOND)):
        assert found[f"People of {name}"] == f"/organisations/{number}/people"
        assert found[f"as a CSV file ({name})"] == f"/my-listings/file.csv?organisation={number}"
        assert (
            found[f"Its listings as an Excel workbook ({name})"]
            == f"/my-listings/file.xlsx?organisation={number}"
        )
        assert found[f"Upload the edited file ({name})"] == "/my-listings/upload"
    file = both.get("/my-listings/file.csv?organisation=2").text
    assert f"Service of {SECOND}" in file and f"Service of {FIRST}" not in file
    every = both.get("/my-listings/file.csv").text
    assert f"Service of {SECOND}" in every and f"Service of {FIRST}" in every


@pytest.mark.parametrize("number", ["3", "0", "-1", "1 ", "x", "٢", "9" * 40, "1,2"])
def test_no_file_of_another_organisation_is_given(site: Flask, number: str) -> None:
    both = member(site, owner_of=(FIRST,), editor_of=(SECOND,))
    for end in ("csv", "xlsx"):
        query = {"organisation": number}
        assert both.get(f"/my-listings/file.{end}", query_string=query).status_code == 404


def test_my_listings_tell_how_much_is_said_of_each_and_since_when(site: Flask) -> None:
    owner = member(site, owner_of=(FIRST,), editor_of=(SECOND,))
    assert "What those who plan support say of it (Service of Example Organisation): nothing yet" in words(
        page(owner, "/my-listings")
    )
    state(site, "E06000031", "G4.6", State.PARTLY, what="One evening a week.")
    told = words(page(owner, "/my-listings"))
    assert (
        "What those who plan support say of it (Service of Example Organisation): 1 statement, the newest of"
        in told
    )
    found = links(owner, "/my-listings", "//main")
    said = [address for text, address in found.items() if text.startswith("What those who plan support say")]
    # What is said can be answered by an owner alone: an editor is not led to a page that is refused.
    assert said == ["/my-listings/1/said"]
    assert "One evening a week." in owner.get(said[0]).text


def test_all_that_are_ticked_are_confirmed_together_whichever_organisation_they_are_of(site: Flask) -> None:
    both = member(site, owner_of=(FIRST,), editor_of=(SECOND,))
    tree = page(both, "/my-listings")
    (form,) = tree.xpath("//form[contains(@action, '/my-listings/confirm')][@id]")
    ticks = tree.xpath(f"//input[@name='id'][@form='{form.get('id')}']")
    (button,) = tree.xpath(f"//button[@form='{form.get('id')}']")
    assert [tick.get("value") for tick in ticks] == ["2", "1"] and "those I ticked" in button.text_content()
    done = both.post(form.get("action"), data={"id": ["1", "2"]}, follow_redirects=True)
    assert "2 listings are confirmed" in done.text
    assert both.post(form.get("action"), data={"id": ["1", "3"]}).status_code == 404
    with database_of(site).reading() as session:
        confirmed = session.scalars(select(Confirmation.service_id)).all()
    assert sorted(confirmed) == [1, 2]
