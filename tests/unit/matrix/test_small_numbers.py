"""No count of one to nine people can be worked out from what is told, even by someone who knows the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.matrix.small_numbers import (
    FEWEST,
    AtLeast,
    Hidden,
    ToldTable,
    of_nested,
    of_snapshots,
    told,
    with_parts_kept,
    with_total_kept,
)

FEWER, BACK = Hidden.FEWER_THAN_TEN, Hidden.KEPT_BACK
TABLES = [with_total_kept, with_parts_kept]
COUNTS = st.lists(st.integers(0, 60), min_size=1, max_size=12)
# Small and just above, where hiding is decided; every table of three such parts is tried.
NEAR_TEN = (0, 1, 2, 3, 8, 9, 10, 11, 12, 19, 20, 21)


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, FEWER), (9, FEWER), (10, 10), (31490, 31490)])
def test_one_to_nine_people_are_fewer_than_ten(count: int, shown: object) -> None:
    assert told(count) == shown


def test_there_is_no_count_below_none() -> None:
    with pytest.raises(ValueError, match="-1"):
        told(-1)


@pytest.mark.parametrize(
    ("parts", "keeping_total", "keeping_parts"),
    [
        ([192, 61, 0], ToldTable((192, 61, 0), 253), ToldTable((192, 61, 0), 253)),
        ([57, 8, 0], ToldTable((BACK, BACK, BACK), 65), ToldTable((57, FEWER, 0), AtLeast(57))),
        ([7, 0, 0], ToldTable((FEWER, 0, 0), FEWER), ToldTable((FEWER, 0, 0), FEWER)),
        ([6, 7, 0], ToldTable((BACK, BACK, BACK), 13), ToldTable((FEWER, FEWER, 0), AtLeast(0))),
        ([0, 0, 0], ToldTable((0, 0, 0), 0), ToldTable((0, 0, 0), 0)),
        ([1] * 9, ToldTable((BACK,) * 9, FEWER), ToldTable((FEWER,) * 9, AtLeast(0))),
    ],
)
def test_tables_worked_out_by_hand(
    parts: list[int], keeping_total: ToldTable, keeping_parts: ToldTable
) -> None:
    assert with_total_kept(parts) == keeping_total
    assert with_parts_kept(parts) == keeping_parts


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([100, 88, 80], (100, 88, BACK)),
        ([100, 95, 80, 80], (100, BACK, 80, 80)),
        ([11, 10], (11, BACK)),
        ([11, 1], (11, BACK)),
        ([9, 4, 0], (FEWER, FEWER, 0)),
        ([12, 0], (12, 0)),
    ],
)
def test_filters_worked_out_by_hand(counts: list[int], shown: tuple[object, ...]) -> None:
    assert of_nested(counts) == shown


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([55, 54, 56, 40], (55, BACK, BACK, 40)),
        ([55, 55, 65], (55, 55, 65)),
        ([12, 5, 13], (12, FEWER, BACK)),
        ([3, 4, 12], (FEWER, FEWER, 12)),
    ],
)
def test_snapshots_worked_out_by_hand(counts: list[int], shown: tuple[object, ...]) -> None:
    assert of_snapshots(counts) == shown


def test_a_filter_that_lets_in_more_people_than_the_wider_one_is_refused() -> None:
    with pytest.raises(ValueError, match="rise"):
        of_nested([10, 20])


def every_output(
    rule: Callable[[Sequence[int]], object], worlds: Sequence[tuple[int, ...]]
) -> Iterable[list[tuple[int, ...]]]:
    """What is told → every world that is told so: all that a reader who knows the rule cannot tell apart."""
    found: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for world in worlds:
        found[rule(world)].append(world)
    return found.values()


def small_counts_told(worlds: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The worlds of which a reader knows some count of one to nine for sure."""
    return [
        worlds[0] for values in zip(*worlds, strict=True) if len(set(values)) == 1 and 0 < values[0] < FEWEST
    ]


@pytest.mark.parametrize("rule", TABLES)
@pytest.mark.parametrize("size", [1, 2, 3])
def test_no_part_under_ten_can_be_worked_out_from_the_others_and_the_total(
    rule: Callable[[Sequence[int]], ToldTable], size: int
) -> None:
    worlds = list(product(range(24), repeat=size) if size < 3 else product(range(14), repeat=3))
    assert [w for group in every_output(rule, worlds) for w in small_counts_told(group)] == []


@pytest.mark.parametrize("rule", TABLES)
def test_nine_parts_of_one_person_each_cannot_be_worked_out_either(
    rule: Callable[[Sequence[int]], ToldTable],
) -> None:
    few = [
        group
        for group in every_output(rule, list(product(range(3), repeat=9)))
        if min(map(sum, group)) < FEWEST
    ]
    assert any((1,) * 9 in group for group in few)
    assert [w for group in few for w in small_counts_told(group)] == []


@pytest.mark.parametrize("rule", [of_nested, of_snapshots])
def test_no_count_and_no_difference_under_ten_can_be_worked_out_from_a_row_of_counts(
    rule: Callable[[Sequence[int]], tuple[object, ...]],
) -> None:
    worlds = [
        world
        for world in product(range(34), repeat=3)
        if rule is of_snapshots or list(world) == sorted(world, reverse=True)
    ]
    known = []
    for group in every_output(rule, worlds):
        # A world at the edge of what is tried here has fewer neighbours than it would really have.
        if max(map(max, group)) > 23:
            continue
        known += small_counts_told(group)
        known += small_counts_told([(abs(a - b), abs(b - c), abs(a - c)) for a, b, c in group])
    assert known == []


@given(COUNTS)
def test_every_small_part_of_any_table_might_have_been_another(parts: list[int]) -> None:
    for rule in TABLES:
        shown = rule(parts)
        for place, part in enumerate(parts):
            if 0 < part < FEWEST:
                assert any(rule(other) == shown for other in tables_that_differ(parts, place)), (rule, place)


def tables_that_differ(parts: list[int], place: int) -> Iterable[list[int]]:
    """Tables with another small number in one place: all else the same, or one other part making up for it."""
    for value in set(range(1, FEWEST)) - {parts[place]}:
        other = [*parts]
        other[place] = value
        yield other
        for elsewhere in set(range(len(parts))) - {place}:
            if parts[elsewhere] + parts[place] >= value:
                balanced = [*other]
                balanced[elsewhere] += parts[place] - value
                yield balanced


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_every_small_count_of_any_filters_might_have_been_another(counts: list[int]) -> None:
    nested = sorted(counts, reverse=True)
    shown = of_nested(nested)
    for place, count in enumerate(nested):
        if 0 < count < FEWEST:
            others = [with_count(nested, place, value) for value in set(range(1, FEWEST)) - {count}]
            assert any(of_nested(other) == shown for other in others)


def with_count(nested: list[int], place: int, value: int) -> list[int]:
    """The filters with another small number in one place, and the small ones about it moved out of its way."""
    wider = [max(each, value) if each < FEWEST else each for each in nested[:place]]
    return [*wider, value, *(min(each, value) for each in nested[place + 1 :])]


@given(COUNTS)
def test_what_is_told_is_true(parts: list[int]) -> None:
    for rule in TABLES:
        table = rule(parts)
        for part, shown in zip(parts, table.parts, strict=True):
            assert shown == part or shown is BACK or (shown is FEWER and 0 < part < FEWEST)
        whole = sum(parts)
        match table.total:
            case AtLeast(count):
                assert count <= whole
            case Hidden():
                assert 0 < whole < FEWEST
            case count:
                assert count == whole


@given(COUNTS)
def test_nothing_is_hidden_where_nothing_is_small(parts: list[int]) -> None:
    large = [part + FEWEST for part in parts]
    for rule in TABLES:
        assert rule(large) == ToldTable(tuple(large), sum(large))
