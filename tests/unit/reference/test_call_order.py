"""Whom to ring first, worked by hand."""

from __future__ import annotations

from datetime import date
from itertools import permutations

from directory.matrix.alone import alone_in
from directory.reference.call_order import ToCall, by_harm
from tests.builders import make_matrix_service

ENGLAND, WALES = "E92000001", "W92000004"


def test_the_order_is_that_of_the_harm_a_wrong_listing_does() -> None:
    order = [
        ToCall(9, was_wrong=True),
        ToCall(8, has_number=True, alone_in=3, confirmed_on=date(2026, 1, 1)),
        ToCall(7, has_number=True, alone_in=1),
        ToCall(5, has_number=True),
        ToCall(6, has_number=True),
        ToCall(4, has_number=True, confirmed_on=date(2024, 1, 1)),
        ToCall(3, has_number=True, confirmed_on=date(2025, 1, 1)),
        ToCall(2, alone_in=5),
        ToCall(1),
    ]
    for mixed in list(permutations(order, len(order)))[::7001]:
        assert by_harm(mixed) == order


def test_a_service_is_alone_where_no_other_takes_people_of_that_group_from_that_area() -> None:
    nations = {"E06000031": ENGLAND, "E07000011": ENGLAND, "W06000015": WALES}
    services = [
        # The only one for G4 in both English places but one, and for G2 in Peterborough.
        make_matrix_service(id=1, types={"G4.6": True, "G2.3": False}, authorities=frozenset({"E06000031"})),
        make_matrix_service(
            id=2, types={"G4.1": True}, authorities=frozenset(), nations=frozenset({ENGLAND})
        ),
        make_matrix_service(id=3, types={"G2.1": True}, authorities=frozenset({"W06000015"})),
        make_matrix_service(id=4, types={"G2.2": True}, authorities=frozenset({"W06000015"})),
        make_matrix_service(id=5, types={"G2.5": True}, authorities=frozenset({"W06000015"})),
    ]
    # G4: 1 and 2 share Peterborough, 2 alone has Huntingdonshire. G2: 1 alone in Peterborough; three in Cardiff.
    assert alone_in(services, nations) == {1: 1, 2: 1}
