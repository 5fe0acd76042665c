"""Lines to turn to now, and councils' front doors."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from directory.reference.files import DATA, BadDataFile, read_rows
from directory.reference.front_doors import front_door, front_doors, read_front_doors
from directory.reference.help_lines import HelpLine, help_lines, read_help_lines
from directory.reference.hours import LONDON
from directory.reference.routes import Route, read_routes, write_routes
from directory.reference.telephones import is_for_drama, is_number, is_relay_number

THREE_AT_NIGHT = datetime(2026, 11, 22, 3, 0, tzinfo=LONDON)

# Doubtful when they were looked up: not to be shown until a person has checked them.
LEFT_OUT = ("male survivor", "survivorsuk", "signhealth", "muslim women")

# Councils for which only an old page showed a number.
OLD_PAGES_ONLY = (
    "North Somerset",
    "Wokingham",
    "Portsmouth",
    "North Yorkshire",
    "Stockport",
    "Doncaster",
    "Sandwell",
    "Bradford",
    "Bexley",
    "Hounslow",
    "Swansea",
)


def line(*routes: Route) -> HelpLine:
    return HelpLine(
        "a", "A", "A", ("children",), routes, None, "", "", "a", (), "", date(2026, 11, 22), "high", ""
    )


def test_every_route_of_every_line_can_be_used() -> None:
    assert help_lines()[0].code == "999"
    for help_line in help_lines():
        assert help_line.routes
        assert not any(is_for_drama(route.value) for route in help_line.routes)
        assert all(url.startswith("http") for url in help_line.source_urls)


def test_doubtful_lines_are_left_out() -> None:
    names = " ".join(help_line.name.casefold() for help_line in help_lines())
    assert not [name for name in LEFT_OUT if name in names]


def test_there_is_someone_at_night_for_every_group() -> None:
    for group in ("children", "parents", "adult-survivors", "at-risk", "families", "deaf"):
        assert [one.code for one in help_lines() if group in one.who_for and one.is_open(THREE_AT_NIGHT)]


def test_there_is_a_way_without_speaking_for_deaf_people_in_danger() -> None:
    in_danger = [one for one in help_lines() if {"emergency", "deaf"} <= set(one.who_for)]
    assert any(route.kind == "BSL video" for one in in_danger for route in one.routes_without_speaking)


def test_hours_that_sources_dispute_stay_unknown() -> None:
    by_code = {one.code: one for one in help_lines()}
    assert by_code["nspcc"].is_open(THREE_AT_NIGHT) is None
    assert by_code["childline"].is_open(THREE_AT_NIGHT) is None
    assert by_code["nspcc"].doubts and by_code["childline"].doubts


def test_a_line_is_open_when_one_of_its_ways_is() -> None:
    shut = Route("telephone", "01632 960001", "Mo-Fr 09:00-17:00")
    always = Route("text", "07700 900001", "24/7")
    unknown = Route("web chat", "https://example.org/")
    email = Route("email", "a@example.org")
    assert line(shut, always).is_open(THREE_AT_NIGHT) is True
    assert line(shut, unknown).is_open(THREE_AT_NIGHT) is None
    assert line(shut, email).is_open(THREE_AT_NIGHT) is False
    assert line(email).is_open(THREE_AT_NIGHT) is None
    assert line(shut, unknown).opens_next(THREE_AT_NIGHT) == datetime(2026, 11, 23, 9, 0, tzinfo=LONDON)
    assert line(shut, always).opens_next(THREE_AT_NIGHT) is None


def test_routes_are_written_as_they_are_read() -> None:
    for help_line in help_lines():
        assert read_routes(write_routes(help_line.routes)) == help_line.routes


@pytest.mark.parametrize(
    "text",
    [
        "telephone",
        "pigeon | 01632 960001",
        "telephone | 12",
        "telephone | call us",
        "telephone | 01632 960001 | 9 to 5",
        "telephone | 01632 960001 | | note | more",
        "email | nobody",
        "web chat | example.org",
        "form | javascript:alert(1)",
        "BSL video | ",
        "Relay UK | help",
    ],
)
def test_a_wrong_route_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_routes(text)


@pytest.mark.parametrize(
    "number", ["999", "101", "111", "116 123", "0800 1111", "85258", "0808 80 10 800", "01632 960123"]
)
def test_numbers_that_can_be_dialled(number: str) -> None:
    assert is_number(number)


@pytest.mark.parametrize(
    "number", ["", "1", "0300 303 778", "020 399 1599", "abc", "0" * 40, "0800 1111; DROP", "٠١٦٣٢٩٦٠١٢٣"]
)
def test_numbers_that_cannot_be_dialled(number: str) -> None:
    assert not is_number(number)


def test_relay_numbers_have_their_prefix() -> None:
    assert is_relay_number("18001 101")
    assert is_relay_number("18000")
    assert not is_relay_number("01632 960001")


def test_every_council_of_the_areas_table_has_a_row() -> None:
    known = {row["utla_code"] for row in read_rows(DATA / "areas.csv", ("utla_code",))}
    assert set(front_doors()) == known


def test_numbers_from_old_pages_are_left_out() -> None:
    by_name = {door.name: door for door in front_doors().values()}
    for name in OLD_PAGES_ONLY:
        assert by_name[name].telephone == by_name[name].out_of_hours == ""
        assert by_name[name].confidence == "low"


def test_no_number_is_invented() -> None:
    for door in front_doors().values():
        assert not is_for_drama(door.telephone)
        assert not is_for_drama(door.out_of_hours)


def test_the_first_areas_have_the_numbers_of_their_pages() -> None:
    peterborough = front_door("E06000031")
    stoke = front_door("E06000021")
    assert peterborough is not None and stoke is not None
    assert (peterborough.telephone, peterborough.out_of_hours) == ("01733 864180", "01733 234724")
    assert (stoke.telephone, stoke.out_of_hours) == ("01782 235100", "01782 234234")
    assert stoke.hours == "Mo-Th 08:30-17:00; Fr 08:30-16:30"


def test_a_place_that_is_no_council_has_no_front_door() -> None:
    assert front_door("E99999999") is None


def changed_copy(source: Path, target: Path, old: str, new: str) -> Path:
    text = source.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    return target


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("01733 864180", "01733 86418", "telephone"),
        ("E06000031,", "E06999999,", "utla_code"),
        ("Mo-Th 08:30-17:00; Fr 08:30-16:30", "8.30 to 5", "hours"),
        ("2026-11-22,high", "22/11/2026,high", "seen_on"),
        ("2026-11-22,high", "2026-11-22,low", "telephone"),
    ],
)
def test_a_wrong_front_door_is_refused(tmp_path: Path, old: str, new: str, column: str) -> None:
    path = changed_copy(DATA / "front_doors.csv", tmp_path / "front_doors.csv", old, new)
    with pytest.raises(BadDataFile) as caught:
        read_front_doors(path, set(front_doors()))
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("0800 1111", "0800 111", "routes"),
        ("children; parents", "children; pets", "who_for"),
        ("2026-11-22", "yesterday", "seen_on"),
        (",medium,", ",low,", "confidence"),
    ],
)
def test_a_wrong_help_line_is_refused(tmp_path: Path, old: str, new: str, column: str) -> None:
    path = changed_copy(DATA / "help_lines.csv", tmp_path / "help_lines.csv", old, new)
    with pytest.raises(BadDataFile) as caught:
        read_help_lines(path, {code for one in help_lines() for code in one.who_for})
    assert caught.value.column == column


def test_a_short_form_of_what_must_be_told_stands_only_beside_the_long_one(tmp_path: Path) -> None:
    rape_crisis = "by a news story of 2025, the phone is answered by women only."
    source = (DATA / "help_lines.csv").read_text(encoding="utf-8")
    cell = next(line for line in source.splitlines() if line.casefold().endswith(f'{rape_crisis}",'))
    path = changed_copy(DATA / "help_lines.csv", tmp_path / "help_lines.csv", cell, f"{cell}In short")
    with pytest.raises(BadDataFile) as caught:
        read_help_lines(path, {code for one in help_lines() for code in one.who_for})
    assert caught.value.column == "must_tell_short"
