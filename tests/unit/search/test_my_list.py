"""My list: small, bounded, and read back as it was written; what a browser sends is not trusted."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import RuleBroken
from directory.reference.groups import groups
from directory.reference.relations import relations
from directory.reference.terms import terms
from directory.search.family import PEOPLE_MAX, Person
from directory.search.my_list import (
    ENTRIES_MAX,
    NUMBER_MAX,
    Entry,
    MyList,
    list_from,
    read_numbers,
    write_numbers,
)

PEOPLE = st.lists(
    st.builds(
        Person,
        st.sampled_from(sorted(relations())),
        st.frozensets(st.sampled_from(sorted(groups())), min_size=1),
        st.sampled_from(["", *terms("age")]),
    ),
    max_size=PEOPLE_MAX,
)
MOTHER, BROTHER = Person("mo", frozenset({"G3"})), Person("br", frozenset({"G5"}), "11-15")


@st.composite
def lists(draw: st.DrawFn) -> MyList:
    people = tuple(draw(PEOPLE))
    entries = st.builds(Entry, st.integers(1, NUMBER_MAX), st.integers(0, len(people)))
    return MyList(people, tuple(draw(st.lists(entries, max_size=ENTRIES_MAX, unique=True))))


@given(lists())
def test_a_list_is_read_back_as_it_was_written(my_list: MyList) -> None:
    assert list_from(json.loads(json.dumps(my_list.codes()))) == my_list


@given(lists())
def test_the_fullest_list_fits_into_a_cookie(my_list: MyList) -> None:
    # 4,096 bytes are kept of a cookie; base64 makes four bytes of three.
    assert len(json.dumps(my_list.codes(), separators=(",", ":"))) * 4 / 3 < 1500


@pytest.mark.parametrize(
    "codes",
    [
        None,
        1,
        "",
        "ab",
        [],
        {},
        [[]],
        [[], [], []],
        [[["mo", "3"]], []],
        [[["xx", "3", -1]], []],
        [[["mo", "", -1]], []],
        [[["mo", "0", -1]], []],
        [[["mo", 3, -1]], []],
        [[["mo", "3", 99]], []],
        [[["mo", "3", "1"]], []],
        [[["mo", "3", -1]] * 9, []],
        [[], [[0, 0]]],
        [[], [[-1, 0]]],
        [[], [[NUMBER_MAX + 1, 0]]],
        [[], [["1", 0]]],
        [[], [[True, 0]]],
        [[], [[1, 1]]],
        [[], [[1, "0"]]],
        [[], [[1]]],
        [[], [1]],
        [[], [[number, 0] for number in range(1, 32)]],
    ],
)
def test_codes_that_we_never_write_are_refused(codes: object) -> None:
    with pytest.raises(ValueError, match="."):
        list_from(codes)


def test_the_ninth_person_is_refused_in_words() -> None:
    with pytest.raises(RuleBroken, match="up to 8 people"):
        MyList((MOTHER,) * PEOPLE_MAX).with_person(MOTHER)


def test_the_thirty_first_service_is_refused_in_words_and_one_twice_takes_no_room() -> None:
    full = MyList(entries=tuple(Entry(number, 0) for number in range(1, ENTRIES_MAX + 1)))
    assert full.with_entry(Entry(1, 0)) == full
    with pytest.raises(RuleBroken, match="full"):
        full.with_entry(Entry(99, 0))


def test_removing_a_person_takes_what_was_chosen_for_them_and_leaves_the_others_theirs() -> None:
    my_list = MyList((MOTHER, BROTHER), (Entry(7, 1), Entry(7, 2), Entry(8, 0)))
    left = my_list.without_person(1)
    assert left == MyList((BROTHER,), (Entry(7, 1), Entry(8, 0)))


def test_changing_a_person_keeps_what_was_chosen_for_them() -> None:
    my_list = MyList((MOTHER,), (Entry(7, 1),))
    assert my_list.with_person_changed(1, BROTHER) == MyList((BROTHER,), (Entry(7, 1),))


@pytest.mark.parametrize("number", [0, 2, 9, -1])
def test_a_person_who_is_not_there_is_said_to_be_gone(number: int) -> None:
    with pytest.raises(RuleBroken, match="not on your list"):
        MyList((MOTHER,)).without_person(number)
    if number:
        with pytest.raises(RuleBroken, match="not on your list"):
            MyList((MOTHER,)).with_entry(Entry(7, number))


@given(st.lists(st.integers(1, NUMBER_MAX), min_size=1, max_size=ENTRIES_MAX, unique=True))
def test_numbers_in_an_address_are_read_back(ids: list[int]) -> None:
    assert read_numbers(write_numbers(ids), ENTRIES_MAX) == tuple(ids)


@pytest.mark.parametrize(
    "text",
    ["", "-", "1-", "-1", "1--2", "0", "01", "a", "1,2", "1-2-x", "9" * 11, "4000000000", "١", "1 ", "1\n"]
    + ["-".join(str(number) for number in range(1, 32)), "1-" * 5000 + "1"],
)
def test_numbers_that_cannot_be_listings_are_refused_in_words(text: str) -> None:
    with pytest.raises(RuleBroken, match="numbers"):
        read_numbers(text, ENTRIES_MAX)


def test_a_number_that_stands_twice_counts_once() -> None:
    assert read_numbers("4-4-2-4", 4) == (4, 2)
