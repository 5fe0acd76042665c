"""A card says what somebody decides by, in order, and says when something is not known."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from directory.geo.types import Point
from directory.queries.views import ListingView, PlaceView, RouteView
from directory.search.types import Hit
from tests.unit.front.pages import a_hit, a_listing, render, words_of

CARD = '{% from "parts/card.html" import card %}{{ card(listing, hit, 3) }}'
POINT = Point(520_000, 290_000)


def card(site: Flask, listing: ListingView, hit: Hit | None = None) -> str:
    return render(site, CARD, listing=listing, hit=hit or a_hit())


def test_a_card_follows_the_order_in_which_people_decide(site: Flask) -> None:
    listing = a_listing(
        shown_groups=frozenset({"parents"}),
        description="Listens to parents.",
        modes=("remote",),
        nations=frozenset({"E92000001"}),
        contact_routes=(RouteView("telephone", "01632 960001", "", "", "tel:01632960001"),),
        url="https://example.org/a",
        referral_routes=("self",),
        source_name="the service's own website",
        source_date="2025-03",
    )
    words = words_of(card(site, listing))
    order = [
        "Example Service A",
        "For:",
        "Listens to parents.",
        "Anywhere",
        "01632 960001",
        "Website",
        "Waiting:",
        "Who can get in touch:",
        "Not yet confirmed",
    ]
    found = [words.index(part) for part in order]
    assert found == sorted(found)


def test_what_is_not_known_is_said(site: Flask) -> None:
    words = words_of(card(site, a_listing()))
    for part in (
        "Who it is for: not known",
        "How to reach it: not known.",
        "Waiting: not known",
        "Who can get in touch: not known",
        "Cost: not known",
        "date not known",
    ):
        assert part in words


def test_what_must_be_passed_on_stands_before_the_number(site: Flask) -> None:
    listing = a_listing(
        when_they_must_tell="If a life is in danger.",
        contact_routes=(RouteView("telephone", "01632 960001", "", "", "tel:01632960001"),),
    )
    words = words_of(card(site, listing))
    assert words.index("Before you get in touch: If a life is in danger.") < words.index("01632 960001")
    assert "Before you get in touch" not in words_of(card(site, a_listing()))


def test_a_telephone_number_can_be_tapped(site: Flask) -> None:
    listing = a_listing(contact_routes=(RouteView("telephone", "01632 960001", "", "", "tel:01632960001"),))
    assert 'href="tel:01632960001"' in card(site, listing)


@pytest.mark.parametrize(
    ("distance_km", "words"),
    [(0.4, "about 1 mile"), (1.7, "about 1 mile"), (4.9, "about 3 miles"), (40.0, "about 25 miles")],
)
def test_a_distance_is_told_in_whole_miles(site: Flask, distance_km: float, words: str) -> None:
    assert words in words_of(card(site, a_listing(), a_hit(distance_km=distance_km)))


def test_a_town_is_named_with_how_to_get_the_address(site: Flask) -> None:
    listing = a_listing(places=(PlaceView(9, "town", "Huntingdon", "", "", POINT),))
    words = words_of(card(site, listing, a_hit(location_id=9, distance_km=8.1)))
    assert "about 5 miles, in Huntingdon; ask for the address when you get in touch" in words


def test_a_private_place_is_called_private_and_no_distance_is_told(site: Flask) -> None:
    words = words_of(card(site, a_listing(modes=("in-person",), is_confidential=True)))
    assert "Its place is kept private" in words
    assert "mile" not in words


@pytest.mark.parametrize(
    ("accepts", "words"),
    [
        ("part", "Takes some people from your area"),
        ("no", "Does not take people from your area"),
        ("not-known", "We do not know which areas"),
    ],
)
def test_who_is_accepted_from_the_area_is_said(site: Flask, accepts: str, words: str) -> None:
    assert words in words_of(card(site, a_listing(), a_hit(accepts=accepts)))


def test_the_two_kinds_of_date_are_never_merged(site: Flask) -> None:
    read = {"source_name": "a council's page", "source_date": "2024", "seen_on": date(2026, 11, 21)}
    unconfirmed = words_of(card(site, a_listing(**read)))
    assert "Not yet confirmed by the service. Details from a council's page, 2024." in unconfirmed
    confirmed = words_of(
        card(site, a_listing(**read, last_confirmed=date(2026, 10, 2), confirmed_by="the manager"))
    )
    assert "Confirmed in October 2026 by the manager." in confirmed
    assert "Details from" not in confirmed


def test_a_source_without_a_date_says_so_and_when_it_was_read(site: Flask) -> None:
    words = words_of(card(site, a_listing(source_name="its page", seen_on=date(2026, 11, 21))))
    assert "of unknown date, read in November 2026" in words


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}",
    "%(name)s 100%",
    "' OR 1=1 --",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_in_a_listing_stay_words(site: Flask, hostile: str) -> None:
    listing = a_listing(
        name=hostile,
        organisation=hostile + "x",
        description=hostile,
        coverage_names=(hostile,),
        waiting_note=hostile,
        source_name=hostile,
        source_date=hostile,
        confirmed_by=hostile,
        url="https://example.org/?" + hostile,
        contact_routes=(RouteView("telephone", hostile, "", "", "tel:0"),),
        places=(PlaceView(9, "town", hostile, "", "", POINT),),
    )
    page = card(site, listing, a_hit(location_id=9, distance_km=1.0))
    assert "<script" not in page and "<img" not in page
    assert words_of(page).count(hostile) >= 6


def test_a_card_prints_a_charge_as_a_charge(site: Flask) -> None:
    assert "Cost: there is a charge" in words_of(card(site, a_listing(free_to_person=False)))
