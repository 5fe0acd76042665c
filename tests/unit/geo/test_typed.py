"""Reading what was typed as a postcode, or the start of one."""

from __future__ import annotations

import pytest

from directory.geo.typed import Reading, likely_meant, readings


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("PE1 1QL", Reading("PE1", "1QL")),
        ("PE11QL", Reading("PE1", "1QL")),
        ("PE11", Reading("PE11", "")),
        ("PE1 1", Reading("PE1", "1")),
        ("PE111", Reading("PE11", "1")),
        ("W1A1", Reading("W1A", "1")),
        ("EC1A 1BB", Reading("EC1A", "1BB")),
        ("NPT 0AD", Reading("NPT", "0AD")),
    ],
)
def test_a_text_is_read_as_the_likeliest_part_of_a_postcode(typed: str, first: Reading) -> None:
    assert readings(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "Peterborough", "P", "PE", "PE1 1 1", "12345", "PE1 1QL extra words"])
def test_a_text_of_another_shape_is_not_read_as_a_postcode(typed: str) -> None:
    assert readings(typed) == []


def test_only_look_alikes_are_exchanged() -> None:
    assert Reading("PO1", "3AX") in likely_meant("P01 3AX")
    assert likely_meant("Boston") == []
    assert all(reading.inward == "1QL" for reading in likely_meant("PEI IQL"))
