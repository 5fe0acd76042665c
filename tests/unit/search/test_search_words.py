"""Typed words: what they find, what is forgiven, and that nothing typed is ever an error."""

from __future__ import annotations

import pytest

from directory.search.types import Query, Section
from tests.unit.search.example_listings import AREA, ids, index_of, national, search

SYNONYMS = {
    "isva": ("independent sexual violence adviser",),
    "counselling": ("therapy",),
    "kid": ("child",),
    "sarc": ("sexual assault referral centre",),
}


def found(words: str, typed: str) -> bool:
    """Whether a listing with these words is found by what is typed; another one widens the vocabulary."""
    index = index_of(national(1, words=words), national(2, words="unrelated"), synonyms=SYNONYMS)
    return 1 in ids(index.search(Query(area=AREA, text=typed)), Section.ANYWHERE)


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("advocacy", "advocacy"),
        ("advocacy", "ADVOCACY"),
        ("advocacy", "advo"),
        ("Siân", "sian"),
        ("sian", "Siân"),
        ("Barnardo's", "barnardos"),
        ("Barnardo’s", "Barnardo's"),
        ("support for children", "my children"),
        ("support for children", "unknownword children"),
        ("straße", "STRASSE"),
        ("ﬁrst light", "first"),
        ("24/7 line", "24/7"),
        ("advocacy", "advocasy"),
        ("advocacy", "advocac"),
        ("advocacy", "avdocacy"),
        ("advocacy", "advocaccy"),
        ("independent", "indipendant"),
        ("independent sexual violence advisers", "isva"),
        ("play therapy", "counselling"),
        ("childhood", "kid"),
        ("independent sexual violence advisers", "isvaa"),
        ("play therapy", "councelling"),
    ],
)
def test_a_listing_is_found_by(words: str, typed: str) -> None:
    assert found(words, typed)


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("advocacy", "unrelated"),
        ("advocacy", "advocacy unrelated"),
        ("childhood", "ch unrelated"),
        ("independent adviser", "isva unrelated"),
        ("therapy", "kid unrelated"),
    ],
)
def test_a_listing_is_not_found_by(words: str, typed: str) -> None:
    assert not found(words, typed)


@pytest.mark.parametrize(
    ("typed", "taken_for"),
    [
        ("therapy", ("therapy",)),
        ("the", None),
        ("ther", ("therapist", "therapy")),
        ("therapi", ("therapist",)),
        ("theraqy", ("therapy",)),
        ("theropyy", ("therapy",)),
        ("xherpyaa", ()),
        ("arr", ()),
        ("248", ()),
        ("2477", ()),
    ],
)
def test_a_typed_word_is_taken_for(typed: str, taken_for: tuple[str, ...] | None) -> None:
    results = search(national(1, words="the therapy art 247"), national(2, words="therapist"), text=typed)
    assert results.understood == ({} if taken_for is None else {typed: taken_for})


def test_a_short_word_is_no_beginning_of_a_longer_one() -> None:
    results = search(national(1, words="man"), national(2, words="manchester management"), text="man")
    assert ids(results, Section.ANYWHERE) == [1]
    assert results.understood == {"man": ("man",)}


def test_a_word_with_a_synonym_stands_for_itself_and_its_meanings_not_for_longer_words() -> None:
    listings = [national(1, words="trans"), national(2, words="transport"), national(3, words="non-binary")]
    asked = Query(area=AREA, text="trans")
    known = index_of(*listings, synonyms={"trans": ("non binary",)}).search(asked)
    assert ids(known, Section.ANYWHERE) == [1, 3]
    assert known.understood == {"trans": ("trans", "non binary")}
    without = index_of(*listings, synonyms={"trans": ("no such words",)}).search(asked)
    assert ids(without, Section.ANYWHERE) == [1, 2]


def test_one_mistake_is_preferred_to_two() -> None:
    results = search(national(1, words="counsellor"), national(2, words="councillors"), text="councellor")
    assert results.understood == {"councellor": ("counsellor",)}
    assert ids(results, Section.ANYWHERE) == [1]


def test_a_slip_is_only_looked_for_where_the_word_itself_is_unknown() -> None:
    results = search(national(1, words="trust"), national(2, words="truss"), text="trust")
    assert ids(results, Section.ANYWHERE) == [1]


def test_a_word_nobody_understands_is_left_out_and_said() -> None:
    results = search(national(1, words="therapy"), national(2, words="advice"), text="qqqq therapy")
    assert ids(results, Section.ANYWHERE) == [1]
    assert results.understood == {"qqqq": (), "therapy": ("therapy",)}


def test_when_no_word_is_understood_the_words_filter_nothing() -> None:
    results = search(national(1, words="therapy"), text="qqqq wwww")
    assert (results.total, results.total_without_text) == (1, 1)
    assert results.understood == {"qqqq": (), "wwww": ()}


def test_small_words_alone_filter_nothing_and_are_not_mentioned() -> None:
    results = search(national(1, words="therapy"), text="Help for my, and HE was")
    assert (results.total, dict(results.understood)) == (1, {})


def test_a_synonym_says_which_meaning_it_was_taken_for_and_keeps_the_word_itself() -> None:
    index = index_of(
        national(1, words="isva"), national(2, words="Independent Sexual Violence Adviser"), synonyms=SYNONYMS
    )
    results = index.search(Query(area=AREA, text="ISVA"))
    assert results.understood == {"isva": ("isva", "independent sexual violence adviser")}
    assert ids(results, Section.ANYWHERE) == [1, 2]


def test_a_synonym_whose_meaning_nobody_has_is_no_dead_end() -> None:
    index = index_of(national(1, words="therapy"), synonyms=SYNONYMS)
    results = index.search(Query(area=AREA, text="sarc"))
    assert (results.total, results.understood) == (1, {"sarc": ()})


def test_words_held_letter_for_letter_come_before_their_longer_forms() -> None:
    results = search(
        national(1, name="A", words="children"),
        national(2, name="B", words="child"),
        national(3, name="C", words="childhood"),
        text="child",
    )
    assert ids(results, Section.ANYWHERE) == [2, 1, 3]


def test_name_and_organisation_are_searched_too() -> None:
    results = search(
        national(1, name="Example Harbour"), national(2, organisation="Harbour"), national(3), text="harbour"
    )
    assert ids(results, Section.ANYWHERE) == [1, 2]


HOSTILE = [
    "a" * 10_000,
    "therapy " * 5_000,
    " ".join(f"word{number}" for number in range(3_000)),
    "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\x00\x00therapy\x00",
    "\ud800 lone surrogate",
    "' OR 1=1; DROP TABLE service; --",
    '"%_*?[]{}()\\|^$+.',
    "<script>alert(1)</script>",
    "(a+)+$" * 50,
    "\u202eyparreht",
    "e\u0301" * 300,
    "\ufdfa" * 200,
    "İıſK",
    "ไทย हिन्दी العربية 中文",
    " \t\r\n\u2028\u00a0",
    "",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_typed_is_an_error(typed: str) -> None:
    listings = [national(1, words="therapy"), national(2, words=typed), national(3, name=typed)]
    results = search(*listings, text=typed)
    assert 0 <= results.total <= 3
    assert len(results.understood) <= 16
    assert all(len(word) <= 40 for word in results.understood)


def test_a_word_cut_at_the_limit_still_finds_its_listing() -> None:
    assert found("w" * 60, "w" * 60)
