"""A round of calls: only what a call can settle, the fewest calls first, nothing counted twice."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.matrix.calls import Country, Round, round_of_calls
from directory.matrix.cells import LISTINGS, PARTNERSHIP, Authority, CellType, half_cell
from directory.matrix.statements import Said
from directory.matrix.types import MatrixService, Mode, Rules, State, Test
from tests.builders import make_matrix_service

TODAY = date(2026, 11, 26)
RULES = Rules(TODAY)
ENGLAND, WALES = "E92000001", "W92000004"
PETERBOROUGH, FENLAND, CARDIFF = "E06000031", "E07000010", "W06000015"
NATION_OF = {PETERBOROUGH: ENGLAND, FENLAND: ENGLAND, CARDIFF: WALES}
CELLS = (
    CellType("G4.6", "G4", "therapy", frozenset({LISTINGS})),
    CellType("G4.7", "G4", "peer-support", frozenset({LISTINGS, PARTNERSHIP})),
    CellType("G4.2", "G4", "helpline", frozenset({LISTINGS}), frozenset({Mode.REMOTE})),
    CellType("G4.1", "G4", "system", frozenset({PARTNERSHIP})),
)


def unconfirmed(**what: object) -> MatrixService:
    return make_matrix_service(**({"confirmed_on": None} | what))


def states(
    services: tuple[MatrixService, ...], places: dict[str, str]
) -> dict[tuple[str, Mode], dict[str, State]]:
    """What these services make of each half that applies, by the rules of the cells themselves."""
    said = Said((), TODAY)
    return {
        (cell.code, mode): {
            place: half_cell(cell, Authority(place, nation, (place,)), mode, services, said, RULES).state
            for place, nation in places.items()
        }
        for cell in CELLS
        for mode in cell.modes
    }  # fmt: skip


def the_round(
    *services: MatrixService, places: dict[str, str] = NATION_OF, without_number: tuple[int, ...] = ()
) -> Round:
    country = Country(places, CELLS, states(services, places))
    numbers = {one.id for one in services} - set(without_number)
    return round_of_calls(services, country, RULES, numbers)


def order(found: Round) -> list[tuple[int, int, int]]:
    return [(call.service.id, call.turns, call.adds) for call in found.calls]


def test_a_service_that_only_awaits_its_confirmation_settles_its_cells() -> None:
    found = the_round(unconfirmed(id=1))
    assert order(found) == [(1, 1, 1)]
    assert found.calls[0].asks == (Test.NOT_CONFIRMED,)
    assert found.settled == 1


def test_what_no_call_can_change_is_not_on_the_list() -> None:
    for hopeless in (
        {"free": False},
        {"is_active": False},
        {"waiting_list": "closed"},
        {"accepting": False},
    ):
        found = the_round(unconfirmed(**hopeless))
        assert found.calls == () and found.settled == 0, hopeless


def test_a_service_that_passes_every_test_need_not_be_rung() -> None:
    found = the_round(make_matrix_service(id=1), unconfirmed(id=2))
    assert found.calls == ()


def test_a_cell_that_listings_cannot_fill_is_settled_by_no_call() -> None:
    assert the_round(unconfirmed(types={"G4.1": True})).calls == ()


def test_a_half_that_does_not_apply_is_counted_nowhere() -> None:
    found = the_round(unconfirmed(id=1, types={"G4.2": True}, in_person=True, remote=None))
    assert order(found) == [(1, 1, 1)]
    assert Test.MODE_NOT_KNOWN in found.calls[0].asks


def test_each_call_asks_all_that_its_service_fails() -> None:
    vague = unconfirmed(
        types={"G4.6": False, "G4.7": True}, in_person=None, partly=frozenset({PETERBOROUGH}), free=None
    )
    (call,) = the_round(vague).calls
    assert call.asks == (
        Test.SOURCE_UNCLEAR, Test.SOME_RESIDENTS, Test.MODE_NOT_KNOWN, Test.COST_NOT_KNOWN, Test.NOT_CONFIRMED,
    )  # fmt: skip
    assert call.unclear_types == ("G4.6",)


def test_the_call_that_adds_most_comes_first_and_second_choices_come_last() -> None:
    wide = unconfirmed(id=1, types={"G4.6": True, "G4.7": True})
    same = unconfirmed(id=2, types={"G4.6": True})
    other = unconfirmed(id=3, types={"G4.6": True}, authorities=frozenset({PETERBOROUGH, FENLAND}))
    found = the_round(same, other, wide)
    assert order(found) == [(1, 2, 2), (3, 2, 1), (2, 1, 0)]
    assert found.settled == 3


def test_a_nation_counts_each_of_its_authorities_once() -> None:
    found = the_round(unconfirmed(id=1, authorities=frozenset({PETERBOROUGH}), nations=frozenset({ENGLAND})))
    assert order(found) == [(1, 2, 2)]


def test_services_without_a_number_stand_apart_and_settle_nothing_by_telephone() -> None:
    found = the_round(unconfirmed(id=1), unconfirmed(id=2, types={"G4.7": True}), without_number=(2,))
    assert order(found) == [(1, 1, 1)]
    assert [call.service.id for call in found.unreachable] == [2]
    assert (found.settled, found.settled_with_unreachable) == (1, 2)


SERVICES = st.builds(
    make_matrix_service,
    types=st.dictionaries(st.sampled_from([cell.code for cell in CELLS]), st.booleans(), max_size=3),
    in_person=st.sampled_from([True, False, None]),
    remote=st.sampled_from([True, False, None]),
    authorities=st.frozensets(st.sampled_from([*NATION_OF]), max_size=2),
    nations=st.frozensets(st.sampled_from([ENGLAND, WALES]), max_size=1),
    partly=st.frozensets(st.sampled_from([*NATION_OF, ENGLAND]), max_size=1),
    free=st.sampled_from([True, False, None]),
    waiting_list=st.sampled_from(["", "closed"]),
    confirmed_on=st.sampled_from([None, date(2025, 1, 1), date(2026, 11, 1)]),
)


@given(st.lists(SERVICES, max_size=6))
@settings(max_examples=150, deadline=None)
def test_the_round_settles_exactly_the_cells_that_say_so_of_themselves(services: list[MatrixService]) -> None:
    said = Said((), TODAY)
    settled = {
        (cell.code, mode, place)
        for cell in CELLS
        if LISTINGS in cell.filled_by
        for mode in cell.modes
        for place, nation in NATION_OF.items()
        if half_cell(cell, Authority(place, nation, (place,)), mode, services, said, RULES).could_be_settled
    }
    found = the_round(*services)
    assert found.settled == len(settled) == sum(call.adds for call in found.calls)
    assert found.settled <= found.open_halves
    adds = [call.adds for call in found.calls]
    assert adds == sorted(adds, reverse=True)
