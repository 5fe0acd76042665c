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
from directory.web.help_now import FIRST, front_doors, help_now

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
