"""Seekers beside places: a band that what is not known widens, and never closes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geo.areas import areas
from directory.matrix.need import estimate_need, rounded
from directory.matrix.unmet import (
    Offer,
    Places,
    Seekers,
    Unmet,
    count_places,
    likely_to_seek,
    people_per_service,
    unmet,
)
from directory.reference.need_assumptions import Uptake
from directory.reference.need_rates import need_rates

PETERBOROUGH = estimate_need([areas()["E06000031"]], need_rates())
SEEKERS = Seekers(Fraction(400), Fraction(500), Fraction(700))
OFFERS = st.lists(
    st.builds(
        Offer,
        st.integers(1, 8),
        st.one_of(st.none(), st.integers(0, 500)),
        is_certain=st.booleans(),
        is_shared=st.booleans(),
    ),
    max_size=10,
)


def uptake(group: str, percent: int | None = 25, years: int | None = None) -> Uptake:
    return Uptake(group, percent, years, "assumption")


@pytest.mark.parametrize(
    ("offers", "band"),
    [
        # No service is listed: everybody is without a place, as far as the listings go.
        ([], (400, 700)),
        # 150 places for this area and group alone.
        ([Offer(1, 150)], (250, 550)),
        # The same places, but others take some: they may all go elsewhere, or none.
        ([Offer(1, 150, is_shared=True)], (250, 700)),
        # One of two services has not told us: it may have enough for everybody.
        ([Offer(1, 150), Offer(2, None)], (0, 550)),
        # One that may not even give this leaves the band as open.
        ([Offer(1, 150), Offer(2, 80, is_certain=False)], (0, 550)),
        # More places than seekers are not fewer than none without one.
        ([Offer(1, 900)], (0, 0)),
        ([Offer(1, 0)], (400, 700)),
    ],
)
def test_bands_worked_out_by_hand(offers: list[Offer], band: tuple[int, int]) -> None:
    assert unmet(SEEKERS, count_places(offers)) == Unmet(Fraction(band[0]), Fraction(band[1]))


def test_a_service_counts_once_however_many_kinds_of_support_it_gives() -> None:
    assert count_places([Offer(1, 100), Offer(1, 100), Offer(2, 50)]) == Places(2, 0, 0, own=150, shared=0)


def test_a_service_that_certainly_gives_one_kind_is_not_also_a_possible_one() -> None:
    found = count_places([Offer(1, 100, is_certain=False), Offer(1, 100)])
    assert (found.services, found.possible) == (1, 0)


def test_a_service_that_shares_in_one_offer_shares_in_all() -> None:
    assert count_places([Offer(1, 100, is_shared=True), Offer(1, 100)]) == Places(1, 0, 0, own=0, shared=100)


def test_places_are_known_only_where_every_service_told_them() -> None:
    assert count_places([Offer(1, 100), Offer(2, 0)]).known == 100
    assert count_places([Offer(1, 100), Offer(2, None)]).known is None
    assert count_places([]).known is None


def test_likely_seekers_of_a_year_are_a_share_of_the_estimate() -> None:
    found = likely_to_seek(PETERBOROUGH["G2"], uptake("G2"))
    assert found is not None
    # 2,250 × 25 % = 563; 1,688 × 25 % = 422; 2,813 × 25 % = 703.
    assert (rounded(found.low), rounded(found.central), rounded(found.high)) == (420, 560, 700)


def test_seekers_over_a_life_are_spread_over_years_before_they_meet_places_of_a_year() -> None:
    found = likely_to_seek(PETERBOROUGH["G4"], uptake("G4", years=10))
    assert found is not None
    # 15,109 × 25 % ÷ 10 = 378.
    assert rounded(found.central) == 380
    assert likely_to_seek(PETERBOROUGH["G4"], uptake("G4")) is None


def test_years_change_nothing_of_an_estimate_of_one_year() -> None:
    assert likely_to_seek(PETERBOROUGH["G2"], uptake("G2", years=10)) == likely_to_seek(
        PETERBOROUGH["G2"], uptake("G2")
    )


def test_nothing_is_worked_out_without_a_share_or_from_an_upper_bound() -> None:
    assert likely_to_seek(PETERBOROUGH["G5"], uptake("G5", percent=None)) is None
    assert likely_to_seek(PETERBOROUGH["G7"], uptake("G7", years=10)) is None


def test_people_per_service_as_the_csa_centre_published_it() -> None:
    # 59,597,542 people of the 2021 Census, one in ten, 363 services: 16,418; published: about 16,500.
    found = people_per_service(Fraction(59_597_542, 10), 363)
    assert found is not None
    assert abs(found - 16_500) < 100
    # The same with the people of mid-2024.
    assert rounded(people_per_service(Fraction(61_806_682, 10), 363) or 0) == 17_000


def test_people_without_any_service_are_not_divided() -> None:
    assert people_per_service(1000, 0) is None


@given(OFFERS)
def test_the_band_is_in_order_and_within_the_seekers(offers: list[Offer]) -> None:
    band = unmet(SEEKERS, count_places(offers))
    assert 0 <= band.at_least <= band.at_most <= SEEKERS.high
    assert band.at_least <= SEEKERS.low


@given(OFFERS, st.integers(0, 7), st.integers(0, 500))
def test_learning_what_was_not_known_narrows_the_band_and_forgetting_it_closes_no_gap(
    offers: list[Offer], which: int, told: int
) -> None:
    once = list({offer.service_id: offer for offer in offers}.values())
    if not once:
        return
    place = which % len(once)
    known = [*once[:place], replace(once[place], places_a_year=told), *once[place + 1 :]]
    unknown = [*once[:place], replace(once[place], places_a_year=None), *once[place + 1 :]]
    narrow, wide = (unmet(SEEKERS, count_places(some)) for some in (known, unknown))
    assert wide.at_least <= narrow.at_least
    assert narrow.at_most <= wide.at_most


@given(OFFERS, st.integers(0, 500))
def test_another_service_never_leaves_more_people_without_a_place(offers: list[Offer], places: int) -> None:
    before = unmet(SEEKERS, count_places(offers))
    after = unmet(SEEKERS, count_places([*offers, Offer(99, places)]))
    assert after.at_least <= before.at_least
    assert after.at_most <= before.at_most
