"""The guide's questions: what is missing is never nought, and every service is somewhere in the count."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from directory.matrix import lens
from directory.matrix.cells import LISTINGS, CellType
from directory.matrix.counting import counting, once
from directory.matrix.judge import judge
from directory.matrix.types import MatrixService, Mode, Rules
from tests.builders import make_matrix_service

ENGLAND, WALES = "E92000001", "W92000004"
NATION_OF = {"E06000031": ENGLAND, "E07000010": ENGLAND, "W06000015": WALES}
CELLS = (
    CellType("G4.6", "G4", "therapy", frozenset({LISTINGS})),
    CellType("G4.2", "G4", "helpline", frozenset({LISTINGS}), frozenset({Mode.REMOTE})),
)


def test_a_wait_that_nobody_told_is_not_counted_as_no_wait() -> None:
    silent, closed = make_matrix_service(), make_matrix_service(waiting_list="closed")
    four = make_matrix_service(waiting_weeks=4, waiting_as_at="2025", waiting_list="open")
    nine = make_matrix_service(waiting_weeks=9, waiting_as_at="2026-03", waiting_list="open")
    found = lens.waiting([silent, closed, four, nine])
    assert (found.told_weeks, found.median_weeks, found.longest_weeks) == (2, Fraction(13, 2), 9)
    assert (found.oldest, found.newest) == ("2025", "2026-03")
    assert (found.closed, found.none, found.not_told) == (1, 0, 1)


def test_no_weeks_from_anybody_is_not_known() -> None:
    found = lens.waiting([make_matrix_service(waiting_list="none")])
    assert (found.median_weeks, found.longest_weeks, found.oldest) == (None, None, "")
    assert (found.none, found.not_told) == (1, 0)


def test_each_service_is_counted_under_its_easiest_way_in() -> None:
    ways = ({"self", "professional"}, {"parent", "professional"}, {"professional"}, {"police"}, ())
    found = lens.referral([make_matrix_service(referral=frozenset(way)) for way in ways])
    assert (found.self_referral, found.parent, found.only_professional, found.not_told) == (1, 1, 2, 1)


def test_a_service_that_names_no_form_is_for_any_or_has_not_told() -> None:
    found = lens.forms(
        [make_matrix_service(forms=frozenset({"online", "sibling"})), make_matrix_service()],
        ("online", "sibling", "familial"),
    )
    assert found == {"online": 1, "sibling": 1, "familial": 0, "": 1}


def test_only_for_and_adapted_for_are_told_apart_and_silence_is_counted() -> None:
    by_type = {
        "G4.6": (
            make_matrix_service(id=1, only_for=frozenset({"boys-men"})),
            make_matrix_service(id=2, adapted_for=frozenset({"boys-men"})),
            make_matrix_service(id=3),
        ),
        "G4.2": (make_matrix_service(id=3),),
    }
    (men,) = lens.adapted(by_type, ("boys-men",))
    assert (men.only_for, men.adapted_for, men.not_told, men.types) == (1, 1, 1, 1)


def test_a_language_nobody_names_is_left_out_and_a_step_nobody_names_is_not() -> None:
    services = [make_matrix_service(languages=frozenset({"cy"})), make_matrix_service()]
    assert lens.languages(services, ("en", "cy")) == (lens.Named("cy", 1, 0, 1),)
    assert lens.access(services, ("step-free",)) == (lens.Named("step-free", 0, 0, 2),)


def test_an_unknown_sector_has_a_column_of_its_own() -> None:
    services = [make_matrix_service(sector="statutory"), make_matrix_service()]
    assert lens.sectors(services, ("statutory", "voluntary")) == {"statutory": 1, "voluntary": 0, "": 1}


TOLD = st.sampled_from([True, False, None])
SERVICES = st.builds(
    make_matrix_service,
    types=st.dictionaries(st.sampled_from(["G4.6", "G4.2"]), st.booleans(), max_size=2),
    in_person=TOLD,
    remote=TOLD,
    authorities=st.frozensets(st.sampled_from([*NATION_OF, "E06000001"]), max_size=2),
    nations=st.frozensets(st.sampled_from([ENGLAND, WALES]), max_size=1),
    is_out_of_hours=TOLD,
    referral=st.frozensets(st.sampled_from(["self", "parent", "professional", "police"])),
)


@given(st.lists(SERVICES, max_size=8))
def test_every_service_stands_in_exactly_one_column(services: list[MatrixService]) -> None:
    assert lens.out_of_hours(services).services == len(services)
    assert lens.referral(services).services == len(services)
    told = lens.referral(services)
    assert min(told.self_referral, told.parent, told.only_professional, told.not_told) >= 0


@given(st.lists(SERVICES, max_size=8), st.sets(st.sampled_from([*NATION_OF]), min_size=1))
def test_those_that_count_are_those_the_judge_lets_count_somewhere_each_once(
    services: list[MatrixService], places: set[str]
) -> None:
    here = {code: NATION_OF[code] for code in places}
    rules = Rules(date(2026, 11, 26))
    found = counting(services, CELLS, here)
    for cell in CELLS:
        judged = {
            service.id
            for service in services
            for place, nation in here.items()
            for mode in cell.modes
            if judge(service, cell.code, place, nation, mode, rules) is not None
        }
        ids = [service.id for service in found[cell.code]]
        assert set(ids) == judged and len(ids) == len(judged)
    assert len(once(found, list(found))) == len({one.id for those in found.values() for one in those})
