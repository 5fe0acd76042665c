"""The areas of the matrix: which there are, who is in them, and which is the more local."""

from __future__ import annotations

from datetime import date

import pytest

from directory.geo.areas import areas
from directory.matrix.areas import ENGLAND, ENGLAND_AND_WALES, WALES, AreaKind, Areas, NamedArea

PETERBOROUGH, CAMBRIDGE, CARDIFF = "E06000031", "E07000008", "W06000015"
CAMBRIDGESHIRE = "E10000003"


@pytest.fixture(scope="module")
def country() -> Areas:
    return Areas(areas().values())


def test_there_are_318_authorities_in_43_police_areas_ten_regions_and_two_nations(country: Areas) -> None:
    assert len(country.of_kind(AreaKind.AUTHORITY)) == 318
    assert len(country.of_kind(AreaKind.POLICE)) == 43
    # Wales is a region and a nation under one code, and is shown once, as the nation.
    assert len(country.of_kind(AreaKind.REGION)) == 9
    assert [area.code for area in country.of_kind(AreaKind.NATION)] == [ENGLAND, WALES]


def test_wales_is_a_nation_of_22_authorities(country: Areas) -> None:
    wales = country.get(WALES)
    assert wales is not None and wales.kind is AreaKind.NATION and len(wales.members) == 22
    assert country.nation_of(CARDIFF) == WALES and country.nation_of(PETERBOROUGH) == ENGLAND


@pytest.mark.parametrize("kind", [AreaKind.NATION, AreaKind.POLICE])
def test_every_kind_that_divides_the_country_counts_everybody_once(country: Areas, kind: AreaKind) -> None:
    whole = country.get(ENGLAND_AND_WALES)
    assert whole is not None
    parts = country.of_kind(kind)
    assert sorted(code for area in parts for code in area.members) == sorted(whole.members)
    assert sum(country.people(area) for area in parts) == country.people(whole) > 60_000_000


def test_a_district_lies_in_its_county_its_force_its_region_and_its_nation(country: Areas) -> None:
    assert country.around(CAMBRIDGE) == (
        CAMBRIDGE, CAMBRIDGESHIRE, "E23000023", "E12000006", ENGLAND, ENGLAND_AND_WALES,
    )  # fmt: skip


def test_the_more_local_of_two_areas_is_the_one_with_fewer_people(country: Areas) -> None:
    for code in areas():
        chain = [country.get(area) for area in country.around(code)]
        people = [country.people(area) for area in chain if area is not None]
        assert chain[0] is not None and chain[0].code == code and people == sorted(people)
        assert chain[-1] is not None and chain[-1].code == ENGLAND_AND_WALES


def test_a_unitary_authority_is_its_own_childrens_services_authority(country: Areas) -> None:
    area = country.get(PETERBOROUGH)
    assert area is not None and area.kind is AreaKind.AUTHORITY and not area.is_wide
    county = country.get(CAMBRIDGESHIRE)
    assert county is not None and county.kind is AreaKind.CHILDRENS_SERVICES and county.is_wide


def test_a_place_that_is_no_authority_lies_nowhere(country: Areas) -> None:
    with pytest.raises(KeyError):
        country.around("E99999999")
    assert country.get("E99999999") is None


NAMED = NamedArea(
    "north-example", "North Example", (CAMBRIDGE, PETERBOROUGH), date(2026, 4, 1), date(2027, 3, 31)
)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 3, 31), False),
        (date(2026, 4, 1), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_a_named_area_holds_on_its_first_day_and_its_last_and_on_no_other_side(
    day: date, holds: bool
) -> None:
    country = Areas(areas().values(), [NAMED], on=day)
    assert (country.get("north-example") is not None) is holds
    assert ("north-example" in country.around(CAMBRIDGE)) is holds


def test_a_named_area_stands_in_the_chain_by_its_people() -> None:
    chain = Areas(areas().values(), [NAMED]).around(CAMBRIDGE)
    # More people than the city, fewer than the county.
    assert chain[:3] == (CAMBRIDGE, "north-example", CAMBRIDGESHIRE)


def test_a_named_area_counts_an_authority_that_is_named_twice_once() -> None:
    twice = NamedArea("twice", "Twice", (CAMBRIDGE, CAMBRIDGE))
    country = Areas(areas().values(), [twice])
    found = country.get("twice")
    assert found is not None and country.people(found) == areas()[CAMBRIDGE].population
    assert country.around(CAMBRIDGE).count("twice") == 1


def test_among_areas_of_as_many_people_the_more_local_kind_is_first() -> None:
    same = NamedArea("same-people", "Same people", (PETERBOROUGH,))
    assert Areas(areas().values(), [same]).around(PETERBOROUGH)[:2] == (PETERBOROUGH, "same-people")
