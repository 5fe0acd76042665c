"""Which services keep their place to themselves."""

from __future__ import annotations

import pytest

from directory.reference.confidential import folded, is_confidential


def kept_secret(
    said: bool | None = None, groups: str = "", support: str = "", words: str = "", description: str = ""
) -> bool:
    return is_confidential(
        said=said,
        groups=groups.split(),
        support_type_codes=support.split(),
        words=words,
        description=description,
    )


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
        ("G4", "", "Example Safehouse"),
        ("G4", "", "Example Safe-Houses"),
        ("G4", "", "Lloches Enghraifft"),
        ("G4", "", "Llochesau i fenywod"),
        ("G4", "", "Example Childrens Home"),
        ("G4", "", "Example Ｒｅｆｕｇｅ"),
        ("G4", "", "Example Ref\u00aduge"),
        ("G4", "", "Safe\u00a0house"),
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


@pytest.mark.parametrize(
    "description",
    [
        "A refuge with six rooms.",
        "The refuge takes women of any age.",
        "Refuge for women and their children.",
        "Refuges for women in the county.",
        "  a safe house",
        "A women’s refuge.",
        "An emergency refuge for men.",
        "Safe houses for young people.",
        "Lloches i fenywod.",
        "A children’s home for boys.",
    ],
)
def test_a_description_that_begins_with_a_refuge_is_of_one(description: str) -> None:
    assert kept_secret(groups="G4", words="Example Service A", description=description)


@pytest.mark.parametrize(
    "description",
    [
        "Counselling that helps people in refuges.",
        "Workers who visit a refuge each week.",
        "A charity with a refuge, a helpline and groups.",
        "A helpline, with a refuge worker on some days.",
        "For women who have left a refuge for good.",
        "A refugee centre.",
        "Refugee families find counselling here.",
    ],
)
def test_a_service_that_only_speaks_of_refuges_is_not_one(description: str) -> None:
    assert not kept_secret(groups="G4", words="Example Service A", description=description)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("plain", "plain"),
        ("ＰＥ２８", "PE28"),
        ("PE\u200b28", "PE28"),
        ("a\u00a0b", "a b"),
        ("re\u00adfuge", "refuge"),
        ("Ŵyna", "Ŵyna"),
    ],
)
def test_folding_takes_away_what_only_looks_different(text: str, read: str) -> None:
    assert folded(text) == read


def test_what_the_organisation_says_wins() -> None:
    assert not kept_secret(said=False, groups="G8", support="G5.9", words="Refuge", description="A refuge.")
    assert kept_secret(said=True, groups="G4")


def test_a_support_type_that_is_not_there_is_not_let_pass() -> None:
    with pytest.raises(KeyError):
        kept_secret(support="G2.99")
