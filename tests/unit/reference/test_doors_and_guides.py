"""The tables of doors, of their sources and of guides: strict readers, true to the tables they name."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.reference.doors import door_sources, doors, read_door_sources, read_doors
from directory.reference.files import DATA, BadDataFile
from directory.reference.groups import groups, shown_groups
from directory.reference.guides import guides, guides_of_door, guides_of_groups, read_guides
from directory.reference.help_lines import help_lines
from tests.unit.reference.test_help_now import changed_copy

TEMPLATES = Path(__file__).parents[3] / "templates" / "doors"


def test_every_group_stands_behind_a_door() -> None:
    behind = [code for door in doors().values() for code in door.groups]
    assert set(behind) == set(groups())
    assert {shown for door in doors().values() for shown in door.shown_groups} == set(shown_groups())


def test_every_door_has_its_first_steps_written() -> None:
    assert {path.stem for path in TEMPLATES.glob("?.html")} == set(doors())


def test_a_door_that_says_what_somebody_must_do_says_where_it_is_from() -> None:
    for code in doors():
        says_what_must_be = "block tell" in (TEMPLATES / f"{code}.html").read_text(encoding="utf-8")
        assert not says_what_must_be or len(door_sources(code)) >= 2, code


def test_every_person_is_shown_a_line_that_is_there_at_any_hour() -> None:
    always = {line.code for line in help_lines() if any(route.hours == "24/7" for route in line.routes)}
    for door in doors().values():
        assert door.kind == "work" or set(door.lines) & always, door.code


def test_every_line_for_people_without_a_voice_can_be_reached_without_one() -> None:
    quiet = {line.code for line in help_lines() if line.routes_without_speaking}
    assert set(doors()["j"].lines) <= quiet


def test_the_six_guides_stand_beside_their_doors() -> None:
    beside = {door: {guide.code for guide in guides_of_door(door)} for door in doors()}
    assert {"response-pathway", "supporting-parents", "communicating"} <= beside["b"]
    assert {"sibling", "safety-planning"} <= beside["c"]
    assert beside["d"] == {"online-offending"}
    assert {guide.code for guide in guides_of_groups(["families"])} == {"sibling", "online-offending"}
    assert guides_of_groups([]) == ()


def test_a_guide_that_leads_to_a_list_says_why() -> None:
    assert all(guide.note for guide in guides() if guide.is_list)


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("\nb,person", "\na,person", "code"),
        ("\nb,person", "\nB,person", "code"),
        ("\nb,person", "\nb,people", "kind"),
        ("G1; G2; G3", "G1; G12", "groups"),
        ("G1; G2; G3", "", "groups"),
        ("\ng,work,", "\ng,person,", "groups"),
        ("nspcc; stop-it-now; rape", "nspcc; stop-it; rape", "lines"),
        (",/family", ",https://example.org", "leads_to"),
        ("I run a service", "", "says"),
    ],
)
def test_a_wrong_door_is_refused(tmp_path: Path, old: str, new: str, column: str) -> None:
    path = changed_copy(DATA / "doors.csv", tmp_path / "doors.csv", old, new)
    with pytest.raises(BadDataFile) as caught:
        read_doors(path, groups(), {line.code for line in help_lines()})
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("b; c; g,", "b; x; g,", "doors"),
        ("b; c; g,", ",", "doors"),
        ("https://safeguardingcamb", "safeguardingcamb", "source_url"),
        ("2026-11-26", "today", "seen_on"),
        ("2024-12,", "last year,", "source_date"),
    ],
)
def test_a_wrong_source_is_refused(tmp_path: Path, old: str, new: str, column: str) -> None:
    path = changed_copy(DATA / "door_sources.csv", tmp_path / "door_sources.csv", old, new)
    with pytest.raises(BadDataFile) as caught:
        read_door_sources(path, doors())
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("\nstarting-out,", "\nresponse-pathway,", "code"),
        ("https://csapathway.uk", "csapathway.uk", "url"),
        (",guide,G1; G2; G3", ",copy,G1; G2; G3", "leads_to"),
        ("G1; G2; G3", "G1; G0", "groups"),
        ("b; g,,2026", "b; zz,,2026", "doors"),
        ("2026-11-26", "26 November", "seen_on"),
    ],
)
def test_a_wrong_guide_is_refused(tmp_path: Path, old: str, new: str, column: str) -> None:
    path = changed_copy(DATA / "guides.csv", tmp_path / "guides.csv", old, new)
    with pytest.raises(BadDataFile) as caught:
        read_guides(path, groups(), doors())
    assert caught.value.column == column
