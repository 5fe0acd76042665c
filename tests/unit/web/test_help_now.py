"""Who can be called at this minute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask
from flask_babel import Babel

from directory.geo.types import SearchArea
from directory.reference.groups import shown_groups
from directory.reference.help_lines import help_lines
from directory.reference.hours import LONDON
from directory.search.types import Facet
from directory.web.help_now import FIRST, FIRST_BESIDE_RESULTS, front_doors, help_now

THREE_AT_NIGHT = datetime(2026, 11, 22, 3, 0, tzinfo=LONDON)
TUESDAY_NOON = datetime(2026, 11, 24, 12, 0, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


@pytest.mark.parametrize("group", sorted(shown_groups()))
@pytest.mark.parametrize("at", [THREE_AT_NIGHT, TUESDAY_NOON], ids=["at night", "at noon"])
def test_at_any_hour_every_group_is_shown_a_line_that_is_open(group: str, at: datetime) -> None:
    strip = help_now({Facet.GROUP: frozenset({group})}, at=at)
    assert any(line.is_open for line in strip.first)


def test_the_line_made_for_a_group_stands_first() -> None:
    first = {
        group: help_now({Facet.GROUP: frozenset({group})}, at=TUESDAY_NOON).first[0].name
        for group in ("children", "at-risk")
    }
    assert first == {"children": "Childline", "at-risk": "Stop It Now helpline"}


def test_an_adult_asking_about_a_childs_behaviour_is_shown_the_line_for_that_first() -> None:
    strip = help_now({Facet.GROUP: frozenset({"children-hsb"})}, at=TUESDAY_NOON)
    assert strip.first[0].name == "Stop It Now helpline"


@pytest.mark.parametrize("words", ["suicidal", "I want to die", "kill myself", "end it", "self harm"])
def test_words_of_somebody_in_a_crisis_bring_the_crisis_lines_first(words: str) -> None:
    assert help_now({}, words, at=THREE_AT_NIGHT).first[0].name == "Samaritans"


@pytest.mark.parametrize("words", ["counselling", "killing time", "the end", "kilburn"])
def test_other_words_do_not(words: str) -> None:
    assert help_now({}, words, at=TUESDAY_NOON).first[0].name == "Childline"


def test_somebody_who_needs_a_way_without_a_voice_is_shown_one_first() -> None:
    chosen = {Facet.BSL: frozenset({"yes"}), Facet.GROUP: frozenset({"adult-survivors"})}
    assert [line.name for line in help_now(chosen, at=THREE_AT_NIGHT).first][:2] == ["999 BSL", "Shout"]


def test_the_line_made_for_somebody_without_a_voice_is_not_folded_away() -> None:
    chosen = {Facet.BSL: frozenset({"yes"}), Facet.GROUP: frozenset({"adult-survivors"})}
    shown = help_now(chosen, first=FIRST_BESIDE_RESULTS, at=THREE_AT_NIGHT).first
    assert [line.name for line in shown][2:] == ["Rape Crisis England and Wales 24/7 Support Line"]


def test_who_asks_for_advice_for_their_work_is_shown_lines_for_adults_who_worry_about_a_child() -> None:
    names = [line.name for line in help_now({Facet.ADVICE: frozenset({"yes"})}, at=TUESDAY_NOON).first]
    assert names[:2] == ["NSPCC helpline", "Stop It Now helpline"]


def test_no_line_is_lost_and_none_stands_twice() -> None:
    for chosen in ({}, {Facet.GROUP: frozenset({"parents", "families"})}):
        strip = help_now(chosen, at=TUESDAY_NOON)
        names = [line.name for line in (*strip.first, *strip.more)]
        assert len(strip.first) == FIRST
        assert len(names) == len(set(names))
        assert sorted(names) == sorted(line.name for line in help_lines() if line.code != "999")


def test_a_line_that_is_closed_says_when_it_opens() -> None:
    stop_it_now = help_now({Facet.GROUP: frozenset({"at-risk"})}, at=THREE_AT_NIGHT).first[0]
    assert stop_it_now.opening in {"Closed now. Opens at 9am tomorrow", "Opening hours not known"}


def test_hours_that_sources_disagree_on_are_not_known() -> None:
    strip = help_now({Facet.GROUP: frozenset({"parents"})}, at=TUESDAY_NOON)
    nspcc = next(line for line in (*strip.first, *strip.more) if line.name == "NSPCC helpline")
    assert nspcc.opening == "Opening hours not known"


def test_districts_of_one_county_share_its_front_door() -> None:
    doors = front_doors(SearchArea(None, ("E07000008", "E07000011")))
    assert [(door.council, door.telephone) for door in doors] == [("Cambridgeshire", "0345 045 5203")]


def test_a_council_whose_number_is_not_held_says_so_by_an_empty_number() -> None:
    (door,) = front_doors(SearchArea(None, ("W06000006",)))
    assert (door.council, door.telephone) == ("Wrexham", "")


def test_without_a_place_there_is_no_front_door() -> None:
    assert front_doors(None) == ()


def test_a_family_is_shown_a_line_for_thoughts_of_suicide_first_with_a_sentence_that_says_why() -> None:
    strip = help_now({Facet.GROUP: frozenset({"families"})}, at=TUESDAY_NOON)
    assert [line.name for line in strip.first][:2] == ["Samaritans", "Stop It Now helpline"]
    assert "thinking of suicide" in strip.note
    assert help_now({Facet.GROUP: frozenset({"parents"})}, at=TUESDAY_NOON).note == ""


def test_the_lines_of_a_door_stand_before_those_of_its_groups() -> None:
    chosen = {Facet.GROUP: frozenset({"children", "parents"})}
    strip = help_now(chosen, lines=("stop-it-now", "shout"), at=TUESDAY_NOON)
    assert [line.name for line in strip.first][:2] == ["Stop It Now helpline", "Shout"]


def test_each_line_says_in_short_what_it_must_pass_on_wherever_its_source_says_so() -> None:
    strip = help_now(at=TUESDAY_NOON)
    for line in (*strip.first, *strip.more):
        assert bool(line.must_tell_short) == bool(line.must_tell), line.name
        assert len(line.must_tell_short) <= 250, line.name


def test_a_way_without_a_voice_stands_beside_a_number() -> None:
    childline = help_now({Facet.GROUP: frozenset({"children"})}, at=TUESDAY_NOON).first[0]
    assert (childline.routes[0].href, childline.quiet and childline.quiet.label) == (
        "tel:08001111",
        "Online chat",
    )
    assert childline.quiet not in childline.other_routes


def test_whoever_has_no_voice_is_shown_only_lines_that_need_none_by_the_way_that_needs_none() -> None:
    chosen = {Facet.WITHOUT_SPEAKING: frozenset({"yes"}), Facet.GROUP: frozenset({"adult-survivors"})}
    strip = help_now(chosen, first=5, at=THREE_AT_NIGHT)
    assert not [line.name for line in strip.first if line.routes[0].href.startswith("tel:")]
    assert "National Association" not in " ".join(line.name for line in strip.first)


@pytest.mark.parametrize(
    "groups", [{"families"}, {"at-risk"}, {"children"}, {"parents"}, {"adult-survivors"}]
)
def test_every_strip_has_a_way_without_a_voice_unfolded(groups: set[str]) -> None:
    for at in (THREE_AT_NIGHT, TUESDAY_NOON):
        first = help_now({Facet.GROUP: frozenset(groups)}, first=2, at=at).first
        assert any(line.quiet or not line.routes[0].href.startswith("tel:") for line in first)


def test_an_adult_who_asks_for_a_child_and_its_parents_is_shown_the_line_for_adults_first() -> None:
    strip = help_now({Facet.GROUP: frozenset({"children", "parents"})}, at=TUESDAY_NOON)
    assert strip.first[0].name == "NSPCC helpline"
