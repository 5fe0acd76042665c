"""The authorities that ship in data/areas.csv, and their outlines."""

from __future__ import annotations

import json

import pytest
import shapely

from directory.geo.areas import areas
from directory.geo.files import DATA


def test_there_are_three_hundred_and_eighteen_authorities() -> None:
    assert len(areas()) == 318
    assert sum(area.nation == "Wales" for area in areas().values()) == 22
    assert len({area.utla_code for area in areas().values()}) == 175
    assert len({area.police_force_area for area in areas().values()}) == 43


def test_the_populations_add_up_to_what_ons_publishes_for_england_and_wales() -> None:
    assert sum(area.population for area in areas().values()) == 61_806_682
    assert sum(area.population_under_18 for area in areas().values()) == 12_804_035


def test_the_ages_of_each_authority_add_up() -> None:
    for area in areas().values():
        assert area.population_under_16 + area.population_16_to_17 == area.population_under_18
        assert area.population_under_18 + area.population_18_and_over == area.population
        young = area.population_0_to_4 + area.population_5_to_9 + area.population_10_to_15
        assert young == area.population_under_16


def test_what_went_out_of_date_is_left_out() -> None:
    header = (DATA / "areas.csv").read_text(encoding="utf-8").splitlines()[0]
    assert "icb" not in header
    assert "council_name" not in header


@pytest.fixture(scope="module")
def outlines() -> dict[str, shapely.Geometry]:
    collection = json.loads((DATA / "boundaries.geojson").read_text(encoding="utf-8"))
    names = {f["properties"]["code"]: f["properties"]["name"] for f in collection["features"]}
    assert names == {code: area.name for code, area in areas().items()}
    return {
        feature["properties"]["code"]: shapely.from_geojson(json.dumps(feature["geometry"]))
        for feature in collection["features"]
    }


def test_the_outlines_are_small_enough_to_send() -> None:
    assert (DATA / "boundaries.geojson").stat().st_size < 400_000


def test_every_outline_is_sound_and_lies_in_england_and_wales(outlines: dict[str, shapely.Geometry]) -> None:
    for code, shape in outlines.items():
        assert shapely.is_valid(shape), code
        west, south, east, north = shapely.bounds(shape)
        assert -6.6 < west < east < 1.9 and 49.8 < south < north < 56.0, code


def test_the_middle_of_nearly_every_authority_lies_in_its_outline(
    outlines: dict[str, shapely.Geometry],
) -> None:
    # The middle is a median of postcodes, and may fall outside a bent shape.
    inside = [
        shapely.intersects_xy(outlines[code], area.longitude, area.latitude) for code, area in areas().items()
    ]
    assert sum(inside) >= 310
