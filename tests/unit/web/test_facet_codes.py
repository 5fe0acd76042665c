"""The codes that stand for filters in an address."""

from __future__ import annotations

import pytest

from directory.errors import RuleBroken
from directory.search.types import Facet
from directory.web.facets import FILTERS, choices_by_code, read_codes, short_code, values, write_codes


def test_every_facet_of_the_search_has_a_filter_and_only_one() -> None:
    assert sorted(each.facet.name for each in FILTERS) == sorted(facet.name for facet in Facet)
    assert len({each.field for each in FILTERS}) == len(FILTERS)


def test_no_two_choices_share_a_code() -> None:
    assert len(choices_by_code()) == sum(len(values(each.facet)) for each in FILTERS)


def test_a_code_never_spells_its_value() -> None:
    for code, (_facet, value) in choices_by_code().items():
        assert value not in code or len(value) < 2


def test_codes_are_read_back_and_one_search_has_one_order() -> None:
    chosen = {Facet.KIND: frozenset({"therapy", "helpline"}), Facet.GROUP: frozenset({"parents"})}
    codes = write_codes(chosen)
    assert read_codes(codes) == chosen
    assert write_codes(dict(reversed(chosen.items()))) == codes


def test_a_code_stays_what_it_is_when_the_lists_grow() -> None:
    # A shared link must not come to mean something else.
    assert short_code(Facet.GROUP, "parents") == "a59e4"


@pytest.mark.parametrize("codes", [".", "a", "a59e4.", "zzzzz", "a59e4,a59e4", "A59E4"])
def test_a_code_that_is_not_ours_is_refused(codes: str) -> None:
    with pytest.raises(RuleBroken):
        read_codes(codes)
