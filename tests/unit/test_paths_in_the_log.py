"""Which addresses the server's log may name: none that holds a choice or a key."""

from __future__ import annotations

import pytest

from directory.security.quiet_log import KNOWN_PATHS


@pytest.mark.parametrize(
    "path", ["/family", "/family/filters", "/family/results", "/my-list", "/my-list/add", "/my-list/keep"]
)
def test_a_page_that_holds_no_choice_is_named(path: str) -> None:
    assert KNOWN_PATHS.fullmatch(path)


@pytest.mark.parametrize(
    "path", ["/my-list/sheet/3", "/my-list/sheet/3.docx", "/list/12-40-131", "/compare/12-40", "/family/br"]
)
def test_a_path_that_tells_what_somebody_chose_is_not(path: str) -> None:
    assert KNOWN_PATHS.fullmatch(path) is None


@pytest.mark.parametrize("path", ["/confirm/0aT_-k3y", "/confirm/0aT_-k3y/again", "/confirm/" + "a" * 43])
def test_the_link_of_a_reminder_is_not_named(path: str) -> None:
    assert KNOWN_PATHS.fullmatch(path) is None
