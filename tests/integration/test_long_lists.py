"""Lists that grow with the site are cut into pages: a council with thousands of listings, a queue after a campaign."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask

from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.models.proposed_change import ProposedChange
from directory.reference.hours import now_utc
from tests.accounts import make_account, make_organisation, signed_in
from tests.builders import make_database, make_listing

MANY = 51


@pytest.fixture
def site(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A site of its own."""
    url = f"sqlite:///{tmp_path_factory.mktemp('long')}/site.sqlite"
    make_database(url).dispose()
    return create_app(replace(settings, database_url=url, database_read_url=url, rate_limits=False))


def with_many(site: Flask) -> tuple[Database, int]:
    """(the database, an organisation with one listing more than a page holds)."""
    database: Database = site.extensions["database"]
    for number in range(MANY):
        make_listing(database, name=f"Example Service {number:03}", organisation="Example Council")
    return database, make_organisation(database, "Example Council")


def test_each_of_my_listings_stands_on_one_page(site: Flask) -> None:
    database, council = with_many(site)
    none_yet = make_organisation(database, "Example Organisation without a listing")
    owner = signed_in(site, make_account(database, owner_of=[council, none_yet]))
    first, second = owner.get("/my-listings").text, owner.get("/my-listings?page=2").text
    found = [re.findall(r'id="listing-(\d+)"', page) for page in (first, second)]
    assert [len(one) for one in found] == [50, 1]
    assert len(set(found[0] + found[1])) == MANY
    assert "without a listing" in first and f'id="organisation-{none_yet}"' not in second
    assert first.count("No service of this organisation is listed yet.") == 1


@pytest.mark.parametrize("page", ["3", "0", "-1", "x", "9" * 30, "²"])
def test_a_page_that_is_not_there_is_not_found(site: Flask, page: str) -> None:
    database, council = with_many(site)
    owner = signed_in(site, make_account(database, owner_of=[council]))
    assert owner.get("/my-listings", query_string={"page": page}).status_code == 404


def test_the_queue_counts_all_and_shows_a_page(site: Flask) -> None:
    database, council = with_many(site)
    moderator = signed_in(site, make_account(database, roles=["moderator"]))
    now = now_utc()
    with database.transaction() as session:
        for number in range(1, MANY + 1):
            session.add(
                ProposedChange(
                    service_id=number, organisation_id=council, kind="edit", source="form", state="waiting",
                    cells={"url": "https://example.com"}, base={}, role="service manager", made_at=now, sent_at=now,
                )
            )  # fmt: skip
    first, second = moderator.get("/moderation").text, moderator.get("/moderation?page=2").text
    assert f"{MANY} wait" in first and f"{MANY} wait" in second
    found = [re.findall(r"/moderation/changes/(\d+)", page) for page in (first, second)]
    assert [len(set(one)) for one in found] == [50, 1] and set(found[0]).isdisjoint(found[1])
