"""The figures of the country as they are held: once for each version of the listings, and nothing lost or made up."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from directory.config import ROOT
from directory.db import Database
from directory.geo.areas import areas
from directory.matrix.supply import Unit
from directory.matrix.wide import people_of_group
from directory.queries.current_access import CurrentAccess, where_people_live
from directory.queries.current_matrix import CurrentMatrix, MatrixWorld
from directory.reference.support_types import support_types
from tests.builders import make_listing

POSTCODES = ROOT / "instance" / "postcodes"


def world_of(database: Database) -> MatrixWorld:
    with database.reading() as session:
        return CurrentMatrix(180).get(session, date(2026, 11, 26))


def test_the_figures_are_made_once_for_each_version_of_the_listings(database: Database) -> None:
    held = CurrentAccess(POSTCODES)
    before = held.get(world_of(database))
    assert held.get(world_of(database)) is before
    make_listing(database, modes="in-person")
    after = held.get(world_of(database))
    assert after is not before
    counted = {one.support_type: one.counted.services for one in after.in_person("E06000031")}
    assert counted["G4.6"] == 1


@pytest.fixture(scope="module")
def real_world(listed_app: Flask) -> MatrixWorld:
    return world_of(listed_app.extensions["database"])


def test_over_the_country_what_is_given_out_is_as_many_services_as_there_are(real_world: MatrixWorld) -> None:
    """Every listed service in person takes somebody within its reach, so that none of them is lost."""
    figures = CurrentAccess(POSTCODES).get(real_world)
    given_out: dict[str, list[float]] = {}
    there_are: dict[str, int] = {}
    for code, area in areas().items():
        for one in figures.in_person(code):
            assert one.score.unit is Unit.SERVICES
            people = people_of_group(support_types()[one.support_type].group, area)
            given_out.setdefault(one.support_type, []).append(one.score.per_person * people)
            there_are[one.support_type] = one.counted.anywhere
    found = {code: math.fsum(parts) for code, parts in given_out.items()}
    assert found == pytest.approx(there_are, rel=1e-9)
    assert sum(there_are.values()) > 0


def test_no_figure_is_infinite_or_below_nought_anywhere(real_world: MatrixWorld) -> None:
    figures = CurrentAccess(POSTCODES).get(real_world)
    for code in areas():
        for one in figures.in_person(code):
            assert one.nearest_km is None or 0 <= one.nearest_km < 700
            shares = list(one.within.values())
            assert shares == sorted(shares) and all(0 <= share <= 1 for share in shares)
            assert 0 <= one.shared <= one.score.per_person * (1 + 1e-12) < 1
            assert one.counted.services or not one.score.per_person
            assert set(one.unplaced) <= {service.id for service in real_world.services}


def test_people_are_placed_once_and_all_of_them() -> None:
    points = where_people_live(Path(POSTCODES))
    totals = dict.fromkeys(points.authorities, 0.0)
    for number, share in zip(points.authority.tolist(), points.share.tolist(), strict=True):
        totals[points.authorities[number]] += share
    assert totals == pytest.approx(dict.fromkeys(areas(), 1.0), rel=1e-9)
