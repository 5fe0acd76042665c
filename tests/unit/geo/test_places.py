"""Finding places by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geo.areas import areas
from directory.geo.distance import distance_km
from directory.geo.grid import from_wgs84
from directory.geo.named import read_towns
from directory.geo.names import clean, key, shorter_key
from directory.geo.places import Places
from directory.geo.types import AUTHORITIES_MAX


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Peterborough", "Peterborough"),
        ("peterborough city council", "Peterborough"),
        ("Peterboro", "Peterborough"),
        ("Peterbrough", "Peterborough"),
        ("stoke", "Stoke-on-Trent"),
        ("Stoke upon Trent", "Stoke-on-Trent"),
        ("Hull", "Kingston upon Hull"),
        ("Kingston upon Hull, City of", "Kingston upon Hull"),
        ("Caerdydd", "Cardiff"),
        ("Abertawe", "Swansea"),
        ("ynys mon", "Isle of Anglesey"),
        ("Sir Gaerfyrddin", "Carmarthenshire"),
        ("Saint Helens", "St. Helens"),
        ("kings lynn", "King's Lynn"),
        ("King’s Lynn", "King's Lynn"),
        ("The Wirral", "Wirral"),
        ("City of Bristol", "Bristol"),
        ("Leeds, UK", "Leeds"),
        ("Newport, Isle of Wight", "Newport"),
        ("newport isle of wight", "Newport"),
        ("Chester", "Chester"),
        ("Bury", "Bury"),
        ("Durham", "Durham"),
        ("Preston", "Preston"),
        ("London", "London"),
        ("Greater London", "London"),
        ("Wales", "Wales"),
        ("Cymru", "Wales"),
        ("Kent", "Kent"),
        ("Tyne and Wear", "Tyne and Wear"),
        ("Berkshire", "Berkshire"),
        ("Greater Manchester", "Greater Manchester"),
        ("Hackny", "Hackney"),
        ("12 Example Street, Peterborough", "Peterborough"),
    ],
)
def test_what_people_type_finds_one_place(places: Places, typed: str, name: str) -> None:
    assert [place.name for place in places.find(typed)] == [name]


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ("Newport", ["Wales", "Isle of Wight", "Telford and Wrekin"]),
        ("st ives", ["Huntingdonshire", "Cornwall"]),
        ("Richmond", ["Richmond upon Thames", "North Yorkshire"]),
        ("Ashford", ["Kent", "Spelthorne"]),
        ("Whitchurch", ["Cardiff", "Shropshire"]),
    ],
)
def test_a_name_that_several_places_bear_gives_a_choice_the_biggest_first(
    places: Places, typed: str, beside: list[str]
) -> None:
    found = places.find(typed)
    assert [place.authority_name for place in found][: len(beside)] == beside


def test_every_choice_can_be_asked_for_by_its_own_text(places: Places) -> None:
    assert [place.ask for place in places.all if places.find(place.ask) != (place,)] == []


def test_every_name_of_every_authority_and_county_is_found(places: Places) -> None:
    for area in areas().values():
        for name in (area.official_name, area.name, area.utla_name, *area.other_names):
            assert any(area.code in place.authorities for place in places.find(name)), name


def test_a_county_is_all_its_districts_and_has_no_middle(places: Places) -> None:
    (county,) = places.find("Cambridgeshire")
    assert county.authorities == ("E07000008", "E07000009", "E07000010", "E07000011", "E07000012")
    assert county.point is None


def test_no_place_lies_in_more_authorities_than_an_address_can_hold(places: Places) -> None:
    assert max(len(place.authorities) for place in places.all) == AUTHORITIES_MAX


def test_a_town_that_is_its_authoritys_namesake_is_one_place_with_it(places: Places) -> None:
    (place,) = places.find("Peterborough")
    assert place.kind == "authority"
    assert place.point is not None


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("Scilly", "Isles of Scilly"), ("Hul", "Kingston upon Hull"), ("Bristoll", "Bristol")],
)
def test_near_misses_are_suggested(places: Places, typed: str, wanted: str) -> None:
    assert wanted in [place.name for place in places.suggest(typed)]


@pytest.mark.parametrize(
    "typed", ["England", "UK", "the united kingdom", "South East", "East Midlands region"]
)
def test_a_name_too_wide_for_one_search_is_known_as_such(places: Places, typed: str) -> None:
    assert places.is_too_wide(typed)
    assert not places.is_too_wide("North East")


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_the_search_for_names(places: Places, text: str) -> None:
    assert len(places.find(text)) <= 8
    assert len(places.suggest(text)) <= 5


@given(st.text(max_size=60))
def test_cleaning_and_keying_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert key(key(text)) == key(text)
    assert shorter_key(key(text)) != "" or key(text) == ""


def test_the_nearest_name_leans_to_the_bigger_town(places: Places) -> None:
    towns = {(town.name, town.authority): town for town in read_towns()}
    peterborough = towns["Peterborough", "E06000031"]
    nearest = places.nearest_name(peterborough.point, ["E06000031"])
    assert nearest is not None and nearest.name == "Peterborough"
    assert places.nearest_name(peterborough.point, ["no such authority"]) is None


def test_every_town_lies_near_the_middle_of_its_authority() -> None:
    # The widest authority is North Yorkshire; a town placed by mistaken degrees would be far outside.
    for town in read_towns():
        area = areas()[town.authority]
        assert distance_km(town.point, from_wgs84(area.latitude, area.longitude)) < 110, town
