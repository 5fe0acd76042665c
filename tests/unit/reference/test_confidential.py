"""Which services keep their place to themselves."""

from __future__ import annotations

import pytest

from directory.reference.confidential import is_confidential


def kept_secret(said: bool | None = None, groups: str = "", support: str = "", words: str = "") -> bool:
    return is_confidential(said=said, groups=groups.split(), support_type_codes=support.split(), words=words)


@pytest.mark.parametrize(
    ("groups", "support", "words"),
    [
        ("G7", "", ""),
        ("G4 G8?", "", ""),
        ("G2", "G2.13", ""),
        ("G5", "G5.9?", ""),
        ("G4", "", "Example Refuge A"),
        ("G4", "", "Two refuges in the county"),
        ("G2", "", "Example Children’s Home"),
        ("G2", "", "Example Children's Homes"),
        ("G4", "", "A safe house"),
    ],
)
def test_some_services_keep_their_place_secret_by_default(groups: str, support: str, words: str) -> None:
    assert kept_secret(groups=groups, support=support, words=words)


@pytest.mark.parametrize(
    ("groups", "support", "words"),
    [
        ("G2 G3 G4", "G2.7 G4.6", "Example Service A"),
        ("G5", "G5.5 G5.6", ""),
        ("G4", "", "Example Refugee Centre"),
        ("G9", "G9.2", ""),
        ("", "", ""),
    ],
)
def test_others_do_not(groups: str, support: str, words: str) -> None:
    assert not kept_secret(groups=groups, support=support, words=words)


def test_what_the_organisation_says_wins() -> None:
    assert not kept_secret(said=False, groups="G8", support="G5.9", words="Refuge")
    assert kept_secret(said=True, groups="G4")


def test_a_support_type_that_is_not_there_is_not_let_pass() -> None:
    with pytest.raises(KeyError):
        kept_secret(support="G2.99")
