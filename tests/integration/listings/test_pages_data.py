"""What pages are given: single listings, organisations, and counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event

from directory.actions.confirm_listing import confirm_listing
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.queries.counts import listing_counts
from directory.queries.listings import get_listing, get_listings, listings_version
from directory.queries.organisations import get_organisation
from tests.builders import make_listing

TODAY = date(2026, 11, 22)


@contextmanager
def queries_of(database: Database) -> Iterator[list[str]]:
    """The statements sent while the block runs."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)


def test_twenty_listings_cost_as_many_queries_as_one(database: Database) -> None:
    ids = [make_listing(database, locations="town | Huntingdon", languages="en;cy") for _ in range(20)]
    with database.reading() as session, queries_of(database) as one:
        get_listings(session, ids[:1])
    with database.reading() as session, queries_of(database) as twenty:
        assert list(get_listings(session, ids)) == ids
    assert len(one) == len(twenty) <= 9


def test_no_ids_ask_nothing(database: Database) -> None:
    with database.reading() as session, queries_of(database) as sent:
        assert get_listings(session, []) == {}
    assert [statement for statement in sent if "SELECT" in statement] == []


def test_a_page_shows_what_is_not_known_as_not_known(database: Database) -> None:
    number = make_listing(database)
    with database.reading() as session:
        listing = get_listing(session, number)
    assert listing.free_to_person is None and listing.minimum_age is None
    assert (listing.waiting_list, listing.languages, listing.sector, listing.last_confirmed) == (
        "",
        (),
        "",
        None,
    )


@pytest.mark.parametrize(
    "what",
    [{"listing": "needs checking"}, {"inclusion": "excluded"}, {"status": "defunct"}, {"status": "inactive"}],
)
def test_what_is_not_for_the_public_has_no_page(what: dict[str, object], database: Database) -> None:
    number = make_listing(database, **what)
    with database.reading() as session:
        with pytest.raises(NotFound):
            get_listing(session, number)
        with pytest.raises(NotFound):
            get_organisation(session, 1)
        assert get_listings(session, [number]) == {}


def test_a_service_that_is_closed_for_now_keeps_its_page(database: Database) -> None:
    number = make_listing(database, status="temporarily closed")
    with database.reading() as session:
        assert get_listing(session, number).status == "temporarily closed"


@pytest.mark.parametrize("number", [0, -1, 99, 2**31 - 1])
def test_a_number_that_no_listing_has_is_not_found(number: int, either_database: Database) -> None:
    with either_database.reading() as session, pytest.raises(NotFound):
        get_listing(session, number)


def test_evidence_routes_and_sources_are_in_their_order(database: Database) -> None:
    number = make_listing(
        database,
        inclusion_evidence="free | yes | their page | 2025\nwellbeing | not known",
        contact_routes="web chat | https://www.example.org/chat\n"
        "telephone | 020 7946 0001\nRelay UK | 18001 020 7946 0001",
        source_url="https://www.example.org/b ; https://www.example.org/a",
    )
    with database.reading() as session:
        listing = get_listing(session, number)
    assert [(line.criterion, line.answer) for line in listing.inclusion_evidence] == [
        ("free", "yes"),
        ("wellbeing", "not known"),
    ]
    assert [route.href for route in listing.contact_routes] == [
        "https://www.example.org/chat",
        "tel:02079460001",
        "tel:1800102079460001",
    ]
    assert listing.source_urls == ("https://www.example.org/b", "https://www.example.org/a")


def test_an_organisation_shows_its_public_services_by_name(database: Database) -> None:
    make_listing(database, name="Example Service B", organisation_url="https://www.example.org/us")
    make_listing(database, name="Example Service A")
    make_listing(database, name="Example Service C", listing="needs checking")
    with database.reading() as session:
        organisation = get_organisation(session, 1)
    assert [listing.name for listing in organisation.services] == ["Example Service A", "Example Service B"]
    assert organisation.url == "https://www.example.org/us"


def test_the_latest_confirmation_counts_and_all_are_kept(either_database: Database) -> None:
    number = make_listing(either_database)
    for role, day in (("service manager", date(2026, 11, 20)), ("moderator", date(2026, 10, 1))):
        with either_database.transaction() as session:
            confirm_listing(session, number, role=role, on=day, today=TODAY)
    with either_database.reading() as session:
        listing = get_listing(session, number)
        assert (listing.last_confirmed, listing.confirmed_by) == (date(2026, 11, 20), "service manager")
        assert listing.seen_on == date(2026, 11, 21)
        assert listings_version(session) == 3
        assert listing_counts(session).confirmed == 1


@pytest.mark.parametrize(
    ("role", "day", "field"),
    [
        ("", TODAY, "by"),
        ("someone@example.org", TODAY, "by"),
        ("=1+1", TODAY, "by"),
        ("x" * 101, TODAY, "by"),
        ("moderator", date(2026, 11, 23), "on"),
        ("moderator", date(1999, 1, 1), "on"),
    ],
)
def test_a_confirmation_that_cannot_be_is_refused(
    role: str, day: date, field: str, database: Database
) -> None:
    number = make_listing(database)
    with pytest.raises(RuleBroken) as broken, database.transaction() as session:
        confirm_listing(session, number, role=role, on=day, today=TODAY)
    assert broken.value.field == field


def test_a_service_that_is_not_there_cannot_be_confirmed(database: Database) -> None:
    with pytest.raises(NotFound), database.transaction() as session:
        confirm_listing(session, 4, role="moderator", on=TODAY, today=TODAY)


def test_counts_leave_out_what_the_public_does_not_find(database: Database) -> None:
    make_listing(database, confidence="high", source_date="2024-03", free_to_person="yes")
    make_listing(database, confidence="medium", source_date="2025", free_to_person="no")
    make_listing(database, confidence="medium", source_date="", organisation="Example Other")
    make_listing(database, listing="needs checking")
    make_listing(database, status="defunct")
    with database.reading() as session:
        counts = listing_counts(session)
    assert (counts.listed, counts.organisations, counts.needs_checking, counts.not_running) == (3, 2, 1, 1)
    assert (counts.charging, counts.cost_not_known, counts.confirmed) == (1, 1, 0)
    assert counts.by_confidence == {"high": 1, "medium": 2}
    assert list(counts.by_source_year.items()) == [("2025", 1), ("2024", 1), ("", 1)]
    assert counts.by_seen_month == {"2026-11": 3}
