"""The second face of the grid: which services count for an area, whose places are shared, and who sees what."""

from __future__ import annotations

from dataclasses import replace

from directory.geo.areas import Area, areas
from directory.matrix.need_face import NeedFace, need_face, with_yours
from directory.matrix.types import MatrixService
from directory.matrix.unmet import Places
from directory.reference.need_assumptions import need_assumptions
from directory.reference.need_rates import need_rates
from directory.reference.support_types import support_types

HERE, NEXT = "E06000031", "E07000011"
PETERBOROUGH = [areas()[HERE]]
ENGLAND = [area for area in areas().values() if area.nation == "England"]


def service(number: int, *types: str, places: int | None = None, where: str = HERE) -> MatrixService:
    """A service; a type that ends in '?' is possible. where: LAD codes or a nation, separated by spaces."""
    codes = where.split()
    nations = frozenset(code for code in codes if code[1:].startswith("92"))
    return MatrixService(
        id=number,
        name=f"Example Service {number}",
        types={kind.rstrip("?"): not kind.endswith("?") for kind in types},
        authorities=frozenset(codes) - nations,
        nations=nations,
        places_a_year=places,
    )


def face(*services: MatrixService, members: list[Area] | None = None, commissioner: bool = True) -> NeedFace:
    return need_face(
        members or PETERBOROUGH,
        support_types(),
        services,
        need_rates(),
        need_assumptions(),
        with_upper_bounds=commissioner,
    )


def test_every_group_and_every_support_type_has_its_line() -> None:
    found = face()
    assert list(found.groups) == [f"G{number}" for number in range(1, 10)]
    assert list(found.types) == list(support_types())
    assert len(found.types) == 75


def test_a_service_of_another_area_is_nothing_here() -> None:
    assert face(service(1, "G4.6", where=NEXT)).types["G4.6"].places == Places(0, 0, 0, 0, 0)


def test_a_type_shows_numbers_only_where_the_places_of_all_its_services_are_known() -> None:
    known = face(service(1, "G4.6", places=100), service(2, "G4.6", places=50)).types["G4.6"]
    assert known.places.known == 150
    assert known.unmet is not None
    one_unknown = face(service(1, "G4.6", places=100), service(2, "G4.6")).types["G4.6"]
    assert (one_unknown.places.not_known, one_unknown.places.services) == (1, 2)
    assert one_unknown.unmet is None
    perhaps = face(service(1, "G4.6", places=100), service(2, "G4.6?", places=50)).types["G4.6"]
    assert perhaps.unmet is None


def test_no_service_leaves_a_type_without_a_number() -> None:
    assert face().types["G4.6"].unmet is None


def test_types_are_never_added_up_to_the_group() -> None:
    found = face(service(1, "G4.4", "G4.6", places=100))
    assert found.types["G4.4"].places.shared == found.types["G4.6"].places.shared == 100
    assert found.groups["G4"].places == Places(1, 0, 0, own=100, shared=0)


def test_places_that_other_areas_or_groups_take_too_are_shared() -> None:
    assert face(service(1, "G4.6", places=9)).groups["G4"].places.own == 9
    for shared in (
        service(1, "G4.6", places=9, where=f"{HERE} {NEXT}"),
        service(1, "G4.6", places=9, where="E92000001"),
        service(1, "G4.6", "G2.7", places=9),
    ):
        assert (face(shared).groups["G4"].places.own, face(shared).groups["G4"].places.shared) == (0, 9)


def test_places_that_not_everybody_here_may_take_close_no_gap_for_sure() -> None:
    for some in (
        replace(service(1, "G4.6", places=9), partly=frozenset({HERE})),
        replace(service(1, "G4.6", places=9), only_for=frozenset({"women"})),
    ):
        assert (face(some).groups["G4"].places.own, face(some).groups["G4"].places.shared) == (0, 9)


def test_in_the_whole_of_england_the_places_of_a_service_for_england_are_its_own() -> None:
    found = face(service(1, "G4.6", places=9, where="E92000001"), members=ENGLAND)
    assert found.groups["G4"].places.own == 9
    assert found.has_whole_nation


def test_a_service_for_a_nation_does_not_make_each_place_in_it_look_well_served() -> None:
    found = face(service(1, "G4.6"), service(2, "G4.6", where="E92000001"))
    group = found.groups["G4"]
    assert (group.local, group.national) == (1, 1)
    assert group.estimate is not None
    assert group.per_service == group.estimate.central
    assert face(service(2, "G4.6", where="E92000001")).groups["G4"].per_service is None


def test_the_csa_centres_measure_counts_a_service_once_and_only_its_own_groups() -> None:
    found = face(
        service(1, "G2.7", "G3.4", "G4.6"), service(2, "G4.6"), service(3, "G5.2"), service(4, "G4.6?")
    )
    assert found.centre_services == 2
    # One in ten of 223,655 people, divided by two.
    assert found.centre_per_service is not None
    assert float(found.centre_per_service) == 11182.75


def test_upper_bounds_are_withheld_from_everyone_but_commissioners() -> None:
    public = face(commissioner=False)
    assert {group for group, each in public.groups.items() if each.is_withheld} == {"G7", "G8"}
    for group in ("G7", "G8"):
        held = public.groups[group]
        assert (held.estimate, held.seekers, held.unmet, held.per_service) == (None, None, None, None)
    assert not any(each.is_withheld for each in face().groups.values())


def test_what_a_reader_enters_stands_for_every_group_and_is_marked_as_theirs() -> None:
    yours = with_yours(need_assumptions(), 40, None)
    assert {uptake.percent for uptake in yours.values()} == {40}
    assert all(uptake.is_yours for uptake in yours.values())
    assert yours["G4"].years == need_assumptions()["G4"].years
    assert not yours["G4"].years_are_yours
    assert with_yours(need_assumptions(), None, 3)["G4"].years_are_yours
    assert with_yours(need_assumptions(), None, None) == need_assumptions()
