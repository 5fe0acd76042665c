"""From what was typed to the area a search is about, and back to words."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import RuleBroken
from directory.geo.answers import Anywhere, Choose, Found, NotUnderstood, Outside
from directory.geo.areas import areas
from directory.geo.locator import TEXT_MAX, Locator
from directory.geo.packed import inward_letters
from directory.geo.postcodes import PostcodeStore
from directory.geo.squares import POSTCODES_MIN, Squares
from directory.geo.types import SearchArea, Square

PETERBOROUGH = SearchArea(Square(1, 518, 298), ("E06000031",))


def found(locator: Locator, text: str) -> Found:
    answer = locator.find(text)
    assert isinstance(answer, Found), (text, answer)
    return answer


@pytest.mark.parametrize(
    "typed",
    [
        "PE1 1QL",
        "pe11ql",
        " pe1   1ql ",
        "PE1-1QL",
        "PE1\t1QL",
        "PE11QL\n",
        "ＰＥ１ １ＱＬ",
        "PEI 1QL",
        "PE1 IQL",
        "pel 1ql",
        "1 Example Street, Peterborough PE1 1QL",
    ],
)
def test_a_postcode_is_understood_however_it_is_typed(locator: Locator, typed: str) -> None:
    assert found(locator, typed) == Found(PETERBOROUGH, "Peterborough", "postcode")


def test_the_letter_o_and_the_figure_nought_may_be_taken_for_each_other(locator: Locator) -> None:
    assert found(locator, "P01 3AX").area == found(locator, "PO1 3AX").area
    assert found(locator, "SE1 OAA").area == found(locator, "SE1 0AA").area


def test_an_outward_code_brings_all_its_authorities_and_a_square_of_five_kilometres(locator: Locator) -> None:
    answer = found(locator, "PE28")
    assert answer.precision == "outward"
    assert len(answer.area.authorities) == 6
    assert answer.area.square == Square(5, 104, 54)


def test_a_space_tells_the_start_of_a_postcode_from_an_outward_code(locator: Locator) -> None:
    assert found(locator, "PE1 1").precision == "partial"
    assert found(locator, "PE11").precision == "outward"
    assert found(locator, "PE11").area.authorities[0] == "E07000140"


@pytest.mark.parametrize(
    ("typed", "nation"),
    [
        ("BT1 5GS", "northern-ireland"),
        ("bt1", "northern-ireland"),
        ("BT", "northern-ireland"),
        ("BT99 9ZZ", "northern-ireland"),
        ("Belfast", "northern-ireland"),
        ("EH1 1YZ", "scotland"),
        ("EH99", "scotland"),
        ("eh", "scotland"),
        ("G1", "scotland"),
        ("G9 4ST", "scotland"),
        ("ZE1 9ZZ", "scotland"),
        ("DG16", "scotland"),
        ("Edinburgh", "scotland"),
        ("JE2 3AB", "channel-islands"),
        ("GY1", "channel-islands"),
        ("Guernsey", "channel-islands"),
        ("IM1 1AA", "isle-of-man"),
        ("IM99", "isle-of-man"),
        ("isle of man", "isle-of-man"),
    ],
)
def test_places_beyond_england_and_wales_are_known_for_what_they_are(
    locator: Locator, typed: str, nation: str
) -> None:
    assert locator.find(typed) == Outside(nation)  # type: ignore[arg-type]  # the table holds plain strings


def test_berwick_is_in_england_though_its_outward_code_crosses_the_border(locator: Locator) -> None:
    assert found(locator, "TD15").area.authorities == ("E06000057",)
    assert found(locator, "TD15 1AA").area.authorities == ("E06000057",)


def test_a_postcode_that_does_not_exist_is_said_not_to_and_its_outward_code_is_offered(
    locator: Locator,
) -> None:
    answer = locator.find("PE1 7ZZ")
    assert isinstance(answer, NotUnderstood)
    assert answer.reason == "no-such-postcode"
    assert [place.ask for place in answer.suggestions] == ["PE1"]
    assert found(locator, answer.suggestions[0].ask).precision == "outward"


def test_a_postcode_with_no_place_on_the_map_is_not_said_to_be_wrong(locator: Locator) -> None:
    answer = locator.find("CF72 0ZZ")
    assert isinstance(answer, NotUnderstood)
    assert answer.reason == "no-place-for-postcode"
    assert [place.ask for place in answer.suggestions] == ["CF72"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("XX99 9XX", "no-such-postcode"),
        ("x" * 10_000, "too-long"),
        ("PE1 1QL" * 2000, "too-long"),
        ("\U0001f600", "no-such-place"),
        ("<script>alert(1)</script>", "no-such-place"),
        ("' OR 1=1 --", "no-such-place"),
        ("Robert'); DROP TABLE service;--", "no-such-place"),
        ("{{7*7}}", "no-such-place"),
        ("../../etc/passwd", "no-such-place"),
        ("١٢٣", "no-such-place"),
        ("123456", "no-such-place"),
        ("-", "no-such-place"),
        ("L", "no-such-place"),
        ("\ufdfa" * 200, "no-such-place"),
        ("İstanbul", "no-such-place"),
        ("England", "too-wide"),
        ("South East", "too-wide"),
    ],
)
def test_what_cannot_be_a_place_gets_a_clear_answer(locator: Locator, typed: str, reason: str) -> None:
    answer = locator.find(typed)
    assert isinstance(answer, NotUnderstood)
    assert answer.reason == reason
    assert len(answer.text) <= TEXT_MAX


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "\t\r\n", "\u200b"])
def test_nothing_typed_means_anywhere(locator: Locator, typed: str) -> None:
    assert locator.find(typed) == Anywhere()


@given(st.text(max_size=250) | st.from_regex(r"[A-Za-z0-9 OIl]{2,9}", fullmatch=True))
def test_whatever_is_typed_there_is_an_answer_whose_area_passes_its_own_check(
    locator: Locator, typed: str
) -> None:
    answer = locator.find(typed)
    if isinstance(answer, Found):
        locator.check(answer.area)
        assert SearchArea.from_code(answer.area.code) == answer.area
        assert locator.describe(answer.area)
    if isinstance(answer, Choose):
        assert len(answer.options) > 1


def test_newport_asks_which_and_each_option_finds_its_own(locator: Locator) -> None:
    answer = locator.find("Newport")
    assert isinstance(answer, Choose)
    assert {option.authority_name for option in answer.options} >= {
        "Wales",
        "Isle of Wight",
        "Telford and Wrekin",
    }
    for option in answer.options:
        assert found(locator, option.ask).area.authorities[0] == option.authorities[0]


def test_a_town_brings_its_square_and_authority(locator: Locator) -> None:
    assert found(locator, "Peterborough") == Found(PETERBOROUGH, "Peterborough", "town")
    newport = found(locator, "Newport, Isle of Wight")
    assert (newport.label, newport.area.authorities) == ("Newport, Isle of Wight", ("E06000046",))


def test_a_town_astride_a_border_brings_both_authorities(locator: Locator) -> None:
    assert found(locator, "Tottenham").area.authorities == ("E09000014", "E09000010")


def test_a_county_and_a_large_authority_bring_no_square(locator: Locator) -> None:
    assert found(locator, "Kent").area.square is None
    assert len(found(locator, "Kent").area.authorities) == 12
    assert found(locator, "Cornwall").area == SearchArea(None, ("E06000052",))


def test_london_is_all_its_boroughs(locator: Locator) -> None:
    answer = found(locator, "London")
    assert len(answer.area.authorities) == 33
    assert locator.describe(answer.area) == "London"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("1-518-298.E06000031", "Peterborough"),
        ("E06000031", "Peterborough"),
        ("5-104-54.E07000011,E06000055,E07000010", "Huntingdon, Huntingdonshire"),
        ("E07000008,E07000009,E07000010,E07000011,E07000012", "Cambridgeshire"),
        ("E06000031,E06000046", "Peterborough, Isle of Wight"),
        ("E06000031,E06000046,E06000010,W06000015", "Peterborough, Isle of Wight, Kingston upon Hull, …"),
    ],
)
def test_an_area_is_named_from_its_code_alone(locator: Locator, code: str, words: str) -> None:
    assert locator.describe(SearchArea.from_code(code)) == words


@pytest.mark.parametrize(
    ("postcode", "borough"),
    [
        ("SE1 6TE", "Southwark"),
        ("SE15 4QN", "Southwark"),
        ("CR0 2TA", "Croydon"),
        ("EC2V 7HH", "City of London"),
    ],
)
def test_in_london_only_the_borough_is_said(locator: Locator, postcode: str, borough: str) -> None:
    answer = found(locator, postcode)
    assert answer.label == locator.describe(answer.area) == borough


def test_st_ives_is_told_from_its_namesake(locator: Locator) -> None:
    assert locator.describe(found(locator, "St Ives, Huntingdonshire").area) == "St Ives, Huntingdonshire"
    assert locator.describe(found(locator, "St Ives, Cornwall").area) == "St Ives, Cornwall"


@pytest.mark.parametrize(
    "code",
    [
        "1-518-298.E06000046",
        "1-1-1.E06000031",
        "10-0-0.E06000031",
        "1-999-9999.E06000031",
        "1-518-298.E06000099",
        "E06000031,E99999999",
        "1-518-298.E06000046,W06000015",
    ],
)
def test_a_made_up_address_whose_parts_do_not_meet_is_refused_with_a_remedy(
    locator: Locator, code: str
) -> None:
    with pytest.raises(RuleBroken, match="search again") as refused:
        locator.check(SearchArea.from_code(code))
    assert refused.value.field == "at"


def test_of_several_authorities_one_must_meet_the_square(locator: Locator) -> None:
    locator.check(SearchArea.from_code("1-518-298.E06000046,E06000031"))


def test_no_postcode_can_be_read_back_from_its_area(
    locator: Locator, store: PostcodeStore, squares: Squares
) -> None:
    """For two thousand real postcodes: the code and the label hold no postcode, and fifty share the area."""
    header, sections = store.packed.header, store.packed.sections
    dice = random.Random(5)
    for _ in range(2000):
        place = dice.randrange(len(header["outwards"]))
        row = dice.randrange(header["starts"][place], header["starts"][place + 1])
        inward = inward_letters(int(sections["inward"][row]))
        answer = locator.find(f"{header['outwards'][place]} {inward}")
        if not isinstance(answer, Found):
            continue
        assert answer.precision == "postcode"
        (authority,) = answer.area.authorities
        assert header["authorities"][sections["rows"]["authority"][row]] == authority
        if answer.area.square is not None:
            assert squares.count(answer.area.square, authority) >= POSTCODES_MIN
        for text in (answer.label, locator.describe(answer.area), answer.area.code):
            assert not re.search(rf"\b{header['outwards'][place]}\b|{inward}", text), text


def test_every_authority_can_be_asked_for_alone(locator: Locator) -> None:
    for code, area in areas().items():
        alone = SearchArea(None, (code,))
        locator.check(alone)
        assert locator.describe(alone) == area.name
