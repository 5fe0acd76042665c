"""A box for a number takes what people write in it."""

from __future__ import annotations

import pytest

from directory.web.my_listings.cells_of_forms import cell_of


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("12", "12"),
        (" 12 weeks ", "12"),
        ("1 Week.", "1"),
        ("12wks", "12"),
        ("weeks", "weeks"),
        ("12 or 13 weeks", "12 or 13"),
        ("about 12 months", "about 12 months"),
        ("", ""),
    ],
)
def test_a_unit_after_the_number_is_left_out_and_nothing_is_guessed(written: str, cell: str) -> None:
    assert cell_of("waiting_weeks", written, "") == cell
