"""What `make bench` says at its end: which goals were met, and which were missed."""

from __future__ import annotations

from bench.__main__ import told_of_goals


def test_every_goal_is_told_in_words_wherever_it_stands() -> None:
    told = told_of_goals(
        {
            "map": {"bytes": 3, "bytes_goal_met": True, "time_goal_met": False},
            "matrix_states": {"cold goal met": True},
            "import_listings": {"500": {"meets_goal": True, "is_metric": False}},
        }
    )
    assert told.splitlines() == [
        "",
        "Goals",
        "map / bytes goal met: met",
        "map / time goal met: MISSED",
        "matrix_states / cold goal met: met",
        "import_listings / 500 / meets goal: met",
        "1 of 4 goals were missed.",
    ]


def test_a_run_in_which_all_are_met_or_none_is_measured_says_so() -> None:
    assert told_of_goals({"postcodes": {"met": True}}).endswith("All 1 goals were met.")
    assert told_of_goals({"search": {"500": {"index": 1.5}}}).endswith("No goal was measured.")
